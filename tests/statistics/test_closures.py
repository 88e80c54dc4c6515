"""Those whose case was closed: counted once, and never more of them than came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from referral_desk.errors import NoRounding
from referral_desk.nrm.assistance import Assistance
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.children import Guardianship, GuardianStatus
from referral_desk.nrm.closing import Closure, ClosureReason, Reopening, ReopeningReason
from referral_desk.nrm.person import AgeBand, FirstContact, Gender, Person
from referral_desk.nrm.redress import Against, AwardResult, CompensationAward, CompensationClaim
from referral_desk.nrm.referral import Referral, Urgency
from referral_desk.nrm.referral_news import DeclineReason, ReferralAnswer, ReferralNews
from referral_desk.nrm.residence import Permit, PermitStatus, PermitType
from referral_desk.nrm.risk import RiskAssessment, RiskLevel, RiskPurpose
from referral_desk.nrm.safe_return import Monitored, Monitoring, Return, ReturnType
from referral_desk.nrm.terms import Service, YesNo
from referral_desk.statistics import blocks, certificate, exact, families, freezing, joint, rounding, standard
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.standard import AGE_GROUP, CLOSURE, GENDER, INTAKE, SHARED
from referral_desk.store.figure_tables import CountedRow

CAME, WENT = date(2026, 2, 3), date(2026, 5, 20)


def told(rng: Random, *, goes: bool = True) -> Case:
    """Somebody who came and went, with some of everything in between. Not by the pathway: figures must bear it."""
    case = Case(opened_on=CAME)
    band = rng.choice([AgeBand.B09_17, *AgeBand])
    steps: list[Step] = [FirstContact(day=CAME), Person(day=CAME, gender=rng.choice(list(Gender)), age_band=band)]
    steps.append(Assistance(day=CAME, services=frozenset(rng.sample(list(Service), 3))))
    referral = Referral(
        day=CAME, recipient="x", services=frozenset(rng.sample(list(Service), 3)), urgency=Urgency.NORMAL
    )
    steps += [referral, *_news(rng, referral)]
    if rng.random() < 0.5:
        steps.append(Permit(day=CAME, permit=rng.choice(list(PermitType)), status=rng.choice(list(PermitStatus))))
        claim = CompensationClaim(day=CAME, against=frozenset({rng.choice(list(Against))}))
        steps += [claim, CompensationAward(day=WENT, claim=claim.id, result=rng.choice(list(AwardResult)))]
    if band.is_child or rng.random() < 0.1:
        steps.append(Guardianship(day=CAME, status=rng.choice(list(GuardianStatus))))
    if rng.random() < 0.4:
        steps += _return(rng)
    if goes:
        steps.append(Closure(day=WENT, reason=rng.choice(list(ClosureReason))))
    case.steps.extend(steps)
    for step in steps:
        step.case_id = case.id
    return case


def _news(rng: Random, referral: Referral) -> Iterator[Step]:
    if rng.random() < 0.7:
        news = rng.choice([ReferralNews.SENT, ReferralNews.ACCEPTED, ReferralNews.DECLINED])
        why = rng.choice(list(DeclineReason)) if news is ReferralNews.DECLINED else None
        day = CAME + timedelta(days=rng.choice([1, 10, 40]))
        yield ReferralAnswer(day=day, referral=referral.id, news=news, decline_reason=why)


def _return(rng: Random) -> Iterator[Step]:
    if rng.random() < 0.8:
        yield RiskAssessment(day=CAME, purpose=RiskPurpose.PRE_RETURN, level=RiskLevel.LOW)
    yield Return(day=WENT, manner=rng.choice(list(ReturnType)))
    yield Monitoring(day=WENT, result=Monitored.SAFE_STABLE, retrafficked=rng.choice(list(YesNo)))


@pytest.fixture
def peopled(desk):
    """A hundred and eighty came and went; others are still there, so that no block of closures has to wait."""
    with desk.work() as work:
        rng = Random(7)
        work.bring_in([told(rng, goes=at < 180) for at in range(300)])
    return desk


def test_a_block_of_closures_counts_all_that_was_done(peopled):
    with peopled.work(unsealed=False) as work:
        freezing.freeze_due(work)
        [closed] = freezing.frozen(work, CLOSURE)

        own = select(CountedRow.case_id).where(CountedRow.block == closed.id)
        true = exact.tables(work.session, standard.counted(CLOSURE), CASES.c.id.in_(own))

    assert closed.block.period.name == "2026-Q2"
    assert blocks.adds_up(closed.family, closed.block)
    assert true[()][()] == 180
    for name, codes in {
        "closure.duration": {"D180"},
        "referral.answer_time": {"IN_3", "IN_14", "LATER", "OPEN"},
        "monitoring.retrafficked": {"YES", "NO", "?"},
    }.items():
        assert {code for (code,) in true[name,]} == codes
    assert {code for (code,) in true["guardian.status",]} >= {"NOT_CHILD", "APPOINTED"}


def test_who_is_reopened_is_not_closed_and_who_was_counted_is_not_counted_again(peopled):
    with peopled.work() as work:
        case = next(one for one in work.cases(work.case_ids()) if one.latest(Closure))
        again = Reopening(day=WENT, reason=ReopeningReason.NEW_NEED)
        again.case_id = case.id
        work.session.add(work._signed(again))
        work.session.flush()
        freezing.freeze_due(work)

        counted = set(work.session.scalars(select(CountedRow.case_id).where(CountedRow.family == CLOSURE)))

        assert case.id not in counted
        assert len(counted) == 179


def test_there_are_never_more_closures_than_people_who_came(peopled):
    with peopled.work(unsealed=False) as work:
        freezing.freeze_due(work)
        came, went = (freezing.frozen(work, name) for name in (INTAKE, CLOSURE))

    assert went
    assert sum(one.block.total for one in went) <= sum(one.block.total for one in came)


@settings(max_examples=25, deadline=None)
@given(
    came=st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=1, max_size=4),
    share=st.floats(0.3, 1),
    seed=st.integers(0, 99),
)
def test_closures_are_matched_with_intakes_or_wait(came, share, seed):
    """Groups of four: women and men, children and adults; some share of each was closed."""
    family = _small_family()
    lists = {one.name: one.codes for one in family.dimensions}
    published, numbers = [], [sum(block[at] for block in came) for at in range(4)]
    for number, block in enumerate(came):
        made = rounding.rounded(family, lists, _tables(family, block), rounding.drawn(b"%d" % seed, f"in {number}"))
        published.append((family, _block(family, lists, made.figures)))
    closed = _tables(family, [int(number * share) for number in numbers])
    try:
        match = joint.match(family, lists, published, [])
        made = rounding.rounded(family, lists, closed, rounding.drawn(b"%d" % seed, "out"), match=match)
    except NoRounding:
        return

    for codes, figure in made.figures[SHARED].items():
        assert figure <= sum(block.cells[SHARED][codes] for _family, block in published)


def _small_family():
    dimensions = (families.Dimension(GENDER, ("F", "M")), families.Dimension(AGE_GROUP, ("CHILD", "ADULT")))
    return families.checked(families.Family("small", dimensions, (SHARED,)))


def _tables(family, numbers):
    f, m = ("F", numbers[0], numbers[1]), ("M", numbers[2], numbers[3])
    both = {(g, a): n for g, child, adult in (f, m) for a, n in (("CHILD", child), ("ADULT", adult))}
    return {
        (): {(): sum(numbers)},
        (GENDER,): {("F",): sum(f[1:]), ("M",): sum(m[1:])},
        (AGE_GROUP,): {("CHILD",): f[1] + m[1], ("ADULT",): f[2] + m[2]},
        SHARED: both,
    }


def _block(family, lists, figures):
    proof = certificate.Certificate(figures[()][()], 9, 4)
    period = blocks.Period(date(2026, 1, 1), date(2026, 3, 31))
    return blocks.Block("S", period, family.name, family.hash, 5, lists, figures, proof)
