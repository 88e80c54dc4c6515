"""Stories of the last look: what somebody typed where it does not belong, and what is no reason for alarm."""

from __future__ import annotations

from io import BytesIO
from unittest import mock

import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from referral_desk import journal, letters, resources
from referral_desk.errors import WithheldAnswers
from referral_desk.journal import Act
from referral_desk.letters import linter, marks, reading
from tests.letters import ana

NEED = "The need in one sentence"


@pytest.fixture
def acts(desk):
    """What was noted in the journal since the story began."""
    before = len(_acts(desk))
    return lambda: _acts(desk)[before:]


def _acts(desk):
    with desk.work(unsealed=False) as work:
        return list(work.session.scalars(select(journal.Entry.act).order_by(journal.Entry.number)))


def found(desk, *, person=None, language="en", **asked):
    """What the last look finds on the form of a new referral."""
    case_id, referral_id = ana.referred(desk, person=person, **asked)
    letter = ana.made(desk, referral_id, language)
    return looked_at(desk, letter.pdf, case_id)


def looked_at(desk, pdf, case_id):
    with desk.work() as work:
        about = work.about()
        return linter.findings(pdf, work.case(case_id), sender=f"{about.organisation}\n{about.contact}")


def pdf(*, title="", text="", attached=b""):
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.setTitle(title)
    canvas.drawString(50, 500, text)
    canvas.save()
    return target.getvalue() + (b"stream\n" + attached + b"endstream\n" if attached else b"")


def test_a_clean_form_is_handed_out_and_noted(desk, acts):
    _case_id, referral_id = ana.referred(desk)

    letter = letters.checked_referral_form(desk, referral_id, language="en")

    assert letter.pdf.startswith(b"%PDF")
    assert acts().count(Act.PRINTED.name) == 1


@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_no_word_of_the_form_itself_is_taken_for_hers(desk, language):
    if language != "en" and not resources.path("locale", "sr_Cyrl.po").exists():
        pytest.skip("the Serbian texts are not there yet")

    person = {"first_name": "Form", "last_name": "Consent", "other_names": "Osoba Jezik", "place_of_birth": "Serbia"}
    assert found(desk, person=person, language=language) == ()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Anđela needs a doctor", "First name"),
        ("Please see Ђорђевић first", "Last name"),
        ("DJORDJEVIC needs a doctor", "Last name"),
        ("Pregled za Anđelu", "First name"),
        ("A doctor for Stojankin child", "Other names"),
        ("She is called MIMI", "Other names"),
        ("A doctor in Prokuplje", "Place of birth"),
        ("Visit her at breza 12", "Where the person stays"),
        ("Call 064/123-4567", "Phone"),
        ("Call 0 64 12 34 567 at noon", "Phone"),
        ("Call +381641234567", "Phone"),
        ("Born 9.3.2010", "Date of birth"),
        ("Born 09. 03. 2010.", "Date of birth"),
        ("Born 2010-03-09", "Date of birth"),
        ("Born 9/3/2010", "Date of birth"),
        ("Born on 9 March 2010", "Date of birth"),
        ("Rođena 9. marta 2010.", "Date of birth"),
        ("Рођена 9. март 2010.", "Date of birth"),
        ("Born March 9th, 2010", "Date of birth"),
        ("Born on the 9th of March 2010", "Date of birth"),
        ("Police file KU-1187/26", "Reference number of the authority"),
    ],
)
def test_what_names_her_is_found_however_it_is_written(desk, typed, label):
    assert linter.Finding(label, NEED) in found(desk, need=typed)


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("Write to somebody@example.org", linter.MAIL),
        ("Her sister has 063 987 6543", linter.NUMBER),
        ("Number 0903010715012", linter.NUMBER),
    ],
)
def test_what_could_reach_anybody_is_found_in_every_sentence(desk, typed, what):
    assert found(desk, safe_times=typed) == (linter.Finding(what, "How and when to answer"),)


@pytest.mark.parametrize(
    "typed",
    [
        "Weekdays 9.00-16.00, or 09:30 - 12:45",
        "Before 12.12.2026, best 10.12.2026",
        "School years 2024-2025 and 2025/2026",
        "Call us on 011 555 0100",
        "Call the clinic: 011/206-82-00",
        "Two visits of 30 minutes, 3 times a week",
        "Ulica or broj alone name no place, nor does new house",
    ],
)
def test_what_names_nobody_raises_no_alarm(desk, typed):
    assert found(desk, safe_times=typed) == ()


def test_her_number_is_found_in_the_address_of_the_recipient_too(desk):
    assert found(desk, recipient_contact="Call 064 123 45 67") == (linter.Finding("Phone", "Its contact"),)


def test_the_name_of_the_recipient_may_be_hers(desk):
    case_id = ana.opened_case(desk, first_name="Jelena")
    ana.agree(desk, case_id, recipient="Fondacija Jelena")
    referral_id = ana.refer(desk, case_id, recipient="Fondacija Jelena")

    assert letters.checked_referral_form(desk, referral_id, language="en").reference


def test_a_form_that_names_her_is_not_handed_out(desk, acts):
    _case_id, referral_id = ana.referred(desk, need="A female doctor for Anđela, 064/123-45-67")

    with pytest.raises(WithheldAnswers) as refused:
        letters.checked_referral_form(desk, referral_id, language="en")

    sentence = str(refused.value)
    assert "First name in: The need in one sentence" in sentence
    assert "Phone in: The need in one sentence" in sentence
    assert not [word for word in ("Anđela", "Анђела", "123", "doctor") if word in sentence]
    assert Act.PRINTED.name not in acts()


def test_for_bo_who_may_not_know_names_only_what_anybody_can_see_is_looked_for(desk, acts, monkeypatch):
    _case_id, referral_id = ana.referred(desk, need="A doctor for Anđela")
    _case_id, other_id = ana.referred(desk, need="Write to somebody@example.org")
    monkeypatch.setattr(desk, "seal", None)

    assert letters.checked_referral_form(desk, referral_id, language="en").reference
    with pytest.raises(WithheldAnswers):
        letters.checked_referral_form(desk, other_id, language="en")
    assert Act.READ_SEALED.name not in acts()


def test_an_answer_that_is_not_printed_is_no_reason_for_alarm(desk):
    case_id = ana.opened_case(desk, dependants="Her sister Prokupljanka with Anđela")
    ana.agree(desk, case_id)
    referral_id = ana.refer(desk, case_id, shares=["NEEDS"])

    assert letters.checked_referral_form(desk, referral_id, language="en").reference


def test_a_name_in_the_properties_of_the_file_is_found(desk):
    case_id = ana.opened_case(desk)

    assert looked_at(desk, pdf(title="Анђела"), case_id) == (linter.Finding("First name", linter.PROPERTIES),)


@pytest.mark.parametrize("code", ["utf-8", "utf-16-be"])
def test_a_name_in_the_bytes_of_the_file_is_found(desk, code):
    case_id = ana.opened_case(desk)

    assert linter.Finding("First name", linter.PROPERTIES) in looked_at(
        desk, pdf(attached="Note: Anđela was here".encode(code)), case_id
    )


def test_a_name_on_a_page_that_no_answer_explains_is_found(desk):
    case_id = ana.opened_case(desk)

    assert linter.Finding("Place of birth", "page 1") in looked_at(desk, pdf(text="from PROKUPLJE"), case_id)


def test_a_name_of_common_words_is_found_as_a_whole(desk):
    person = {"place_of_birth": "Novi Sad"}

    assert found(desk, person=person, need="The new house is sad, novi") == ()
    assert found(desk, person=person, need="To Novi  Sad") == (linter.Finding("Place of birth", NEED),)


@pytest.mark.parametrize(
    ("word", "name", "same"),
    [
        ("jelenom", "jelena", True),
        ("milana", "milan", True),
        ("petrovic", "petrovic", True),
        ("petrovica", "petrovic", True),
        ("ane", "ana", False),
        ("slavery", "slava", False),
        ("stanovanje", "stana", False),
    ],
)
def test_names_are_known_in_every_case_of_grammar(word, name, same):
    assert marks.same_word(word, name) is same


def test_pdfium_serves_one_reader_at_a_time():
    with mock.patch.object(reading, "PDFIUM") as lock:
        reading.read(pdf(text="word"))

    lock.__enter__.assert_called_once()
