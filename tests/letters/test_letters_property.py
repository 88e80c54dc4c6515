"""Whatever is recorded, agreed and asked for: the form holds only what may leave, and can be drawn."""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from referral_desk.letters import drawing, layout, leaving, linter, reading, sheet
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.terms import DataItem, Service
from referral_desk.step_lines import Line
from referral_desk.store.names import folded
from tests.letters import ana

SLOW = settings(deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""A desk on the disk is behind each example: shrinking one would take minutes."""


def is_mixed(text):
    """Not “aaaaaa” or “000000”, which every PDF holds."""
    return len(set(text)) > 3


LETTERS = ("абвгдђежзијклљмнњопрстћуфхцчџш", "abcčćdđeghijklłmnoqwxyzžß")
NAMES = (
    st.sampled_from(LETTERS)
    .flatmap(lambda signs: st.lists(st.sampled_from(signs), min_size=6, max_size=12))
    .map("".join)
    .filter(is_mixed)
)
"""Letter by letter: a whole text might be one of the words that stand in the program, and so on every form."""

DIGITS = st.text("0123456789", min_size=9, max_size=13).filter(is_mixed)
BIRTHDAYS = st.dates(
    min_value=ana.Clock()().date().replace(year=1960), max_value=ana.Clock()().date().replace(year=2020)
)
ITEMS = st.sets(st.sampled_from([item.code for item in DataItem if item is not DataItem.EXPLOITER]))
"""Who exploited somebody is told to lawyers and the police alone: that referral is refused before there is a form."""
PERSONS = st.fixed_dictionaries(
    {
        "first_name": NAMES,
        "last_name": NAMES,
        "other_names": NAMES,
        "place_of_birth": NAMES,
        "address": NAMES,
        "phone": DIGITS,
        "date_of_birth": BIRTHDAYS.map(lambda day: day.isoformat()),
    }
)
SERVICES = st.sets(st.sampled_from(sorted(set(Service) - {Service.TRACE}, key=str)), min_size=1)
"""All but the one that asks for a determination first."""

ITEM_OF = {
    "gender": "GENDER",
    "age_band": "AGE_BAND",
    "citizenships": "CITIZENSHIP",
    "language": "LANGUAGE",
    "dependants": "CHILDREN",
    "level": "RISK",
    "exploitation": "EXPLOITATION_TYPE",
    "status": "LEGAL_STATUS",
    "need": "NEEDS",
    "needs": "NEEDS",
}


def everything_in(pdf):
    """Text, properties and every unpacked byte, folded as names are compared."""
    held = [ana.text_of(pdf), reading.read(pdf).elsewhere, pdf.decode("latin-1")]
    for part in pdf.split(b"stream")[1::2]:
        with suppress(zlib.error):
            held.append(zlib.decompressobj().decompress(part.lstrip(b"\r\n")).decode("latin-1"))
    return folded("\n".join(held))


@settings(max_examples=30, parent=SLOW)
@given(person=PERSONS, agreed=ITEMS, chosen=ITEMS, services=SERVICES)
def test_only_what_is_agreed_and_chosen_leaves_and_never_a_name(desk, person, agreed, chosen, services):
    case_id = ana.opened_case(desk, **person)
    ana.agree(desk, case_id, items=sorted(agreed))
    shares = sorted(agreed & chosen)
    referral_id = ana.refer(desk, case_id, shares=shares, services=sorted(service.code for service in services))

    letter = ana.made(desk, referral_id)

    held = everything_in(letter.pdf)
    assert not [name for name in person.values() if folded(name) in held]
    assert {name for name in ITEM_OF if name in {line.name for line in letter.told}} == {
        name for name, item in ITEM_OF.items() if item in shares
    }
    assert all(line.reach >= Reach.LETTER for line in letter.told)
    with desk.work() as work:
        assert linter.findings(letter.pdf, work.case(case_id), sender=ana.SENDER) == ()


@settings(max_examples=20, parent=SLOW)
@given(
    person=PERSONS, which=st.sampled_from(["first_name", "last_name", "place_of_birth", "phone"]), upper=st.booleans()
)
def test_whatever_she_is_called_her_name_is_found_in_the_need(desk, person, which, upper):
    typed = person[which].upper() if upper else person[which]
    case_id, referral_id = ana.referred(desk, person=person, need=f"A doctor for {typed}, soon")

    letter = ana.made(desk, referral_id)
    with desk.work() as work:
        found = linter.findings(letter.pdf, work.case(case_id))

    assert "The need in one sentence" in {finding.where for finding in found}


@pytest.fixture(scope="module")
def filled(desk):
    """A sheet to write other texts on."""
    case_id, referral_id = ana.referred(desk)
    with desk.work(unsealed=False) as work:
        case = work.case(case_id)
        referral = next(step for step in case.steps if step.id == referral_id)
        form = layout.shipped()
        agreed = leaving.agreement(case, referral, work.today)
        found = leaving.sorted_answers(case, referral, agreed, form)
        return sheet.fill(referral, sheet.Sender("", ""), agreed, found, form)


def line(text):
    return Line("name", text[:60], text, Reach.LETTER)


ENDLESS = st.builds(lambda text, times: text * times, st.text(max_size=12), st.sampled_from([1, 30, 600]))
ENTRIES = st.builds(
    lambda text, ticks, weighty: sheet.Entry(line(text), tuple(ticks), weighty=weighty),
    ENDLESS,
    st.lists(st.text("abc ", max_size=60), max_size=40),
    st.booleans(),
)


@settings(max_examples=30, parent=SLOW)
@given(parties=st.tuples(ENDLESS, ENDLESS, ENDLESS, ENDLESS), entries=st.lists(ENTRIES, max_size=5))
def test_every_text_of_any_length_can_be_drawn(filled, parties, entries):
    sender, recipient = (tuple(map(line, pair)) for pair in (parties[:2], parties[2:]))
    sections = (*filled.sections, sheet.Section("Typed", tuple(entries))) if entries else filled.sections

    drawn = drawing.drawn(replace(filled, sender=sender, recipient=recipient, sections=sections), language="en")

    assert drawn.startswith(b"%PDF")
