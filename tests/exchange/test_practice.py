"""Invented cases: of every kind and stage, and none of them breaks a rule."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from referral_desk import directory, pages
from referral_desk.errors import RealCases
from referral_desk.exchange import invented, practice
from referral_desk.nrm.case import KINDS, Case, is_code
from referral_desk.nrm.children import AgeAssessment, BestInterests
from referral_desk.nrm.closing import Closure, is_closed
from referral_desk.nrm.consent import Consent, ConsentStatus
from referral_desk.nrm.identification import Exploitation, Interview
from referral_desk.nrm.inclusion import CheckIn, FollowUpKind
from referral_desk.nrm.person import FirstContact, Person, is_child
from referral_desk.nrm.reflection import ReflectionPeriod, running_period
from referral_desk.nrm.risk import RiskAssessment, RiskLevel
from referral_desk.nrm.safe_return import Return
from referral_desk.nrm.safeguards import unmet
from referral_desk.nrm.terms import Service
from referral_desk.store import Purpose
from referral_desk.today import today
from tests.cast import TODAY

HOW_MANY = 400
SCRIPTS = {"latin": r"[A-Za-zÀ-ž]", "cyrillic": r"[Ѐ-ӿ]", "arabic": r"[؀-ۿ]"}


@pytest.fixture(scope="session")
def practised(new_desk):
    desk = new_desk(Purpose.PRACTICE)
    practice.fill(desk, cases=HOW_MANY)
    return desk


@pytest.fixture(scope="session")
def cases(practised):
    with practised.work() as work:
        found = work.cases(work.case_ids())
        for case in found:
            pages.case_page(case, work.today)
    return found


def test_as_many_come_as_were_asked_for(cases):
    assert len(cases) == HOW_MANY
    assert all(is_code(case.code) for case in cases)
    assert len({case.opened_on.year for case in cases}) > 3
    assert max(step.day for case in cases for step in case.steps) <= TODAY


def test_every_kind_of_step_and_every_stage_is_there(cases):
    kinds = Counter(type(step) for case in cases for step in case.steps)
    lengths = {len(case.steps) for case in cases}
    levels = {step.level for case in cases for step in case.taken(RiskAssessment)}
    forms = {form for case in cases for step in case.taken(Interview) for form in step.exploitation or ()}

    assert set(KINDS.values()) - set(kinds) == set()
    assert min(lengths) == 1
    assert max(lengths) > 12
    assert levels == set(RiskLevel)
    assert forms == set(Exploitation)
    assert {step.status for case in cases for step in case.taken(Consent)} >= {
        ConsentStatus.GIVEN,
        ConsentStatus.REFUSED,
        ConsentStatus.WITHDRAWN,
    }


def test_nobody_is_told_what_no_practitioner_would_believe(cases):
    for case in cases:
        if case.taken(Person) and not is_child(case) and not case.taken(AgeAssessment):
            needs = {need for step in case.taken(Interview) for need in step.needs or ()}
            forms = {form for step in case.taken(Interview) for form in step.exploitation or ()}
            assert not needs & {Service.GUARD, Service.CHILD}
            assert Exploitation.CHLAB not in forms
        for person in case.taken(Person):
            assert not (person.age_band and person.age_band.is_child and person.dependants)
            assert (person.dependants or "1 child") in {"1 child", "2 children", "3 children"}


def test_what_rests_is_closed_for_a_reason_and_with_its_circumstances(cases):
    old = [case for case in cases if case.opened_on < TODAY - timedelta(days=365)]
    closed = [case for case in old if is_closed(case, TODAY)]

    assert len(closed) > 0.85 * len(old) > 0
    assert all(step.reason and step.note for case in closed for step in case.taken(Closure))
    assert any(step.occasion is FollowUpKind.AFTER_CLOSURE for case in closed for step in case.taken(CheckIn))


def test_the_day_of_a_practice_desk_is_one_that_a_shelter_could_have(practised, cases):
    open_now = [case for case in cases if not is_closed(case, TODAY)]
    with practised.work(unsealed=False) as work:
        page = today(work)

    assert 0 < page.overdue.count < len(open_now)
    assert page.coming.count > 0
    assert sum(line.key == "retention" for line in page.overdue.lines) == 0


def test_reflection_runs_for_some_and_is_over_for_others(cases):
    reflected = [case for case in cases if case.taken(ReflectionPeriod)]
    running = [case for case in reflected if running_period(case, TODAY)]

    assert 0 < len(running) < len(reflected)


def test_children_come_with_and_without_a_determination(cases):
    children = [case for case in cases if case.taken(Person) and is_child(case)]
    determined = [case for case in children if case.taken(BestInterests)]

    assert 0 < len(determined) < len(children) < len(cases)


def test_no_invented_case_breaks_a_safeguard(cases):
    """Each step is held against the rules once more, on its day, in the case as it was then."""
    for case in cases:
        steps = sorted(case.steps, key=lambda step: step.recorded_at)
        assert all(former.day <= later.day for former, later in pairwise(steps))
        as_it_was = Case(opened_on=case.opened_on)
        for step in steps:
            assert unmet(as_it_was, step, step.day) == ()
            as_it_was.steps.append(step)


def test_somebody_has_returned_and_could(cases):
    assert any(case.taken(Return) for case in cases)


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_come_in_every_script_and_are_found(practised, cases, script):
    named = [case for case in cases if case.latest(Person) and re.match(SCRIPTS[script], case.latest(Person).last_name)]
    with practised.work() as work:
        found = work.case_ids(named[0].latest(Person).last_name)

    assert named[0].id in found


def test_the_same_seed_invents_the_same_people(new_desk):
    def people(seed):
        desk = new_desk(Purpose.PRACTICE)
        practice.fill(desk, cases=12, seed=seed)
        with desk.work() as work:
            cases = work.cases(work.case_ids())
            told = [tuple(f"{step.kind} {step.day} {step.sealed_text()!r}" for step in case.steps) for case in cases]
        return sorted(told)

    assert people(7) == people(7) != people(8)


def test_only_an_empty_practice_desk_is_filled(practised, new_desk):
    with pytest.raises(RealCases):
        practice.fill(practised, cases=1)
    with pytest.raises(RealCases):
        practice.fill(new_desk(), cases=1)


def test_progress_is_told(new_desk):
    told: list[tuple[int, int]] = []
    practice.fill(new_desk(Purpose.PRACTICE), cases=150, on_progress=lambda done, of: told.append((done, of)))

    assert told == [(100, 150), (150, 150)]


def test_a_first_contact_may_be_all_there_is(cases):
    assert any([type(step) for step in case.steps] == [FirstContact] for case in cases)


def test_a_practice_desk_has_a_directory_that_can_be_tried(practised):
    with practised.work(unsealed=False) as work:
        rows = directory.rows(work)
        free = directory.rows(work, directory.Wanted(has_place=True))

    assert [row.name for row in rows] == sorted(invented.ORGANISATIONS)
    assert [row.name for row in free] == ["Harbour House", "Northwind Shelter"]
    assert any(mark.text == "not verified lately" for row in rows for mark in row.marks)
