"""Rules of assistance (A): what the person needs, agreed with the person, reviewed together."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm.assistance import Assistance
from referral_desk.nrm.case import Case
from referral_desk.nrm.children import ChildViews
from referral_desk.nrm.deadlines.beginning import has_guardian
from referral_desk.nrm.person import Person, is_child
from referral_desk.nrm.safeguards.rule import Severity, held_elsewhere, in_time, must_hold, should_hold
from referral_desk.nrm.support import Accommodation, AgreedBy, PlanItem, ServiceEvent, Stay
from referral_desk.nrm.terms import Hearing, Service, YesNo
from referral_desk.words import N_

in_time(
    N_("Needs are assessed within three working days, and a plan is agreed within two weeks."),
    id="A1",
    source="Case management practice",
    keys=("needs", "plan"),
)


@must_hold(
    PlanItem,
    N_("Nothing stands in a plan to which the person, or a child's guardian after hearing the child, did not agree."),
    id="A2",
    source="CETS 197, art. 12(7)",
)
def item_is_agreed(case: Case, _on: date, item: PlanItem | None) -> bool:
    if item is None or item.agreed_by is AgreedBy.PERSON:
        return True
    heard = case.latest(ChildViews)
    return item.agreed_by is AgreedBy.GUARDIAN and (heard is None or heard.heard is not Hearing.NOT_HEARD)


in_time(
    N_("The plan is looked at together every thirty days, at high risk every two weeks."),
    id="A3",
    source="Working rule of this program",
    keys=("plan_review", "plan_review_high"),
)


@should_hold(
    Case,
    N_("A child needs a guardian, school, and a place that is made for children."),
    id="A4",
    source="CETS 197, art. 12(1)(f) and 12(7)",
)
def child_has_what_children_need(case: Case, _on: date) -> bool:
    if case.latest(Person) is None or not is_child(case):
        return True
    place = case.latest(Stay)
    lives_well = place is None or place.fit_for_child is YesNo.YES
    return has_guardian(case) and lives_well and Service.EDU in _given_or_planned(case)


def _given_or_planned(case: Case) -> frozenset[Service]:
    given = [step.services for step in case.taken(Assistance)]
    single = [*case.taken(PlanItem), *case.taken(ServiceEvent)]
    return frozenset().union(*given, (step.service for step in single))  # type: ignore[attr-defined]


@should_hold(
    Stay,
    N_("A victim is not held in detention, and not lodged where she or he is not safe or rooms are shared by all."),
    id="A5",
    source="CETS 197, art. 12(1)(a); NRM Handbook (ODIHR 2022)",
)
def place_is_safe(_case: Case, _on: date, stay: Stay | None) -> bool:
    if stay is None:
        return True
    return (
        stay.accommodation is not Accommodation.DETENTION and stay.safe is not YesNo.NO and stay.mixed is not YesNo.YES
    )


in_time(
    N_("Whoever cannot wait for a doctor sees one within a day."),
    id="A6",
    source="CETS 197, art. 12(1)(b)",
    keys=("urgent_medical",),
)
held_elsewhere(
    Severity.INFORM,
    N_("Help goes on when identification is refused, proceedings end or nobody is convicted."),
    id="A7",
    source="CETS 197, art. 12(6); Directive 2011/36/EU, art. 11",
    by=N_("No step ends another; assistance ends by a step of its own, and these are no reasons for it."),
)
