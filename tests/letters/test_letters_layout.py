"""The layout is data that anybody may edit; what cannot be printed is refused with its line."""

from __future__ import annotations

import pytest

from referral_desk.errors import UnknownDocument, UnreadableFile
from referral_desk.letters import layout, layout_reading, leaving
from referral_desk.nrm.pathway import KINDS
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.terms import DataItem

ITEMS = {item.code for item in DataItem}
TELLS_NOBODY = ("enquiry", "withdrawal_notice")
PERSON = '[[block]]\nheading = "The person"\nkind = "person"\nquestions = ["gender", "*"]\n'


def read(text):
    return layout.read(text, file="mine.toml")


def refusal(text):
    with pytest.raises(UnreadableFile) as refused:
        read(text)
    return str(refused.value)


@pytest.mark.parametrize("shipped", layout.every(), ids=lambda shipped: shipped.name)
def test_every_name_in_a_shipped_layout_is_there_and_may_leave(shipped):
    asked = [(block.kind, question) for block in shipped.blocks for question in block.questions]

    assert shipped.version
    assert shipped.blocks
    assert all(kind is KINDS[kind.kind] for kind, _question in asked)
    assert all(question.reach >= leaving.lowest_reach(shipped) for _kind, question in asked)
    assert not any(question.item is DataItem.of("EXPLOITER") for _kind, question in asked if "EXPLOITER" in ITEMS)


@pytest.mark.parametrize("shipped", layout.every(), ids=lambda shipped: shipped.name)
def test_what_goes_to_another_organisation_holds_the_seal_only_as_an_identity_sheet(shipped):
    assert not shipped.is_sealed or shipped.recipient != "organisation" or shipped.level == "C_IDENT"
    assert (shipped.level == "C_IDENT") is (shipped.name == "identity_sheet")
    assert shipped.basis == "CONSENT" or shipped.recipient != "organisation" or shipped.name in TELLS_NOBODY


def test_a_star_takes_every_question_that_may_leave_once():
    names = [question.name for question in read(f'version = "1"\n{PERSON}').blocks[0].questions]

    assert names[0] == "gender"
    assert sorted(names) == sorted(question.name for question in layout_reading.letter_questions(Person))


def test_a_star_leaves_out_what_another_block_names():
    questions = [question.name for block in layout.shipped().blocks for question in block.questions]

    assert len(questions) == len(set(questions))
    assert {question.name for question in layout_reading.letter_questions(Referral)} - set(questions) == {"urgency"}


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


HEAD = 'version = "1"\ntitle = "Mine"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{HEAD}level = "D"\n{PERSON}', "line 3: “level” is one of"),
        (f"{HEAD}seal = true\n{PERSON}", "line 3: only a paper for the person"),
        (f'{HEAD}colour = "red"\n{PERSON}', "line 3: a layout knows no “colour”"),
        (f'{HEAD}destroy_after = "soon"\n{PERSON}', "line 3: the value of “destroy_after”"),
        (f'{HEAD}step = "dance"\n{PERSON}', "line 3: there is no kind of step “dance”"),
        (f'{HEAD}lead = ["Dear {{nobody}}"]\n{PERSON}', "line 3: there is nothing called “nobody”"),
        (f'{HEAD}lead = ["She is {{person.first_name}}"]\n{PERSON}', "line 3: the answer to “person.first_name” never"),
        (f'{HEAD}[[block]]\nheading = "A"\ntext = ["{{risk.mood}}"]\n', "line 5: there is nothing called “risk.mood”"),
        (f'{HEAD}basis = "NOBODY"\n{PERSON}', "line 7: “gender” is told only where the person agreed"),
        (f'{HEAD}[[block]]\nheading = "A"\n', "line 3: a block has a heading"),
        (f'{HEAD}[[block]]\nheading = "A"\ntext = "no list"\n', "line 3: a block has a heading"),
    ],
)
def test_what_a_layout_may_not_say_is_refused_with_its_line(text, said):
    assert said in refusal(text)


def test_an_office_lays_out_a_document_of_its_own_and_a_broken_one_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "own_folder", lambda: tmp_path)
    (tmp_path / "our_letter.toml").write_text(f'{HEAD}lead = ["To {{recipient}}"]\n{PERSON}', encoding="utf-8")

    assert layout.named("our_letter").label == "Mine"
    assert "our_letter" in [one.name for one in layout.every()]
    assert layout.broken_ones() == []

    (tmp_path / "enquiry.toml").write_text(f"{HEAD}\n[[block]\n", encoding="utf-8")
    assert ["enquiry.toml" in str(error) and "line 4" in str(error) for error in layout.broken_ones()] == [True]
    with pytest.raises(UnreadableFile):
        layout.named("enquiry")
    with pytest.raises(UnknownDocument):
        layout.named("no_such_paper")
