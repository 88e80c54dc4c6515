"""The layout is data that anybody may edit; what cannot be printed is refused with its line."""

from __future__ import annotations

import pytest

from referral_desk import resources
from referral_desk.errors import UnreadableFile
from referral_desk.letters import layout
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.pathway import KINDS
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Referral

PERSON = '[[block]]\nheading = "The person"\nkind = "person"\nquestions = ["gender", "*"]\n'


def read(text):
    return layout.read(text, file="mine.toml")


def refusal(text):
    with pytest.raises(UnreadableFile) as refused:
        read(text)
    return str(refused.value)


@pytest.mark.parametrize("file", sorted(resources.path("letters").glob("*form*.toml")), ids=lambda file: file.stem)
def test_every_name_in_a_shipped_layout_is_there_and_may_leave(file):
    shipped = layout.shipped(file.name)

    assert shipped.version
    assert shipped.blocks
    assert all(block.kind is KINDS[block.kind.kind] for block in shipped.blocks)
    assert all(question.reach >= Reach.LETTER for block in shipped.blocks for question in block.questions)


def test_a_star_takes_every_question_that_may_leave_once():
    names = [question.name for question in read(f'version = "1"\n{PERSON}').blocks[0].questions]

    assert names[0] == "gender"
    assert sorted(names) == sorted(question.name for question in layout.letter_questions(Person))


def test_a_star_leaves_out_what_another_block_names():
    questions = [question.name for block in layout.shipped().blocks for question in block.questions]

    assert len(questions) == len(set(questions))
    assert {question.name for question in layout.letter_questions(Referral)} - set(questions) == {"urgency"}


def test_an_unknown_kind_is_named_with_its_line():
    sentence = refusal('version = "1"\n\n[[block]]\nheading = "A"\nkind = "persom"\nquestions = ["*"]\n')

    assert "mine.toml" in sentence
    assert "line 5: there is no kind of step “persom”." in sentence


def test_an_unknown_question_is_named_with_its_line():
    text = f'version = "1"\n{PERSON}[[block]]\nheading = "B"\nkind = "risk"\nquestions = [\n  "level",\n  "mood",\n]\n'

    assert "line 11: there is no question “mood” in this step." in refusal(text)


@pytest.mark.parametrize("name", ["first_name", "age_basis"])
def test_a_question_that_never_leaves_cannot_be_laid_out(name):
    assert f"line 5: the answer to “{name}” never leaves the desk." in refusal(
        f'version = "1"\n[[block]]\nheading = "A"\nkind = "person"\nquestions = ["{name}"]\n'
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('version = "1"\n[[block]\n', 2),
        ("", 1),
        ('version = "1"\n', 1),
        ('version = "1"\nblock = "all"\n', 1),
        ('version = "1"\n[[block]]\nkind = "person"\nquestions = ["*"]\n', 2),
        (f'version = "1"\n{PERSON}[[block]]\nheading = "B"\nkind = "risk"\nquestions = "level"\n', 6),
    ],
)
def test_what_is_no_layout_is_refused_with_a_line(text, line):
    assert f"line {line}: " in refusal(text)
