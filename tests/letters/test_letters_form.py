"""Stories of the anonymised referral form: what it tells, to whom, and what it never tells."""

from __future__ import annotations

import re
from uuid import uuid4

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from referral_desk import letters
from referral_desk.errors import ConsentNotInForce, UnknownStep, UnprintableLetters
from referral_desk.letters import layout, sentences
from referral_desk.nrm import answers
from referral_desk.nrm.case import is_code
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.identification import Interview
from referral_desk.nrm.terms import DataItem, YesNo
from tests.letters import ana
from tests.letters.ana import made


def told(letter):
    return {line.name: line.text for line in letter.told}


def test_the_form_asks_for_the_service_and_tells_what_she_agreed_to_share(desk):
    _case_id, referral_id = ana.referred(desk)

    letter = made(desk, referral_id)

    text = ana.text_of(letter.pdf)
    assert all(
        words in text for words in ("Medical care", "Interpretation and cultural mediation", "9–17 years", "High")
    )
    flowing = " ".join(text.split())
    assert all(words in flowing for line in letter.told for words in line.text.split(", "))
    assert letter.reference in text
    assert is_code(letter.reference)
    assert letter.file_name == f"{letter.reference}.pdf"


def test_nothing_that_names_her_is_on_the_form(desk):
    _case_id, referral_id = ana.referred(desk)

    letter = made(desk, referral_id)

    text = ana.text_of(letter.pdf)
    names = (
        "Анђела",
        "Ђорђевић",
        "Mimi",
        "Stojanka",
        "Prokuplje",
        "Vranje",
        "64 123 45 67",
        "2010",
        "1187",
        "own words",
    )
    assert not [name for name in names if name in text]


def test_what_she_did_not_agree_to_stays_and_ana_is_told_so(desk):
    _case_id, referral_id = ana.referred(desk)

    letter = made(desk, referral_id)

    assert "exploitation" not in told(letter)
    assert "Sexual exploitation" not in ana.text_of(letter.pdf)
    assert "Forms of exploitation: the person has not agreed to share this with the recipient" in letter.withheld


def test_what_the_referral_does_not_need_stays_though_she_agreed(desk):
    _case_id, referral_id = ana.referred(desk)

    letter = made(desk, referral_id)

    assert "citizenships" not in told(letter)
    assert "Citizenship: the referral does not say that the form tells it" in letter.withheld
    assert sentences.HELD_BACK in ana.text_of(letter.pdf)


def test_when_nothing_is_held_back_the_form_does_not_say_so(desk):
    case_id = ana.opened_case(desk)
    everything = [item.code for item in DataItem if item is not DataItem.EXPLOITER]
    ana.agree(desk, case_id, items=everything)

    letter = made(desk, ana.refer(desk, case_id, shares=everything))

    assert letter.withheld == ()
    assert sentences.HELD_BACK not in ana.text_of(letter.pdf)


def test_after_she_withdrew_nothing_is_printed(new_desk, clock):
    case_id, referral_id = ana.referred(new_desk)
    clock.pass_days(1)
    ana.agree(new_desk, case_id, status="WITHDRAWN")

    with pytest.raises(ConsentNotInForce):
        made(new_desk, referral_id)


def test_her_agreement_ends_on_its_last_day(new_desk, clock):
    case_id = ana.opened_case(new_desk)
    ana.agree(new_desk, case_id, expires_on="2026-11-20")
    referral_id = ana.refer(new_desk, case_id)

    clock.pass_days(11)
    assert "gender" in told(made(new_desk, referral_id))
    clock.pass_days(1)
    with pytest.raises(ConsentNotInForce):
        made(new_desk, referral_id)


def test_letters_that_our_fonts_lack_are_not_printed_as_boxes(desk):
    case_id = ana.opened_case(desk)
    ana.agree(desk, case_id)

    with pytest.raises(UnprintableLetters):
        made(desk, ana.refer(desk, case_id, need="მას ექიმი სჭირდება"))


def test_what_she_agreed_to_with_one_is_not_told_to_another(desk):
    case_id = ana.opened_case(desk)
    ana.agree(desk, case_id, recipient=ana.CLINIC)
    ana.agree(desk, case_id, recipient=ana.LAWYERS, items=["LANGUAGE"])

    letter = made(desk, ana.refer(desk, case_id, recipient=ana.LAWYERS, shares=["LANGUAGE"]))

    assert {"language", "interpreter"} <= set(told(letter))
    assert not {"gender", "age_band", "level", "need", "dependants"} & set(told(letter))


def test_how_it_is_safe_to_answer_is_said_whatever_else_stays(desk):
    case_id = ana.opened_case(desk)
    ana.agree(desk, case_id, items=[])

    letter = made(desk, ana.refer(desk, case_id, shares=[]))

    assert told(letter)["safe_times"] == ana.ASKED["safe_times"]
    assert "need" not in told(letter)


def test_two_recipients_cannot_join_their_forms(desk):
    case_id = ana.opened_case(desk)
    referrals = []
    for recipient in (ana.CLINIC, ana.LAWYERS):
        ana.agree(desk, case_id, recipient=recipient)
        referrals.append(ana.refer(desk, case_id, recipient=recipient))

    one, other = (made(desk, referral_id) for referral_id in referrals)

    assert one.reference != other.reference
    assert one.reference not in ana.text_of(other.pdf)
    with desk.work() as work:
        case = work.case(case_id)
        ids = [
            case.code,
            *(form for id_ in (case.id, *(step.id for step in case.steps)) for form in (str(id_), id_.hex)),
        ]
    for letter in (one, other):
        held = ana.text_of(letter.pdf).lower().encode() + letter.pdf
        assert not [known for known in ids if known.lower().encode() in held]


def test_the_same_form_is_the_same_file(new_desk, clock):
    _case_id, referral_id = ana.referred(new_desk)

    first = made(new_desk, referral_id)
    clock.pass_days(2)

    assert made(new_desk, referral_id) == first


def test_the_file_says_neither_who_made_it_nor_when(desk):
    _case_id, referral_id = ana.referred(desk)

    letter = made(desk, referral_id)

    document = pypdfium2.PdfDocument(letter.pdf)
    said = document.get_metadata_dict()
    document.close()
    assert said["Title"] == "Referral form"
    assert not said["Author"] + said["Creator"] + said["Producer"] + said["Subject"] + said["Keywords"]
    assert said["CreationDate"] == said["ModDate"] == "D:20000101000000+00'00'"
    assert b"/Lang (en)" in letter.pdf


def test_every_letter_on_the_page_is_of_a_font_in_the_file(desk):
    _case_id, referral_id = ana.referred(desk)

    letter = made(desk, referral_id)

    document = pypdfium2.PdfDocument(letter.pdf)
    texts = [found for page in document for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]
    assert texts
    assert all(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(text.raw)) == 1 for text in texts)
    assert b"Helvetica" not in letter.pdf
    document.close()


def test_a_usual_form_with_its_reply_slip_is_one_sheet(desk):
    _case_id, referral_id = ana.referred(desk)

    text = ana.text_of(made(desk, referral_id).pdf)

    assert "Page 1 of 1" in text
    assert text.count(sentences.SLIP) == 1


def test_a_long_need_goes_on_on_the_next_page_and_no_word_is_lost(desk, monkeypatch):
    need = " ".join(f"word{number}" for number in range(1000))
    monkeypatch.setattr(answers, "LONGEST_LINE", len(need))
    _case_id, referral_id = ana.referred(desk, need=need)

    text = ana.text_of(made(desk, referral_id).pdf)

    numbers = re.findall(r"Page (\d) of (\d)", text)
    assert len(numbers) > 2
    assert numbers == [(str(page), str(len(numbers))) for page in range(1, len(numbers) + 1)]
    assert [word for word in text.split() if re.fullmatch(r"word\d+", word)] == need.split()


def test_what_is_typed_is_printed_as_typed(desk):
    need = 'She needs <b>two</b> & "three" visits \\(a\\) %(day)s'
    _case_id, referral_id = ana.referred(desk, need=need)

    assert need in ana.text_of(made(desk, referral_id).pdf)


def test_the_form_says_when_to_answer_and_when_to_destroy_it(desk):
    _case_id, referral_id = ana.referred(desk)

    text = ana.text_of(made(desk, referral_id).pdf)

    assert "Answer by" in text
    assert "12 Nov 2026" in text
    assert "Destroy this form by 12 Dec 2026: 30 days after" in text
    assert sentences.UNCONDITIONAL in text


def test_a_desk_that_has_not_said_its_name_leaves_a_line_to_write_it_on(new_desk):
    with new_desk.work() as work:
        work.describe(organisation="", contact="")
    _case_id, referral_id = ana.referred(new_desk)

    letter = made(new_desk, referral_id)

    assert "sender" not in told(letter)
    assert ana.SENDER not in ana.text_of(letter.pdf)


def test_a_new_question_is_on_the_form_without_another_word(desk, monkeypatch):
    hearing = Question("hearing", "Does the person hear well?", reach=Reach.LETTER, one=YesNo, item=DataItem.NEEDS)
    monkeypatch.setattr(Interview, "questions", (*Interview.questions, hearing))
    monkeypatch.setattr(Interview, "hearing", YesNo.NO, raising=False)
    layout.shipped.cache_clear()
    _case_id, referral_id = ana.referred(desk)

    letter = made(desk, referral_id)
    layout.shipped.cache_clear()

    assert told(letter)["hearing"] == "No"
    assert "Does the person hear well? No" in ana.text_of(letter.pdf)


def test_a_corrected_answer_is_the_one_that_is_told(desk):
    case_id, referral_id = ana.referred(desk)
    with desk.work() as work:
        case = work.case(case_id)
        person = next(step for step in case.steps if step.kind == "person")
        work.correct(case, person, {"dependants": "Two brothers"}, why="Another brother came")

    letter = made(desk, referral_id)

    assert told(letter)["dependants"] == "Two brothers"
    assert "Another brother" not in ana.text_of(letter.pdf)


def test_no_letter_is_made_where_the_seal_is_in_force(desk):
    _case_id, referral_id = ana.referred(desk)

    with desk.work() as work, pytest.raises(ValueError, match="without the seal"):
        letters.referral_form(work, referral_id, language="en")


def test_there_is_no_form_of_a_referral_that_is_not_there(desk):
    with pytest.raises(UnknownStep):
        made(desk, uuid4())


@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_the_form_speaks_the_language_of_the_recipient(desk, language):
    _case_id, referral_id = ana.referred(desk)

    letter = made(desk, referral_id, language)

    text = ana.text_of(letter.pdf)
    assert (sentences.TITLE in text) is (language == "en")
    assert ana.ASKED["need"] in text
    assert f"/Lang ({language.replace('_', '-')})".encode() in letter.pdf
