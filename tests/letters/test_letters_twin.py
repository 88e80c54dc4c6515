"""Two languages side by side: both tell everything, what is alike stands once, and nothing changes places."""

from __future__ import annotations

import pytest

from referral_desk import words
from referral_desk.letters import documents, faces, sentences
from referral_desk.letters.documents import Errand
from referral_desk.letters.form import FORM
from referral_desk.letters.shapes import Beside, Blank, Stack, Text, Tick
from referral_desk.letters.twin import twin
from tests.letters import ana

BODY = faces.Face(10, 13)


def in_two(desk, referral_id, language, beside):
    with desk.work(unsealed=False) as work:
        return documents.make(work, Errand(FORM, referral=referral_id, language=language, beside=beside))


@pytest.mark.parametrize("language", ["ar", "sr_Cyrl", "sq", "fa"])
def test_both_languages_tell_everything(desk, language):
    _case_id, referral_id = ana.referred(desk)

    letter = in_two(desk, referral_id, language, "en")

    text = ana.text_of(letter.pdf)
    assert "Medical care" in text
    assert sentences.CONSENT in text
    with words.speaking(language):
        assert words._("Consent") in text
    assert text.count(ana.ASKED["need"]) == 1
    assert letter.reference in text


def test_no_word_of_either_language_is_taken_for_hers(desk):
    person = {"first_name": "Пристанак", "last_name": "Urgency", "other_names": "Osoba"}
    _case_id, referral_id = ana.referred(desk, person=person)

    looked = documents.looked_at(desk, Errand(FORM, referral=referral_id, language="sr_Cyrl", beside="en"))

    assert looked.waiting == ()


def test_what_differs_stands_beside_and_what_is_alike_once():
    with words.speaking("ar"):
        ours = Stack([Text("المرجع", BODY), Text("RF-1", BODY)])
        with words.speaking("en"):
            theirs = Stack([Text("Reference", BODY), Text("RF-1", BODY)])
        both = twin(ours, theirs)

    pair, alike = both.parts
    assert isinstance(pair, Beside)
    assert pair.is_leftward
    assert [part.is_leftward for part in pair.parts] == [True, False]
    assert isinstance(alike, Text)


def test_a_line_to_write_on_and_a_box_to_tick_are_there_once():
    line = twin(Beside([Blank("Datum", BODY)], (1,)), Beside([Blank("Date", BODY)], (1,)))
    box = twin(
        Beside([Tick("Da", BODY, ticked=False), Blank("a", BODY)], (1, 1)),
        Beside([Tick("Yes", BODY, ticked=False), Blank("b", BODY)], (1, 1)),
    )

    assert isinstance(line, Beside)
    assert [type(part) for part in line.parts] == [Blank]
    assert [type(part) for part in box.parts[0].parts] == [Tick, Text]
