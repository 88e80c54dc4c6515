"""Consent: one act for each recipient, naming what may be shared; never overwritten (GDPR, art. 7)."""

from __future__ import annotations

import unicodedata
from datetime import date

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step, random_code
from referral_desk.nrm.fields import ORGANISATIONS, Reach, field
from referral_desk.nrm.terms import DataItem, Language, Term, Track
from referral_desk.words import N_


class ConsentScope(Term):
    """CL-CONSENT."""

    STORE = "STORE", N_("Keeping personal data")
    SERVICES = "SERVICES", N_("Assistance by this organisation")
    INTERVIEW = "INTERVIEW", N_("An interview")
    SHARE_ORG = "SHARE_ORG", N_("Sharing with a named organisation")
    SHARE_POLICE = "SHARE_POLICE", N_("Sharing with the police")
    SHARE_ID_AUTH = "SHARE_ID_AUTH", N_("Submission for formal identification")
    STATS = "STATS", N_("Statistics without identity")
    TRACE = "TRACE", N_("Family tracing")
    ORIGIN = "ORIGIN", N_("Sharing with a body in the country of origin")
    CONTACT_BACK = "CONTACT_BACK", N_("Later contact")


SHARING = frozenset(
    {ConsentScope.SHARE_ORG, ConsentScope.SHARE_POLICE, ConsentScope.SHARE_ID_AUTH, ConsentScope.ORIGIN}
)


class ConsentStatus(Term):
    GIVEN = "GIVEN", N_("Given")
    REFUSED = "REFUSED", N_("Refused")
    WITHDRAWN = "WITHDRAWN", N_("Withdrawn")


class ConsentForm(Term):
    WRITTEN = "WRITTEN", N_("In writing")
    ORAL_WITNESSED = "ORAL_WITNESSED", N_("By word of mouth, with a witness")
    THUMBPRINT = "THUMBPRINT", N_("Thumbprint")


class ConsentGiver(Term):
    PERSON = "PERSON", N_("The person")
    GUARDIAN = "GUARDIAN", N_("The guardian, with the child's assent")
    CAREGIVER = "CAREGIVER", N_("A caregiver, with the child's assent")
    OTHER = "OTHER", N_("Somebody else who may")


class Consent(
    Step,
    kind="consent",
    label=N_("Consent"),
    track=Track.JUSTICE,
    when=N_("When did the person decide?"),
):
    """What the person agreed to, with whom and for how long. Refusing changes no service."""

    status: Mapped[ConsentStatus] = field(N_("Decision of the person"), one=ConsentStatus, required=True)
    scope: Mapped[ConsentScope] = field(N_("To what?"), one=ConsentScope, required=True)
    recipient: Mapped[str | None] = field(
        N_("With whom?"),
        hint=N_("The organisation, written as on the referral"),
        offers=ORGANISATIONS,
        required=True,
        asked_when=lambda given: given.get("scope") in SHARING,
    )
    items: Mapped[frozenset[DataItem] | None] = field(
        N_("What may be shared?"), many=DataItem, asked_when=lambda given: given.get("scope") in SHARING
    )
    given_by: Mapped[ConsentGiver | None] = field(N_("Who decided?"), one=ConsentGiver)
    form: Mapped[ConsentForm | None] = field(N_("In which form?"), one=ConsentForm)
    language: Mapped[Language | None] = field(N_("In which language was it explained?"), one=Language)
    expires_on: Mapped[date | None] = field(N_("Until when?"), kind=date, not_before="day")
    reference: Mapped[str | None] = field(
        N_("Reference of the consent"), derived=lambda step: step.reference or random_code("RC")
    )
    withhold: Mapped[str | None] = field(N_("What must be withheld, and from whom?"), long=True, reach=Reach.SEALED)


def in_force(case: Case, recipient: str | None, on: date) -> Consent | None:
    """The consent that lets something go to this recipient on this day. The latest word of the person counts."""
    said = [step for step in case.taken(Consent) if step.scope in SHARING and same_name(step.recipient, recipient)]
    said = [step for step in said if step.day <= on]
    if not said or said[-1].status is not ConsentStatus.GIVEN:
        return None
    last = said[-1]
    return None if last.expires_on and last.expires_on < on else last


def items_shared_with(case: Case, recipient: str | None, on: date) -> frozenset[DataItem] | None:
    """What may go to this recipient on this day; None without consent."""
    consent = in_force(case, recipient, on)
    return None if consent is None else consent.items or frozenset()


def may_share_with_anyone(case: Case, on: date) -> bool:
    recipients = {step.recipient for step in case.taken(Consent)}
    return any(items_shared_with(case, recipient, on) is not None for recipient in recipients)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two organisations are written alike, but for case, spacing, apostrophes and dashes."""
    return bool(one and other) and _plain(one or "") == _plain(other or "")


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).translate(_ALIKE).split()).casefold()


_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "—": "-", "‑": "-"})
