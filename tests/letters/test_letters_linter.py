"""Stories of the last look: what somebody typed where it does not belong, and what is no reason for alarm."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select, update

from referral_desk import journal, letters
from referral_desk.errors import WithheldAnswers
from referral_desk.journal import Act
from referral_desk.letters import documents, faces, linter, marks, numbers, patterns, reading
from referral_desk.letters.documents import Errand
from referral_desk.letters.form import FORM
from referral_desk.letters.lines import broken
from referral_desk.store.names import foldings
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


def found(desk, *, person=None, language="en", told=None, **asked):
    """What the last look finds on the form of a new referral; `told` is her account, as she told it."""
    case_id, referral_id = ana.referred(desk, person=person, **asked)
    if told:
        with desk.work() as work:
            ana.take(work, work.case(case_id), "interview", account=told)
    return documents.looked_at(desk, Errand(FORM, referral=referral_id, language=language)).found


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
        ("Write to somebody@example.org", patterns.MAIL),
        ("Her sister has 063 987 6543", patterns.NUMBER),
        ("Her sister has 063/987-65-43", patterns.NUMBER),
        ("Her sister has O63 9B7, 063 | 98 | 76 | 543", patterns.NUMBER),
        ("Number 0903010715012", patterns.NUMBER),
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
        ("ane", "ana", True),
        ("aninom", "ana", True),
        ("anketa", "ana", False),
        ("idu", "ida", False),
        ("petrom", "petar", True),
        ("petrovog", "petar", True),
        ("slavery", "slava", False),
        ("stanovanje", "stana", False),
    ],
)
def test_names_are_known_in_every_case_of_grammar(word, name, same):
    assert marks.same_word(word, name) is same


@pytest.mark.parametrize(
    "typed", ["Pregled za Anu", "pomoć ani", "S Anom dolazi radnica", "Анин лекар", "Treba Aninoj"]
)
def test_a_name_of_three_letters_is_found_in_every_case_of_grammar(desk, typed):
    assert linter.Finding("First name", NEED) in found(desk, person={"first_name": "Ana"}, need=typed)


@pytest.mark.parametrize("typed", ["Doctors ask: does anyone know an English anthem?", "Oni idu, ona ide. Ana-log"])
def test_a_name_of_three_letters_is_not_taken_for_another_word(desk, typed):
    assert found(desk, person={"first_name": "Ida", "last_name": "Oni Do"}, need=typed.replace("Oni", "Svi")) == ()


def test_a_common_word_with_a_capital_within_a_sentence_is_her_name(desk):
    assert linter.Finding("First name", NEED) in found(desk, person={"first_name": "Ida"}, need="Pregled za Idu")


@pytest.mark.parametrize(
    ("person", "typed", "label"),
    [
        ({"other_names": "Bo Ng"}, "Bo needs a doctor", "Other names"),
        ({"other_names": "Bo Ng"}, "A doctor for bo ng", "Other names"),
        ({"first_name": "Bo"}, "A doctor for BO", "First name"),
        ({"first_name": "Do"}, "A doctor for Do", "First name"),
        ({"last_name": "Li"}, "A doctor for Mrs. Li", "Last name"),
    ],
)
def test_a_name_of_two_letters_is_found(desk, person, typed, label):
    assert linter.Finding(label, NEED) in found(desk, person=person, need=typed)


@pytest.mark.parametrize("typed", ["Do not call. An interpreter, no bother", "Od 9 do 12, ne bo"])
def test_a_name_of_two_letters_is_not_taken_for_another_word(desk, typed):
    assert found(desk, person={"first_name": "Do", "last_name": "Ne", "other_names": "Bo An"}, need=typed) == ()


def corrected(desk, need, *, why="It was wrong", **person):
    """The refusal of a form after the person's answers were corrected."""
    case_id, referral_id = ana.referred(desk, person={"first_name": "Tamara"}, need=need)
    with desk.work() as work:
        case = work.case(case_id)
        work.correct(case, next(step for step in case.steps if step.kind == "person"), person, why=why)
    with pytest.raises(WithheldAnswers) as refused:
        letters.checked_referral_form(desk, referral_id, language="en")
    return str(refused.value)


def test_a_name_that_was_corrected_still_names_her(desk):
    assert "First name in" in corrected(desk, "A doctor for Tamara", first_name="Mira")


def test_a_name_in_the_reason_of_a_correction_is_found(desk):
    sentence = corrected(desk, "A doctor for Radmila", why="Her aunt Radmila said so", first_name="Mira")

    assert "Why was it corrected? in" in sentence


@pytest.mark.parametrize(
    ("told", "typed"),
    [
        ("She fled from Dragan at night", "Keep Dragan away"),
        ("She fled from Dragan at night", "dragana ne zvati"),
        ("Dragan beats her.", "Never speak to Dragan"),
        ("pobegla je od dragana", "Do not call Dragan"),
        ("Pobegla je s Draganom", "dragan ne sme da zna"),
        ("He lives in Kragujevac.", "Not in kragujevac"),
        ("She was seen by Dr. Zlatibor", "Not to Zlatibor"),
        ("His number: 063/987-65-43", "Call 063 987 6543"),
    ],
)
def test_whom_she_tells_of_is_found_on_paper(desk, told, typed):
    assert linter.Finding("The person's own account", NEED) in found(desk, told=told, need=typed)


@pytest.mark.parametrize(
    ("told", "typed"),
    [
        ("Examination was refused to her. Weekdays she worked", "Examination on weekdays"),
        ("On Monday the Police asked in English, by Viber", "Monday, with an English interpreter; the police by Viber"),
        (
            "From 9.00 to 16.30 on 12.12.2026, aged 4, 6, 9, 11, 13, 15",
            "12.12.2026, 9.00-16.30, aged 4, 6, 9, 11, 13, 15",
        ),
        ("U Centru za socijalni rad, u Maju", "Centar za socijalni rad u maju"),
        ("THE DOCTOR SAW A WOUND", "Doctor for a wound"),
    ],
)
def test_what_anybody_may_tell_raises_no_alarm(desk, told, typed):
    assert found(desk, told=told, need=typed) == ()


@pytest.mark.parametrize(
    ("recipient", "person"),
    [
        ("Shelter of Ana Petrović", {"first_name": "Ana", "last_name": "Petrović"}),
        ("Fondacija Petrović", {"first_name": "Ana", "last_name": "Petrović"}),
        ("Skloništa Ane Petrović", {"first_name": "Ana Petrović", "last_name": ""}),
        ("House Ng", {"first_name": "Bo", "last_name": "Ng"}),
        ("Breza 12", {"address": "Breza 12, Vranje"}),
        ("Call 0641234567", {}),
    ],
)
def test_a_recipient_that_names_her_is_not_printed(desk, recipient, person):
    case_id = ana.opened_case(desk, **person)
    ana.agree(desk, case_id, recipient=recipient)
    referral_id = ana.refer(desk, case_id, recipient=recipient)

    with pytest.raises(WithheldAnswers, match="To which organisation"):
        letters.checked_referral_form(desk, referral_id, language="en")


def test_a_recipient_in_her_town_is_printed_and_her_name_in_its_contact_is_not(desk):
    case_id = ana.opened_case(desk)
    ana.agree(desk, case_id, recipient="Dom zdravlja Vranje")
    one = ana.refer(desk, case_id, recipient="Dom zdravlja Vranje", recipient_contact="Trg 1, Vranje")
    other = ana.refer(desk, case_id, recipient="Dom zdravlja Vranje", recipient_contact="Ask for Anđela")

    assert letters.checked_referral_form(desk, one, language="en").reference
    with pytest.raises(WithheldAnswers, match="First name in: Its contact"):
        letters.checked_referral_form(desk, other, language="en")


def test_words_of_the_sender_excuse_no_answer(desk):
    person = {"first_name": "Svetionik"}

    assert linter.Finding("First name", NEED) in found(desk, person=person, need="A doctor for Svetionik")
    assert found(desk, person=person) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "A doctor for An\u00addjela",
        "A doctor for A\u200bn\u200cđ\u2060ela",
        "A doctor for A\u0336n\u0336đ\u0336e\u0336l\u0336a\u0336",
        "A doctor for Аnđelа",
        "A doctor for Αnđelα",
        "A doctor for Aнђeлa",
        "A doctor for ᴀɴđᴇʟᴀ",
        "A doctor for A n đ e l a",
        "A doctor for An đe la",
        "A doctor for A.n.đ.e.l.a",
        "A doctor for An-\nđela",
        "A doctor for An-đe-la",
        "AnđelaĐorđević needs a doctor",
        "anđelađorđević needs a doctor",
        "A doctor for maloanđela",
        "Write: andjela_djordjevic",
        "An đela needs a doctor",
    ],
)
def test_a_name_that_is_hidden_in_its_letters_is_found(desk, typed):
    assert {"First name", "Last name"} & {finding.what for finding in found(desk, need=typed)}


def test_a_short_name_glued_to_the_other_is_found(desk):
    assert found(desk, person={"first_name": "Ana", "last_name": "Ilić"}, need="Za anailic pregled")
    assert found(desk, person={"first_name": "Ana", "last_name": "Ilić"}, need="Za IlicAna pregled")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Наталья", "Natalya Natalia Natalija"),
        ("Щербак", "Shcherbak Ščerbak"),
        ("Ющенко", "Yushchenko"),
        ("Đorđević", "Djordjevic Dordevic Ђорђевић"),
        ("Алёна", "Alyona Alena"),
        ("Галина", "Halyna Galina"),
        ("Щерев", "Shterev"),
        ("Γιώργος", "Giorgos"),
        ("Ксения", "Ksenia Xenia"),
        ("Пeтpовић", "Petrović"),
    ],
)
def test_a_name_is_the_same_however_it_is_spelled(name, typed):
    assert all(foldings(name) & foldings(word) for word in typed.split())


@pytest.mark.parametrize(
    "typed",
    ["064\n123\n4567", "064 | 123 - 45 - 67", "O64 l23 45 67", "0,64,1,2,3,4,5,6,7", "064_123_45_67"],
)
def test_her_phone_is_found_however_it_is_written(desk, typed):
    assert linter.Finding("Phone", NEED) in found(desk, need=f"Call {typed}, please")


@pytest.mark.parametrize("typed", ["064/1234567", "063 987 6543"])
def test_each_of_two_phones_is_found(desk, typed):
    person = {"phone": "+381 64 123 45 67, +381 63 987 65 43"}

    assert linter.Finding("Phone", NEED) in found(desk, person=person, need=f"Call {typed}")


@pytest.mark.parametrize(
    "typed",
    [
        "17 May 04",
        "17/5/04",
        "17. V 2004.",
        "17.V.04",
        "May 17, '04",
        "2004, May 17",
        "17 5 2004",
        "17-May-2004",
        "5/17/04",
    ],
)
def test_her_birthday_is_found_with_a_short_year_and_in_roman_figures(desk, typed):
    assert linter.Finding("Date of birth", NEED) in found(
        desk, person={"date_of_birth": "2004-05-17", "age_band": "21--23"}, need=f"Born {typed}"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "Weekdays 9-12, 14-17",
        "Call us on 011 555 0100, 9-16h, or 011 206 8200; 9-12",
        "2 sons (3, 5), 4 daughters (7, 9, 11, 14)",
        "4, 6, 7, 9, 11, 14 years",
        "Mother and sister, 17 (2008), 16 (2009)",
        "Phase I, then II, on 17. V 2026.",
    ],
)
def test_figures_that_are_no_phone_raise_no_alarm(desk, typed):
    assert found(desk, safe_times=typed) == ()


@pytest.mark.parametrize(
    ("chain", "own", "same"),
    [
        ("0112068200", "381112068200", True),
        ("0112068200916", "381112068200", True),
        ("01120682000112068200", "0112068200", True),
        ("2068200", "0112068200", True),
        ("01120682000639876543", "0112068200", False),
        ("0639876543", "0112068200", False),
    ],
)
def test_a_number_of_the_desk_is_known_with_and_without_its_codes(chain, own, same):
    assert numbers.same_number(chain, own) is same


@pytest.mark.parametrize("kind", ["referral", "consent"])
def test_a_reference_that_is_none_of_ours_is_never_printed(desk, monkeypatch, kind):
    case_id, referral_id = ana.referred(desk)
    with desk.work() as work:
        step = next(step for step in work.case(case_id).steps if step.kind == kind)
        work.session.execute(update(type(step)).where(type(step).id == step.id).values(reference="ANA-PETROVIC"))

    with pytest.raises(WithheldAnswers, match="Reference"):
        ana.made(desk, referral_id)


def test_a_word_without_end_is_broken_at_once():
    word = "Anđela-ЉЊ" * 20_000

    lines = broken(word, faces.Face(9.5, 13), 200)

    assert "".join(line.text for line in lines) == word
    assert max(line.width for line in lines) <= 200.001
    assert min(line.width for line in lines[:-1]) > 185


def test_pdfium_serves_one_reader_at_a_time():
    paper = pdf(text="word")
    with ThreadPoolExecutor(1) as others:
        with reading.PDFIUM:
            waits = others.submit(reading.read, paper)
            with pytest.raises(TimeoutError):
                waits.result(timeout=0.2)

        assert "word" in str(waits.result(timeout=60))
