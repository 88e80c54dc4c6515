"""How much the last look finds of what is disguised, and how often it stops somebody for nothing."""

from __future__ import annotations

import base64
import zlib
from collections import Counter
from datetime import date
from random import Random

import pytest

from referral_desk.letters import calendars, linter, marks, numbers, patterns, sounds
from referral_desk.nrm.person import Person
from referral_desk.store.names import folded
from tests.letters import planting
from tests.letters.disguises import DISGUISES, somebody

CASES = 12


@pytest.fixture(scope="module")
def letters():
    return planting.every(CASES, seed=20)


def test_nearly_everything_that_is_planted_is_found(letters):
    """The whole measure, 500 cases, is `make bench`."""
    hidden = [one for one in letters if one.what]
    missed = Counter(one.what for one in hidden if not one.found)

    assert len(hidden) == CASES * (len(DISGUISES) + 1)
    assert missed.total() <= len(hidden) // 50, missed


def test_clean_pages_stop_hardly_anybody(letters):
    clean = [one for one in letters if not one.what]

    assert sum(len(one.found) for one in clean) <= len(clean) // 10


def test_no_finding_says_what_was_found(letters):
    said = " ".join(str(finding) for one in letters for finding in one.found)

    assert not [one.who.last.latin for one in letters if one.who.last.latin in said]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("۱۸ اسفند ۱۳۸۸", date(2010, 3, 9)),
        ("1388/12/18", date(2010, 3, 9)),
        ("22 بهمن 1357", date(1979, 2, 11)),
        ("٩ آذار ٢٠١٠", date(2010, 3, 9)),
        ("9 kanuni 2010, 5 تشرين الثاني 1990", date(1990, 11, 5)),
        ("9. ožujak 2010", date(2010, 3, 9)),
        ("9 nëntor 2010", date(2010, 11, 9)),
        ("09032010", date(2010, 3, 9)),
        ("20100309", date(2010, 3, 9)),
    ],
)
def test_a_day_is_read_in_every_calendar_and_language(written, day):
    assert day in set(numbers.days(" ".join(folded(written).split())))


def test_the_persian_new_year_is_the_day_it_was():
    first = {1375: date(1996, 3, 20), 1400: date(2021, 3, 21), 1404: date(2025, 3, 21)}

    assert {year: max(calendars.days(str(year), "1", "1")) for year in first} == first


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Шевченко", "Szewczenko", True),
        ("يوسف", "Jusuf", True),
        ("محمد", "Muhamed", True),
        ("Xhoana", "Джоана", True),
        ("Jelena", "Milena", False),
        ("Petrović", "Pavlović", False),
        ("Vesna", "Veselin", False),
    ],
)
def test_one_name_is_heard_in_all_letters(one, other, same):
    arabic = sounds.is_arabic(one) is not sounds.is_arabic(other)

    assert sounds.same(sounds.forms(other), sounds.stems(one), arabic=arabic, loose=True) is same


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("See www.example.org/anna", patterns.LINK),
        ("Write to @lost_girl on the net", patterns.LINK),
        ("Money to RS35 2600 0560 1001 6113 79", patterns.ACCOUNT),
        ("He drives BG 1234-XY", patterns.PLATE),
        ("Married on 14.02.2009 in another town", patterns.PAST_DAY),
    ],
)
def test_what_could_lead_to_anybody_is_found(typed, what):
    who = somebody(Random(3))
    case = planting.case_of(who, typed)
    found = linter.findings(planting.letter(case, typed), case, sender=planting.SENDER)

    assert linter.Finding(what, "The need in one sentence") in found


@pytest.mark.parametrize(
    "typed",
    ["Ward AB 12 and form RS35", "Levels A1 to B2, MMR 2 doses", "Until 12.12.2026 or 01/2027", "at 5@6 o'clock"],
)
def test_what_leads_to_nobody_is_not(typed):
    who = somebody(Random(3))
    case = planting.case_of(who, typed)

    assert linter.findings(planting.letter(case, typed), case, sender=planting.SENDER) == ()


def case_and_letter():
    case = planting.case_of(somebody(Random(8)), "A quiet room")
    return case, planting.letter(case, "A quiet room")


def named(case) -> str:
    return str(case.latest(Person).last_name)


@pytest.mark.parametrize(
    "hide",
    [
        lambda name: b"5 0 obj << /Note <FEFF" + name.encode("utf-16-be").hex().encode() + b"> >> endobj",
        lambda name: b"stream\n" + zlib.compress(b"<?xpacket?>" + name.encode() + b" was here") + b"\nendstream",
        lambda name: b"stream\n" + base64.a85encode(name.encode()) + b"~>\nendstream",
        lambda name: b"stream\n" + zlib.compress(b"<< /Author (" + name.encode("utf-16") + b") >>") + b"\nendstream",
        lambda name: b"<< /" + "".join(f"#{byte:02X}" for byte in name.encode()).encode() + b" 1 >>",
    ],
)
def test_a_name_in_the_raw_file_is_found_however_it_is_wrapped(hide):
    case, pdf = case_and_letter()

    found = linter.findings(pdf + hide(named(case)), case, sender=planting.SENDER)

    assert linter.PROPERTIES in {finding.where for finding in found}


@pytest.mark.parametrize("sign", [b"/EmbeddedFile", b"/JavaScript", b"/Annots [ 3 0 R ]"])
def test_what_no_letter_has_is_told(sign):
    case, pdf = case_and_letter()

    assert linter.findings(pdf, case, sender=planting.SENDER) == ()
    assert linter.findings(pdf + b"<< " + sign + b" >>", case, sender=planting.SENDER)


def test_the_code_of_the_case_is_found_in_any_grouping():
    case, _pdf = case_and_letter()
    code = " ".join(case.code.replace("-", "").lower())

    found = linter.findings(planting.letter(case, code), case, sender=planting.SENDER)

    assert linter.CODE in {finding.what for finding in found}


def test_ordinary_words_of_three_languages_are_no_names():
    """Names that are words, too: with a capital within a sentence found, else passed over."""
    seen = marks.marks("vesna i nada su reči; ali, on nije tu. The rose and the may flower, a miracle of grace")
    names = [(sounds.stems(name), False) for name in ("Vesna", "Nada", "Ali", "Rosa", "Mira", "Grace", "Maja")]

    assert not marks.is_heard(seen, names)
