"""Rules of identification (I): presumed before proof, and nobody is said not to be a victim by a sum."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Case
from referral_desk.nrm.children import ChildViews
from referral_desk.nrm.consent import ConsentScope, ConsentStatus, has_ground, said_on
from referral_desk.nrm.identification import Interview
from referral_desk.nrm.justice import Remedies
from referral_desk.nrm.person import is_child
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.safeguards.rule import (
    OTHER_GROUND,
    Severity,
    held_elsewhere,
    in_time,
    is_worth_knowing,
    must_hold,
    should_hold,
)
from referral_desk.nrm.status import (
    Appeal,
    Decider,
    FormalSubmission,
    IdentificationDecision,
    Notification,
    Notifying,
    Submitting,
    Threshold,
    TraffickingStatus,
)
from referral_desk.nrm.terms import Service, YesNo
from referral_desk.words import N_

_LAWYERS = frozenset({Service.LEGINF, Service.LEGREP})
_SUBMITTED = frozenset({Submitting.SUBMITTED, Submitting.CHILD})
_UNSAID = frozenset({ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN})


@must_hold(
    IdentificationDecision,
    N_("An organisation alone identifies formally only where national law lets it: enter that in the country profile."),
    id="I1",
    source="National law; HTCDS 2.0",
)
def decider_may_decide(_case: Case, _on: date, decided: IdentificationDecision | None) -> bool:
    if decided is None or decided.status is not TraffickingStatus.IDENTIFIED or decided.decided_by is not Decider.NGO:
        return True
    return mechanism.home().says_yes("ngo_may_identify") is True


@must_hold(
    IdentificationDecision,
    N_("Indicators never say that somebody is not a victim: a refusal needs another threshold than indicators."),
    id="I2",
    source="Working rule of this program",
)
def indicators_deny_nobody(_case: Case, _on: date, decided: IdentificationDecision | None) -> bool:
    if decided is None:
        return True
    return decided.status is not TraffickingStatus.NOT_CONFIRMED or decided.threshold is not Threshold.INDICATORS


held_elsewhere(
    Severity.INFORM,
    N_("Indicators of exploitation and of one of the means suggest that an adult may have been trafficked."),
    id="I3",
    source="Operational indicators of the ILO and the European Commission (2009)",
    by=N_("The suggestion is computed from the indicators and never stored: strong, possible, or not enough is known."),
)
held_elsewhere(
    Severity.INFORM,
    N_("A child that was exploited was trafficked, whatever the means."),
    id="I4",
    source="Palermo Protocol, art. 3(c)",
    by=N_("For a child, and whoever may be one, the suggestion asks for no means."),
)
in_time(
    N_("Whoever is or may be a child is met by child protection within one working day."),
    id="I5",
    source="CETS 197, art. 10(3) and (4)",
    keys=("child_procedure",),
)
in_time(
    N_("Within a day it is asked what cannot wait and whether the person is safe."),
    id="I6",
    source="NRM Handbook (ODIHR 2022)",
    keys=("first_needs",),
)


@should_hold(
    Interview,
    N_("An interview is held in private and only if the person agrees to it."),
    id="I7",
    source="HTCDS 2.0; NRM Handbook (ODIHR 2022)",
)
def interview_is_agreed(case: Case, on: date, held: Interview | None) -> bool:
    said = said_on(case, ConsentScope.INTERVIEW, on)
    is_refused = said is not None and said.status in _UNSAID
    if held is None:
        return not is_refused
    agreed = held.agreed is YesNo.YES or (held.agreed is None and not is_refused)
    return agreed and held.in_private is not YesNo.NO


@is_worth_knowing(
    Case,
    N_("The latest interview does not say that it was held in private, or that the person agreed to it."),
    id="I7",
    source="HTCDS 2.0; NRM Handbook (ODIHR 2022)",
)
def interview_says_so(case: Case, on: date) -> bool:
    held = case.latest(Interview)
    if held is None:
        return True
    return held.in_private is not None and (held.agreed is not None or has_ground(case, on, ConsentScope.INTERVIEW))


@must_hold(
    FormalSubmission,
    N_("An adult is submitted for formal identification only with consent to it."),
    id="I8",
    source="Statutory guidance (United Kingdom); CRC, art. 12",
    otherwise=OTHER_GROUND,
)
def submission_is_agreed(case: Case, on: date, step: FormalSubmission | None) -> bool:
    if step is None or step.outcome not in _SUBMITTED or is_child(case):
        return True
    return has_ground(case, min(on, step.day), ConsentScope.SHARE_ID_AUTH, step.authority)


@must_hold(
    FormalSubmission,
    N_("A child is submitted without consent, and the child's views are recorded."),
    id="I8",
    source="Statutory guidance (United Kingdom); CRC, art. 12",
)
def submitted_child_is_heard(case: Case, _on: date, step: FormalSubmission | None) -> bool:
    if step is None or step.outcome not in _SUBMITTED or not is_child(case):
        return True
    return step.views is YesNo.YES or bool(case.taken(ChildViews))


@is_worth_knowing(
    FormalSubmission,
    N_("If the person does not want formal identification: write down why, and offer every service all the same."),
    id="I9",
    source="Statutory guidance (United Kingdom); CETS 197, art. 12(6)",
)
def refusal_has_reasons(_case: Case, _on: date, step: FormalSubmission | None) -> bool:
    return step is None or step.outcome is not Submitting.REFUSED or bool(step.why_not)


@is_worth_knowing(
    Notification,
    N_("A notification stays without a name unless the person agrees."),
    id="I9",
    source="Statutory guidance (United Kingdom)",
)
def notified_without_name(case: Case, on: date, step: Notification | None) -> bool:
    if step is None or step.outcome is not Notifying.NAMED or is_child(case):
        return True
    return has_ground(case, on, ConsentScope.SHARE_ID_AUTH, step.to_whom)


@should_hold(
    Case,
    N_("After a refusal the person is told until when it can be appealed, and gets legal advice."),
    id="I10",
    source="NRM Handbook (ODIHR 2022)",
)
def refusal_is_answered(case: Case, _on: date) -> bool:
    decided = case.latest(IdentificationDecision)
    if decided is None or decided.status is not TraffickingStatus.NOT_CONFIRMED:
        return True
    is_told = decided.appeal_by is not None or decided.appealed is not None or bool(case.taken(Appeal))
    return is_told and _is_advised_since(case, decided.day)


def _is_advised_since(case: Case, day: date) -> bool:
    told = any(step.day >= day and step.legal_advice is YesNo.YES for step in case.taken(Remedies))
    return told or any(step.day >= day and step.services & _LAWYERS for step in case.taken(Referral))
