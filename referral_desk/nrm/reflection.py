"""Recovery and reflection: time to recover and to decide freely, without removal (CETS 197, art. 13)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import Reach, field, yes_no
from referral_desk.nrm.terms import IsoCode, Language, Term, Track, YesNo
from referral_desk.words import N_


class NationalMechanism(IsoCode):
    """A mechanism by the code of its file: a country (ISO alpha-3), or COE for the Convention's floor."""

    __slots__ = ()

    @property
    def label(self) -> str:
        """With the period and whether one may rely on it: nobody should choose a law by its name alone."""
        found = mechanism.of(self)
        return f"{found.label}: {found.reflection}. {found.reflection.standing}"

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        return mechanism.codes()


class Granting(Term):
    GRANTED = "GRANTED", N_("Granted")
    REQUESTED = "REQUESTED", N_("Requested, no answer yet")
    REFUSED = "REFUSED", N_("Refused")
    NOT_NEEDED = "NOT_NEEDED_NATIONAL", N_("Not needed: the person may stay anyway")


class ReflectionPeriod(
    Step,
    kind="reflection",
    label=N_("Reflection period"),
    track=Track.REFLECTION,
    when=N_("On which day does it begin?"),
):
    """The period and its last protected day, by the law of one country or as the decision names it."""

    granted: Mapped[Granting] = field(N_("Is it granted?"), one=Granting, reach=Reach.STATISTICS, required=True)
    mechanism: Mapped[NationalMechanism] = field(N_("By which law?"), one=NationalMechanism, required=True)
    granted_until: Mapped[date | None] = field(
        N_("Which last day does the decision name?"),
        kind=date,
        not_before="day",
        hint=N_("Leave empty to count by the law."),
    )
    ends_on: Mapped[date | None] = field(
        N_("Last protected day"), kind=date, derived=lambda step: step.granted_until or _by_law(step)
    )


def _by_law(step: ReflectionPeriod) -> date | None:
    """None where the law names no length: then the period lasts until somebody ends it."""
    period = mechanism.of(step.mechanism).reflection.period
    return period.end(step.day, mechanism.of(step.mechanism).calendar) if period else None


class EndGround(Term):
    """Only public order and an improper claim are grounds of the Convention (CETS 197, art. 13(3))."""

    PERSON_ENDED = "PERSON_ENDED", N_("The person wished to end it")
    PUBLIC_ORDER = "PUBLIC_ORDER", N_("Public order")
    IMPROPER_CLAIM = "IMPROPER_CLAIM", N_("The status was claimed improperly")
    OTHER = "OTHER", N_("Another ground named by the authority")


class ReflectionEnd(
    Step,
    kind="reflection_end",
    label=N_("End of the reflection period"),
    track=Track.REFLECTION,
    after=ReflectionPeriod,
    when=N_("On which day did it end?"),
):
    """The period ended before its last day. Nothing else ends with it: assistance goes on."""

    ground: Mapped[EndGround] = field(N_("Why?"), one=EndGround, required=True)


class RightsTopic(Term):
    """CL-RIGHTS: what a person must be told, in a language she or he understands."""

    REFLECTION = "REFLECTION", N_("Reflection period")
    RESIDENCE = "RESIDENCE", N_("Residence")
    ASYLUM = "ASYLUM", N_("Asylum and protection from return to danger")
    LEGAL_AID = "LEGAL_AID", N_("Legal aid")
    CRIMINAL = "CRIMINAL", N_("Role and rights in criminal proceedings")
    NON_PUNISHMENT = "NON_PUNISHMENT", N_("Non-punishment")
    COMPENSATION = "COMPENSATION", N_("Compensation")
    WAGES = "WAGES", N_("Unpaid wages")
    ASSISTANCE = "ASSISTANCE", N_("Assistance whether or not one speaks to the authorities")
    DATA = "DATA", N_("Rights over one's data")
    COMPLAINT = "COMPLAINT", N_("Complaint and appeal")
    CONSULAR = "CONSULAR", N_("Contact with one's consulate, if wanted")
    SUPPORT_THERE = "SUPPORT_THERE", N_("Where to find support in the country of destination")


class RightsInformation(
    Step,
    kind="rights",
    label=N_("Information on rights"),
    track=Track.JUSTICE,
    when=N_("When was the person informed?"),
):
    """Which rights were explained, and in which language (CETS 197, art. 12(1)(d) and 15(1))."""

    topics: Mapped[frozenset[RightsTopic]] = field(N_("What was explained?"), many=RightsTopic, required=True)
    language: Mapped[Language] = field(N_("In which language?"), one=Language, required=True)
    understood: Mapped[YesNo | None] = yes_no(N_("Did the person understand it?"))


def running_period(case: Case, on: date) -> ReflectionPeriod | None:
    """The granted period that protects the person on this day, if there is one."""
    for period in reversed(case.taken(ReflectionPeriod)):
        if period.granted is Granting.GRANTED and period.day <= on and not _over(case, period, on):
            return period
    return None


def under_reflection(case: Case, on: date) -> bool:
    return running_period(case, on) is not None


def _over(case: Case, period: ReflectionPeriod, on: date) -> bool:
    ended = any(end.day <= on and _period_ended_by(case, end) is period for end in case.taken(ReflectionEnd))
    return ended or (period.ends_on is not None and period.ends_on < on)


def _period_ended_by(case: Case, end: ReflectionEnd) -> ReflectionPeriod | None:
    """An end closes the period that began last before it, and no other."""
    begun = [period for period in case.taken(ReflectionPeriod) if period.day <= end.day]
    return begun[-1] if begun else None
