"""Going on without the person's consent: the act that the law lets stand in its place, for the step it holds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.circumstances import IdentityDocument, RelatedPerson
from referral_desk.nrm.consent import OVERRIDING, Consent, ConsentScope, ConsentStatus, items_shared_with
from referral_desk.nrm.person import Person, is_child
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.referral_news import ReferralAnswer
from referral_desk.nrm.safeguards import Safeguard, unmet
from referral_desk.nrm.status import FormalSubmission
from referral_desk.nrm.terms import DataItem, LegalGround, YesNo

GROUNDS = tuple(ground for ground in LegalGround.every() if ground in OVERRIDING)
"""The grounds there are to choose from."""


@dataclass(frozen=True)
class Lacking:
    """What consent there would have to be: to what, and for sharing with whom and of what."""

    scope: ConsentScope
    recipient: str | None = None
    items: frozenset[DataItem] | None = None


@dataclass(frozen=True)
class Ground:
    """On what it rests, why it cannot wait, and whether the person knows."""

    ground: LegalGround
    why: str
    person_told: YesNo | None = None


def takes_two(step: Step, former: Step | None = None) -> bool:
    """Whether it says that something goes without consent: nobody says so alone, nor changes alone what goes."""
    if not isinstance(step, Consent) or step.status is not ConsentStatus.OTHER_GROUND:
        return False
    return former is None or any(former.answer(q) != step.answer(q) for q in step.questions if q.name in _WHAT_GOES)


_WHAT_GOES = frozenset({"day", "status", "scope", "recipient", "items", "expires_on", "ground", "authorised_by"})


def may_go_on(hindered_by: Iterable[Safeguard]) -> bool:
    """Whether the law lets one do without all that stands in the way; never where nothing does."""
    rules = tuple(hindered_by)
    return bool(rules) and all(guard.otherwise for guard in rules)


def lacking(case: Case, step: Step, on: date) -> Lacking | None:
    """What the consent would say that is missing for a step; None where no other ground can stand in its place."""
    rules = unmet(case, step, on)
    if not may_go_on(rules):
        return None
    if isinstance(step, Person | IdentityDocument | RelatedPerson):
        return Lacking(ConsentScope.STORE)
    if isinstance(step, FormalSubmission):
        return None if is_child(case) else Lacking(ConsentScope.SHARE_ID_AUTH, step.authority)
    if isinstance(step, ReferralAnswer):
        step = next(one for one in case.taken(Referral) if one.id == step.referral)
    return _of_referral(case, step, on, {guard.id for guard in rules}) if isinstance(step, Referral) else None


def _of_referral(case: Case, referral: Referral, on: date, rules: set[str]) -> Lacking:
    """What was agreed with this recipient before stays agreed."""
    agreed = items_shared_with(case, referral.recipient, on) or frozenset()
    scope = ConsentScope.SHARE_POLICE if "R10" in rules else ConsentScope.SHARE_ORG
    return Lacking(scope, referral.recipient, (referral.shares or frozenset()) | agreed)


def in_place_of(missing: Lacking, ground: Ground, *, second: str, day: date) -> Consent:
    """The step that stands where the consent would; `second` is the person who agreed to that."""
    return Consent(
        day=day,
        status=ConsentStatus.OTHER_GROUND,
        scope=missing.scope,
        recipient=missing.recipient,
        items=missing.items,
        ground=ground.ground,
        authorised_by=second,
        justification=ground.why,
        person_told=ground.person_told,
    )
