"""Enquiries without an answer: they appear in Today by their day, and go by an answer, a referral or a closure."""

from __future__ import annotations

import pytest

from referral_desk import disclosures, enquiries
from referral_desk.answer_words import Reply
from referral_desk.errors import AnsweredAlready, UnknownEnquiry
from referral_desk.letters import documents
from referral_desk.letters.documents import Errand
from referral_desk.nrm import pathway
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Urgency
from referral_desk.nrm.safeguards import warnings
from referral_desk.nrm.terms import Service
from referral_desk.today import today
from tests.letters import ana

CLOSING = {"reason": "GOALS_MET", "approved": "YES", "approved_by": "Bo"}


def asked(desk, case_id, urgency=Urgency.URGENT, copies=1):
    """The reference of an enquiry that left."""
    errand = Errand("enquiry", case_id, recipient=ana.CLINIC, services=frozenset({Service.ACC}), urgency=urgency)
    for _copy in range(copies):
        letter = documents.checked(desk, errand)
        documents.let_go(desk, letter)
    return letter.reference


def waiting(desk):
    """What Today says of enquiries: in which group, and under which reference."""
    with desk.work(unsealed=False) as work:
        page = today(work)
    groups = {name: getattr(page, name) for name in ("overdue", "today", "coming", "letters")}
    return [(name, one.reference) for name, group in groups.items() for one in group.lines if one.reference]


def test_an_enquiry_waits_until_the_day_printed_on_it_and_stands_in_today_once(new_desk, clock):
    case_id = ana.opened_case(new_desk)
    reference = asked(new_desk, case_id, copies=2)

    assert waiting(new_desk) == [("coming", reference), ("letters", reference)]
    clock.pass_days(3)
    assert waiting(new_desk) == [("today", reference), ("letters", reference)]
    clock.pass_days(1)
    assert waiting(new_desk) == [("overdue", reference), ("letters", reference)]
    with new_desk.work(unsealed=False) as work:
        page = today(work)
    line = page.letters.lines[0]
    assert (line.when.name, line.label, line.left) == ("OVERDUE", "Answer to an enquiry", "1 day overdue")
    assert ana.CLINIC in line.kind_label
    assert page.letters.count == 1


def test_an_enquiry_with_much_time_is_not_brought_to_mind_at_once(new_desk, clock):
    asked(new_desk, ana.opened_case(new_desk), Urgency.NORMAL)

    assert waiting(new_desk) == []
    clock.pass_days(11)
    assert [name for name, _reference in waiting(new_desk)] == ["coming", "letters"]


@pytest.mark.parametrize("reply", [Reply.FULL, Reply.SILENT])
def test_what_was_said_without_words_ends_the_waiting(new_desk, reply):
    case_id = ana.opened_case(new_desk)
    reference = asked(new_desk, case_id)

    answered = enquiries.answer(new_desk, reference.lower(), reply)

    assert (answered.case_id, answered.reply) == (case_id, reply)
    assert waiting(new_desk) == []
    with new_desk.work(unsealed=False) as work:
        assert [one.answer for one in disclosures.of(work, case_id)] == [reply.label]
    with pytest.raises(AnsweredAlready):
        enquiries.answer(new_desk, reference, reply)


def test_an_enquiry_that_never_left_cannot_be_answered(new_desk):
    with pytest.raises(UnknownEnquiry):
        enquiries.answer(new_desk, "RF-0000-0000", Reply.FULL)


def test_a_yes_without_words_opens_the_way_to_the_name(new_desk):
    case_id = ana.opened_case(new_desk)
    reference = asked(new_desk, case_id)
    everything = ["NAME", "CONTACT", "AGE_BAND"]
    enquiries.answer(new_desk, reference, Reply.ACCEPTED)
    ana.agree(new_desk, case_id, items=everything)
    referral_id = ana.refer(new_desk, case_id, shares=["AGE_BAND"])

    letter = documents.checked(new_desk, Errand("identity_sheet", referral=referral_id))

    assert any("Ђорђевић" in line.text for line in letter.told)


def test_a_reference_whose_drawn_letters_are_a_name_gives_nobody_away(new_desk):
    case_id = ana.opened_case(new_desk)
    letters_drawn = (
        (clinic, group)
        for clinic in map("Clinic {}".format, range(1, 100))
        for group in written(new_desk, case_id, clinic).reference.split("-")[1:]
        if group.isalpha()
    )
    clinic, group = next(letters_drawn)
    with new_desk.work() as work:
        case = work.case(case_id)
        said = {"first_name": group.title(), "address": f"{group.title()} 12"}
        work.correct(case, next(iter(case.taken(Person))), said, why="Said so now")

    assert written(new_desk, case_id, clinic).waiting == ()


def written(desk, case_id, recipient):
    """An enquiry, looked at."""
    errand = Errand("enquiry", case_id, recipient=recipient, services=frozenset({Service.ACC}))
    return documents.checked(desk, errand)


def test_a_referral_to_the_same_place_or_a_closed_case_waits_no_longer(new_desk, clock):
    referred, closed = ana.opened_case(new_desk), ana.opened_case(new_desk)
    first, second = asked(new_desk, referred), asked(new_desk, closed)
    assert {reference for _name, reference in waiting(new_desk)} == {first, second}

    ana.agree(new_desk, referred)
    ana.refer(new_desk, referred)
    assert {reference for _name, reference in waiting(new_desk)} == {second}
    with new_desk.work() as work:
        case = work.case(closed)
        ana.take(work, case, "risk", purpose="CLOSURE", level="LOW")
        step = pathway.step_from(pathway.kind_of("closure"), CLOSING | {"day": work.today.isoformat()})
        work.take(case, step, because={guard.id: "Said on the phone" for guard in warnings(case, step, work.today)})
    assert waiting(new_desk) == []
