"""Rules of referral (R): with consent, no more than agreed, and somebody answers."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm.case import Case
from referral_desk.nrm.children import family_contact_is_wanted_for
from referral_desk.nrm.consent import (
    Consent,
    ConsentScope,
    counts,
    has_ground,
    items_shared_with,
    may_share_with_anyone,
    said_on,
    same_name,
)
from referral_desk.nrm.person import is_child
from referral_desk.nrm.police import names_police
from referral_desk.nrm.referral import Anonymity, Referral, Urgency
from referral_desk.nrm.referral_news import ReferralAnswer, ReferralNews, ReferralState, news_of, state_of
from referral_desk.nrm.safeguards.rule import (
    OTHER_GROUND,
    Severity,
    held_elsewhere,
    in_time,
    is_worth_knowing,
    must_hold,
    should_hold,
)
from referral_desk.nrm.terms import Service, YesNo
from referral_desk.words import N_

_ACCEPTED = frozenset(
    {ReferralState.ACCEPTED, ReferralState.IN_PROGRESS, ReferralState.COMPLETED, ReferralState.FEEDBACK_RECEIVED}
)
_TURNED_AWAY = frozenset({ReferralState.DECLINED, ReferralState.NO_RESPONSE_CLOSED})


@must_hold(
    Referral,
    N_("A referral requires the person's valid consent to share with this recipient."),
    id="R1",
    source="CETS 197, art. 11 and 12(7); GDPR, art. 6(1)(a) and 7",
    otherwise=OTHER_GROUND,
)
def recipient_is_consented(case: Case, on: date, referral: Referral | None) -> bool:
    if referral is None:
        return may_share_with_anyone(case, on)
    return items_shared_with(case, referral.recipient, on) is not None


@is_worth_knowing(
    Consent,
    N_(
        "As it is written down this decision lets nothing go: for a child the guardian decides, whoever was not able "
        "to decide has not decided, and only a life in danger or a duty in law stands in the place of consent."
    ),
    id="R1",
    source="CETS 197, art. 11 and 12(7); GDPR, art. 6(1)(a) and 7",
)
def decision_counts(case: Case, _on: date, given: Consent | None) -> bool:
    return given is None or counts(case, given)


@must_hold(
    ReferralAnswer,
    N_("A referral is sent only while consent to it is in force."),
    id="R1",
    source="CETS 197, art. 11 and 12(7); GDPR, art. 6(1)(a) and 7",
    otherwise=OTHER_GROUND,
)
def sent_with_consent(case: Case, on: date, told: ReferralAnswer | None) -> bool:
    if told is None or told.news is not ReferralNews.SENT:
        return True
    day = min(on, told.day)
    sent = next((step for step in case.taken(Referral) if step.id == told.referral), None)
    return sent is None or items_shared_with(case, sent.recipient, day) is not None


@must_hold(
    Referral,
    N_(
        "A referral tells nothing that the person did not agree to share with this recipient. What a child is found "
        "by needs the guardian's consent and the child's assent, and nobody is named who is not recorded yet."
    ),
    id="R2",
    source="GDPR, art. 5(1)(b) and (c)",
    otherwise=OTHER_GROUND,
)
def only_consented_items(case: Case, on: date, referral: Referral | None) -> bool:
    if referral is None or not referral.shares:
        return True
    return referral.shares <= (items_shared_with(case, referral.recipient, on) or frozenset())


@must_hold(
    Referral,
    N_("The name is given only to a recipient who has accepted the person, or in an emergency; on a sheet of its own."),
    id="R3",
    source="GDPR, art. 5(1)(c)",
)
def named_after_acceptance(case: Case, on: date, referral: Referral | None) -> bool:
    if referral is None or referral.anonymity is not Anonymity.IDENTIFIED or referral.urgency is Urgency.EMERGENCY:
        return True
    earlier = (step for step in case.taken(Referral) if same_name(step.recipient, referral.recipient))
    return any(state_of(case, step, on) in _ACCEPTED for step in earlier)


in_time(
    N_("A referral is answered within the time of its urgency; who hears nothing asks again."),
    id="R5",
    source="Inter-agency referral form",
    keys=tuple(urgency.deadline for urgency in Urgency),
)
held_elsewhere(
    Severity.BLOCK,
    N_("Who declines says why."),
    id="R6",
    source="Working rule of this program",
    by=N_("The step cannot be recorded without the reason."),
)


@should_hold(
    Case,
    N_("A referral was declined: another organisation is asked, or the person decides otherwise."),
    id="R6",
    source="Working rule of this program",
)
def turned_away_is_taken_up(case: Case, on: date) -> bool:
    for referral in case.taken(Referral):
        told = [step for step in news_of(case, referral, on) if step.news is not ReferralNews.CHASED]
        if told and ReferralState.of(told[-1].news.code) in _TURNED_AWAY and not _taken_up(case, referral, told[-1]):
            return False
    return True


def _taken_up(case: Case, referral: Referral, declined: ReferralAnswer) -> bool:
    later = (step for step in case.taken(Referral) if step is not referral and step.day >= declined.day)
    return declined.alternative is not None or any(step.services & referral.services for step in later)


in_time(
    N_("Two weeks after a referral was accepted somebody says what came of it."),
    id="R7",
    source="IASC referral guidance (2017)",
    keys=("feedback",),
)


@should_hold(
    Referral,
    N_("Whoever cares for a child knows of the referral; if not, say why: it may be the one who exploits."),
    id="R8",
    source="Inter-agency referral form",
)
def caregiver_knows(case: Case, _on: date, referral: Referral | None) -> bool:
    return referral is None or not is_child(case) or referral.caregiver_informed is not YesNo.NO


held_elsewhere(
    Severity.INFORM,
    N_("Of a referral there are three copies: ours, the recipient's, and the person's, where it is safe to keep one."),
    id="R9",
    source="IASC referral guidance (2017)",
    by=N_("The referral asks whether the person has a copy; every printed copy is noted."),
)


@must_hold(
    Referral,
    N_("Nothing goes to the police without the person's consent to share with the police, or a duty laid down by law."),
    id="R10",
    source="NRM Handbook (ODIHR 2022)",
    otherwise=OTHER_GROUND,
)
def police_is_consented(case: Case, on: date, referral: Referral | None) -> bool:
    if referral is None or not referral.recipient or not _is_police(case, referral.recipient):
        return True
    said = said_on(case, ConsentScope.SHARE_POLICE, on, referral.recipient)
    return said is not None and has_ground(case, on, ConsentScope.SHARE_POLICE, referral.recipient)


def _is_police(case: Case, recipient: str) -> bool:
    return names_police(recipient) or case.around.is_police(recipient)


held_elsewhere(
    Severity.WARN,
    N_("Whom nobody may contact stands on every page of the form."),
    id="R11",
    source="Working rule of this program",
    by=N_("It is printed in bold in a box of its own."),
)


@must_hold(
    Referral,
    N_("A referral that asks to trace a child's family requires a best-interests determination that says so."),
    id="C2",
    source="CETS 197, art. 10(4)(c)",
)
def tracing_in_best_interests(case: Case, _on: date, referral: Referral | None) -> bool:
    asks = referral is not None and Service.TRACE in (referral.services or ())
    return not asks or not is_child(case) or family_contact_is_wanted_for(case)
