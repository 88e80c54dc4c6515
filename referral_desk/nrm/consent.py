"""Consent: one act for each recipient, naming what may be shared; never overwritten (GDPR, art. 7)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step, random_code
from referral_desk.nrm.fields import COLLEAGUES, ORGANISATIONS, Reach, field, yes_no
from referral_desk.nrm.person import Person, is_child
from referral_desk.nrm.terms import DataItem, Language, LegalGround, Term, Track, YesNo
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
    RESEARCH = "RESEARCH", N_("Research without identity")
    TRACE = "TRACE", N_("Family tracing")
    ORIGIN = "ORIGIN", N_("Sharing with a body in the country of origin")
    CONTACT_BACK = "CONTACT_BACK", N_("Later contact")
    PHOTO_MEDIA = "PHOTO_MEDIA", N_("Pictures or media")
    COMPENSATION = "COMPENSATION", N_("A claim for compensation")


SHARING = frozenset(
    {ConsentScope.SHARE_ORG, ConsentScope.SHARE_POLICE, ConsentScope.SHARE_ID_AUTH, ConsentScope.ORIGIN}
)


class ConsentStatus(Term):
    GIVEN = "GIVEN", N_("Given")
    REFUSED = "REFUSED", N_("Refused")
    WITHDRAWN = "WITHDRAWN", N_("Withdrawn")
    OTHER_GROUND = "OTHER_GROUND", N_("Not asked: the law gives another ground")


class ConsentForm(Term):
    WRITTEN = "WRITTEN", N_("In writing")
    ORAL_WITNESSED = "ORAL_WITNESSED", N_("By word of mouth, with a witness")
    THUMBPRINT = "THUMBPRINT", N_("Thumbprint")


class ConsentGiver(Term):
    PERSON = "PERSON", N_("The person")
    GUARDIAN = "GUARDIAN", N_("The guardian, with the child's assent")
    CAREGIVER = "CAREGIVER", N_("A caregiver, with the child's assent")
    OTHER = "OTHER", N_("Somebody else who may")


class Told(Term):
    """What HTCDS asks to be told and agreed before anything is written down."""

    AGREES = "AGREES", N_("That she or he may agree to the interview, or not")
    PURPOSE = "PURPOSE", N_("What the data are for")
    USE = "USE", N_("How they are and may be used")
    RESEARCH = "RESEARCH", N_("That they may serve research, without identity")
    ACCESS = "ACCESS", N_("That she or he may ask for them at any time")
    HOW_LONG = "HOW_LONG", N_("How long they are kept")
    WITHDRAW = "WITHDRAW", N_("How to withdraw")


class WithholdReason(Term):
    """CL-WITHHOLD."""

    FEAR_OF_HARM = "FEAR_OF_HARM", N_("Fear of harm")
    TELLS_HERSELF = "WANTS_TO_TELL_THEMSELVES", N_("Wants to tell it herself or himself")
    OTH = "OTH", N_("Another reason")


def _shares(given: Mapping[str, Any]) -> bool:
    return given.get("scope") in SHARING


def _given(given: Mapping[str, Any]) -> bool:
    return given.get("status") is ConsentStatus.GIVEN


def _withdrawn(given: Mapping[str, Any]) -> bool:
    return given.get("status") is ConsentStatus.WITHDRAWN


def _other_ground(given: Mapping[str, Any]) -> bool:
    return given.get("status") is ConsentStatus.OTHER_GROUND


def _lets_out(given: Mapping[str, Any]) -> bool:
    return _shares(given) and _given(given)


def _by_somebody_else(given: Mapping[str, Any]) -> bool:
    return given.get("given_by") in (ConsentGiver.GUARDIAN, ConsentGiver.CAREGIVER, ConsentGiver.OTHER)


class Consent(
    Step,
    kind="consent",
    label=N_("Consent"),
    track=Track.CONSENT,
    when=N_("When did the person decide?"),
):
    """What the person agreed to, with whom and for how long. Refusing changes no service."""

    status: Mapped[ConsentStatus] = field(
        N_("Decision of the person"), one=ConsentStatus, reach=Reach.STATISTICS, required=True, htcds="con_Consent"
    )
    scope: Mapped[ConsentScope] = field(N_("To what?"), one=ConsentScope, reach=Reach.STATISTICS, required=True)
    recipient: Mapped[str | None] = field(
        N_("With whom?"),
        hint=N_("The organisation, written as on the referral"),
        offers=ORGANISATIONS,
        required=True,
        asked_when=_shares,
    )
    items: Mapped[frozenset[DataItem] | None] = field(N_("What may be shared?"), many=DataItem, asked_when=_shares)
    purpose: Mapped[str | None] = field(N_("For what purpose?"))
    expires_on: Mapped[date | None] = field(N_("Until when?"), kind=date, not_before="day")
    given_by: Mapped[ConsentGiver | None] = field(
        N_("Who decided?"), one=ConsentGiver, required_when=_lets_out, heading=N_("How the person decided")
    )
    child_assents: Mapped[YesNo | None] = yes_no(N_("Does the child agree, too?"), asked_when=_by_somebody_else)
    capable: Mapped[YesNo | None] = yes_no(
        N_("Was the person able to decide?"), hint=N_("Awake, sober, without pressure, and with the facts")
    )
    form: Mapped[ConsentForm | None] = field(N_("In which form?"), one=ConsentForm)
    language: Mapped[Language | None] = field(N_("In which language was it explained?"), one=Language)
    interpreter: Mapped[YesNo | None] = yes_no(N_("Was an interpreter present?"))
    interpreter_bound: Mapped[YesNo | None] = yes_no(
        N_("Has the interpreter signed to keep silence?"),
        asked_when=lambda given: given.get("interpreter") is YesNo.YES,
    )
    explained_by: Mapped[str | None] = field(N_("Who explained it?"), offers=COLLEAGUES)
    witness: Mapped[str | None] = field(
        N_("Name of the witness"),
        reach=Reach.SEALED,
        asked_when=lambda given: given.get("form") in (ConsentForm.ORAL_WITNESSED, ConsentForm.THUMBPRINT),
    )
    sheet: Mapped[str | None] = field(N_("Which information sheet was given?"), hint=N_("Its name and version"))
    told: Mapped[frozenset[Told] | None] = field(N_("What was explained?"), many=Told)
    withdrawal_reason: Mapped[str | None] = field(
        N_("Why was it withdrawn?"),
        reach=Reach.SEALED,
        long=True,
        asked_when=_withdrawn,
        heading=N_("Withdrawal"),
        hint=N_("Only if the person wants to say it"),
    )
    recipient_told_on: Mapped[date | None] = field(
        N_("When was the recipient told?"), kind=date, not_before="day", past=True, asked_when=_withdrawn
    )
    recipient_deletes: Mapped[YesNo | None] = yes_no(N_("Does the recipient delete it?"), asked_when=_withdrawn)
    ground: Mapped[LegalGround | None] = field(
        N_("Which ground?"),
        one=LegalGround,
        required=True,
        asked_when=_other_ground,
        heading=N_("Without the person's consent"),
    )
    authorised_by: Mapped[str | None] = field(
        N_("Which second person agreed?"),
        required=True,
        asked_when=_other_ground,
        hint=N_("Where several work at this desk, she or he agrees with a passphrase; then leave this empty."),
    )
    justification: Mapped[str | None] = field(
        N_("Why can it not wait?"), reach=Reach.SEALED, long=True, required=True, asked_when=_other_ground
    )
    person_told: Mapped[YesNo | None] = yes_no(N_("Was the person told?"), asked_when=_other_ground)
    reference: Mapped[str | None] = field(
        N_("Reference of the consent"), derived=lambda step: step.reference or random_code("RC")
    )
    withhold: Mapped[str | None] = field(
        N_("What must be withheld, and from whom?"), long=True, reach=Reach.SEALED, asked_when=_given
    )
    withhold_why: Mapped[WithholdReason | None] = field(
        N_("Why must it be withheld?"), one=WithholdReason, asked_when=_given
    )


def in_force(case: Case, recipient: str | None, on: date) -> Consent | None:
    """The consent that lets something go to this recipient on this day. The latest word of the person counts.

    Where the law lets it go without consent, that act with its ground and second person stands in its place.
    """
    said = [step for step in case.taken(Consent) if step.scope in SHARING and same_name(step.recipient, recipient)]
    return _standing(case, said, on)


def said_on(case: Case, scope: ConsentScope, on: date, recipient: str | None = None) -> Consent | None:
    """The latest word of the person on one matter, until a day; of sharing, with one recipient."""
    said = [step for step in case.taken(Consent) if step.scope is scope and step.day <= on]
    if scope in SHARING:
        said = [step for step in said if same_name(step.recipient, recipient)]
    return said[-1] if said else None


def has_ground(case: Case, on: date, scope: ConsentScope = ConsentScope.STORE, recipient: str | None = None) -> bool:
    """Whether consent to one matter, or another recorded ground in law, is in force."""
    said = said_on(case, scope, on, recipient)
    return said is not None and _standing(case, [said], on) is not None


def is_valid(case: Case, consent: Consent) -> bool:
    """Whether the one who decided could decide: for a child a guardian or another who may, and never against the child.

    Nothing of a child is shared where nobody wrote down who decided. Whoever was not able to decide has not decided.
    """
    if consent.status is ConsentStatus.OTHER_GROUND:
        return True
    if consent.capable is YesNo.NO:
        return False
    if case.latest(Person) is None or not is_child(case):
        return consent.given_by is not ConsentGiver.CAREGIVER
    if consent.child_assents is YesNo.NO or (consent.given_by is None and consent.scope in SHARING):
        return False
    return consent.given_by is not ConsentGiver.PERSON


IDENTITY = frozenset(
    {DataItem.NAME, DataItem.CONTACT, DataItem.DOB, DataItem.ID_DOCS, DataItem.ADDRESS, DataItem.PHOTO}
)
"""By which somebody is found."""


def agreed_items(case: Case, consent: Consent) -> frozenset[DataItem]:
    """What may be told on this consent: nothing by which a child is found without the guardian and the child's assent.

    Nor by which anybody is found before it is recorded who she or he is: it may be a child.
    """
    items = consent.items or frozenset()
    return items if consent.status is ConsentStatus.OTHER_GROUND or _may_identify(case, consent) else items - IDENTITY


def _may_identify(case: Case, consent: Consent) -> bool:
    if case.latest(Person) is None:
        return False
    is_guarded = consent.given_by is ConsentGiver.GUARDIAN and consent.child_assents is YesNo.YES
    return is_guarded or not is_child(case)


UNWILLING = (ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN)
"""Statistics without identity need no consent; but whoever says one of these about them is left out."""

OVERRIDING = frozenset({LegalGround.VITAL, LegalGround.DUTY})
"""Grounds that may stand in the place of consent, in a step of their own: with a reason and a second person."""


def _allows(said: Consent) -> bool:
    on_ground = said.ground in OVERRIDING and bool(said.authorised_by)
    return said.status is ConsentStatus.GIVEN or (said.status is ConsentStatus.OTHER_GROUND and on_ground)


def counts(case: Case, said: Consent) -> bool:
    """Whether what was given, or stands in its place, is worth anything: by who decided, or by its ground."""
    return said.status in UNWILLING or (_allows(said) and is_valid(case, said))


def _standing(case: Case, said: list[Consent], on: date) -> Consent | None:
    said = [step for step in said if step.day <= on]
    if not said or not _allows(said[-1]):
        return None
    last = said[-1]
    return last if is_valid(case, last) and not (last.expires_on and last.expires_on < on) else None


def items_shared_with(case: Case, recipient: str | None, on: date) -> frozenset[DataItem] | None:
    """What may go to this recipient on this day; None without consent."""
    consent = in_force(case, recipient, on)
    return None if consent is None else agreed_items(case, consent)


def brings_back(case: Case, former: Consent, revised: Consent) -> bool:
    """Whether a correction makes consent out of what was refused or withdrawn; `case` holds neither of the two."""
    pairs = [(_last_said(case, former, of), _last_said(case, revised, of)) for of in (former, revised)]
    return any(was in UNWILLING and becomes is ConsentStatus.GIVEN for was, becomes in pairs)


def comes_back(case: Case, step: Consent, former: Consent | None) -> bool:
    """Whether something would go again against the last word of the person, if a step of a case read as before.

    Without a `former` revision, as if it had never been said.
    """
    others = case.without(step)
    was = _last_said(others, step, step)
    becomes = _last_said(others, former, step)
    return was in UNWILLING and becomes in (ConsentStatus.GIVEN, ConsentStatus.OTHER_GROUND)


def _last_said(case: Case, one: Consent | None, of: Consent) -> ConsentStatus | None:
    """The latest word on the matter of a consent, if this one is among those said."""
    among = case
    if one is not None:
        among = case.without(one)
        among.steps.append(one)
    said = [step for step in among.taken(Consent) if _is_of_one_matter(step, of)]
    return said[-1].status if said else None


def _is_of_one_matter(one: Consent, other: Consent) -> bool:
    if other.scope in SHARING:
        return one.scope in SHARING and same_name(one.recipient, other.recipient)
    return one.scope is other.scope


def may_share_with_anyone(case: Case, on: date) -> bool:
    recipients = {step.recipient for step in case.taken(Consent)}
    return any(items_shared_with(case, recipient, on) is not None for recipient in recipients)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two organisations are written alike, but for case, spacing, apostrophes and dashes."""
    return bool(one and other) and _plain(one or "") == _plain(other or "")


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).translate(_ALIKE).split()).casefold()


_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "—": "-", "‑": "-"})
