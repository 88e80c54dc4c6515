"""Recovery and reflection: time to recover and to decide freely, without removal (CETS 197, art. 13)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import Reach, earlier_step, field, yes_no
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
    NOT_REQUESTED = "NOT_REQUESTED", N_("Not requested")


class Beginning(Term):
    """From what the days are counted."""

    REASONABLE_GROUNDS = "DATE_REASONABLE_GROUNDS", N_("The day of reasonable grounds")
    REQUEST = "DATE_REQUEST", N_("The day of the request")
    GRANTED = "DATE_GRANTED", N_("The day it was granted")


class Entitlement(Term):
    """What the Convention gives in this time (CETS 197, art. 12(1), (2) and 13)."""

    ACCOMMODATION = "ACCOMMODATION", N_("Safe accommodation")
    MATERIAL = "MATERIAL", N_("Food, clothing and money")
    PSYCHOLOGICAL = "PSYCHOLOGICAL", N_("Psychological help")
    EMERGENCY_MEDICAL = "EMERGENCY_MEDICAL", N_("Emergency medical treatment")
    TRANSLATION = "TRANSLATION", N_("Translation and interpretation")
    COUNSELLING = "COUNSELLING", N_("Counselling and information on rights")
    LEGAL_HELP = "LEGAL_HELP", N_("Help to have one's rights heard")
    EDUCATION = "EDUCATION", N_("School, for children")
    SECURITY = "SECURITY", N_("Protection")
    NO_REMOVAL = "NO_REMOVAL", N_("No removal")


class ExtensionReason(Term):
    NOT_RECOVERED = "NOT_RECOVERED", N_("Not recovered yet")
    CHILD = "CHILD", N_("Best interests of a child")
    HEALTH = "HEALTH", N_("Health")
    DECIDING = "DECIDING", N_("More time to decide")
    AUTHORITY = "AUTHORITY", N_("The authority needs more time")
    OTH = "OTH", N_("Another reason")


class InterruptionReason(Term):
    HOSPITAL = "HOSPITAL", N_("In a hospital")
    DETAINED = "DETAINED", N_("Detained")
    MISSING = "MISSING", N_("Not found")
    ABROAD = "ABROAD", N_("Abroad")
    OTH = "OTH", N_("Another reason")


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
    counted_from: Mapped[Beginning | None] = field(N_("From what are the days counted?"), one=Beginning)
    decided_by: Mapped[str | None] = field(N_("Which office decided?"))
    requested_on: Mapped[date | None] = field(N_("When was it requested?"), kind=date, not_after="day")
    removal_stopped: Mapped[YesNo | None] = yes_no(
        N_("Has the authority confirmed that nobody is removed meanwhile?"), heading=N_("What it brings")
    )
    in_place: Mapped[frozenset[Entitlement] | None] = field(N_("What is in place?"), many=Entitlement)
    document: Mapped[str | None] = field(N_("Which document was issued?"))
    document_until: Mapped[date | None] = field(N_("Until when is the document valid?"), kind=date, not_before="day")
    sheet_given: Mapped[YesNo | None] = yes_no(N_("Was the information sheet given?"))
    sheet_language: Mapped[Language | None] = field(
        N_("In which language?"), one=Language, asked_when=lambda given: given.get("sheet_given") is YesNo.YES
    )
    ends_on: Mapped[date | None] = field(
        N_("Last protected day"), kind=date, derived=lambda step: step.granted_until or _by_law(step)
    )


def _by_law(step: ReflectionPeriod) -> date | None:
    """None where the law names no length: then the period lasts until somebody ends it."""
    period = mechanism.of(step.mechanism).reflection.period
    return period.end(step.day, mechanism.of(step.mechanism).calendar) if period else None


class ReflectionExtension(
    Step,
    kind="reflection_extension",
    label=N_("Extension of the reflection period"),
    track=Track.REFLECTION,
    after=ReflectionPeriod,
    when=N_("When was it extended?"),
):
    """The period goes on to a later last day."""

    period: Mapped[UUID | None] = earlier_step(N_("Which period?"), "reflection")
    until: Mapped[date] = field(N_("New last protected day"), kind=date, not_before="day", required=True)
    why: Mapped[ExtensionReason | None] = field(N_("Why?"), one=ExtensionReason, reach=Reach.STATISTICS)
    decided_by: Mapped[str | None] = field(N_("Which office decided?"))


class Interruption(
    Step,
    kind="reflection_interruption",
    label=N_("Interruption of the reflection period"),
    track=Track.REFLECTION,
    after=ReflectionPeriod,
    when=N_("From which day?"),
):
    """The days do not run: while it lasts the person is protected, and the days are not lost."""

    period: Mapped[UUID | None] = earlier_step(N_("Which period?"), "reflection")
    why: Mapped[InterruptionReason | None] = field(N_("Why?"), one=InterruptionReason, reach=Reach.STATISTICS)
    resumed_on: Mapped[date | None] = field(
        N_("On which day did it go on?"), kind=date, not_before="day", hint=N_("Empty while it lasts")
    )
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


class EndGround(Term):
    """Only public order and an improper claim are grounds of the Convention (CETS 197, art. 13(3))."""

    PERSON_ENDED = "PERSON_ENDED", N_("The person wished to end it")
    DECIDED = "DECIDED", N_("The person has decided")
    RENEWED_CONTACT = "RENEWED_CONTACT", N_("Contact with those who exploited the person was taken up again")
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

    ground: Mapped[EndGround] = field(N_("Why?"), one=EndGround, reach=Reach.STATISTICS, required=True)
    decided_by: Mapped[str | None] = field(N_("Which office decided?"))
    appealed: Mapped[YesNo | None] = yes_no(N_("Is it appealed?"))


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
    interpreter: Mapped[YesNo | None] = yes_no(N_("Was an interpreter present?"))
    sheet: Mapped[str | None] = field(N_("Which information sheet was given?"), hint=N_("Its name and version"))
    by_lawyer: Mapped[YesNo | None] = yes_no(N_("Was it explained by a lawyer?"))
    understood: Mapped[YesNo | None] = yes_no(N_("Did the person understand it?"))


class ReflectionStanding(Term):
    """CL-REFLST: where the period stands on a day."""

    NOT_STARTED = "NOT_STARTED", N_("Not asked for yet")
    REQUESTED = "REQUESTED", N_("Requested, no answer yet")
    RUNNING = "RUNNING", N_("Running")
    EXTENDED = "EXTENDED", N_("Extended")
    INTERRUPTED = "INTERRUPTED", N_("Interrupted")
    ENDED_DECIDED = "ENDED_DECIDED", N_("Ended: the person has decided")
    ENDED_EXPIRED = "ENDED_EXPIRED", N_("Ended: its time has passed")
    TERMINATED = "TERMINATED", N_("Ended by the authority")
    REFUSED = "REFUSED", N_("Refused")
    NOT_NEEDED = "NOT_NEEDED", N_("Not needed: the person may stay anyway")


_WITHOUT_PERIOD = {
    Granting.REQUESTED: ReflectionStanding.REQUESTED,
    Granting.REFUSED: ReflectionStanding.REFUSED,
    Granting.NOT_NEEDED: ReflectionStanding.NOT_NEEDED,
    Granting.NOT_REQUESTED: ReflectionStanding.NOT_STARTED,
}
_BY_THE_PERSON = (EndGround.PERSON_ENDED, EndGround.DECIDED)


def standing(case: Case, on: date) -> ReflectionStanding:
    """Where the period that protects on a day stands, else the latest; without one it has not started."""
    begun = [period for period in case.taken(ReflectionPeriod) if period.day <= on]
    if not begun:
        return ReflectionStanding.NOT_STARTED
    period = running_period(case, on) or begun[-1]
    if period.granted is not Granting.GRANTED:
        return _WITHOUT_PERIOD[period.granted]
    ended = [end for end in case.taken(ReflectionEnd) if end.day <= on and _period_before(case, end) is period]
    if ended:
        by_the_person = ended[-1].ground in _BY_THE_PERSON
        return ReflectionStanding.ENDED_DECIDED if by_the_person else ReflectionStanding.TERMINATED
    if interruption(case, period, on):
        return ReflectionStanding.INTERRUPTED
    last = last_protected_day(case, period, on)
    if last is not None and last < on:
        return ReflectionStanding.ENDED_EXPIRED
    return ReflectionStanding.EXTENDED if _extensions(case, period, on) else ReflectionStanding.RUNNING


def last_protected_day(case: Case, period: ReflectionPeriod, on: date) -> date | None:
    """The last day as it is known on a day: the latest that an extension names, and the days that did not run.

    An interruption before an extension is in the new day already. None while the period is interrupted: nobody
    knows yet.
    """
    if period.ends_on is None or interruption(case, period, on):
        return None
    extended = _extensions(case, period, on)
    last, since = (extended[-1].until, extended[-1].day) if extended else (period.ends_on, period.day)
    lost = (
        step.resumed_on - step.day for step in _interruptions(case, period, on) if step.resumed_on and step.day >= since
    )
    return last + sum(lost, timedelta())


def last_day_without(case: Case, extension: ReflectionExtension) -> date | None:
    """The last day as it was before an extension; None where there was none."""
    periods = [period for period in case.taken(ReflectionPeriod) if _belongs(case, extension, period)]
    others = case.without(extension)
    return last_protected_day(others, periods[-1], extension.day) if periods else None


def interruption(case: Case, period: ReflectionPeriod, on: date) -> Interruption | None:
    """The interruption in which a period lies on a day, if it began while days were left."""
    return next(
        (step for step in _interruptions(case, period, on) if step.resumed_on is None or step.resumed_on > on), None
    )


def running_period(case: Case, on: date) -> ReflectionPeriod | None:
    """The granted period that protects the person on this day, if there is one; also while it is interrupted."""
    for period in reversed(case.taken(ReflectionPeriod)):
        if period.granted is Granting.GRANTED and period.day <= on and not _over(case, period, on):
            return period
    return None


def under_reflection(case: Case, on: date) -> bool:
    return running_period(case, on) is not None


def _over(case: Case, period: ReflectionPeriod, on: date) -> bool:
    last = last_protected_day(case, period, on)
    return is_ended(case, period, on) or (last is not None and last < on)


def is_ended(case: Case, period: ReflectionPeriod, on: date) -> bool:
    """Whether somebody ended it by a day, whatever its last day was."""
    return any(end.day <= on and _period_before(case, end) is period for end in case.taken(ReflectionEnd))


def _extensions(case: Case, period: ReflectionPeriod, on: date) -> list[ReflectionExtension]:
    return [step for step in case.taken(ReflectionExtension) if step.day <= on and _belongs(case, step, period)]


def _interruptions(case: Case, period: ReflectionPeriod, on: date) -> list[Interruption]:
    """What interrupted a period; one that was over already cannot be interrupted."""
    possible = max(filter(None, [period.ends_on, *(step.until for step in _extensions(case, period, on))]), default=on)
    begun = [step for step in case.taken(Interruption) if step.day <= min(on, possible)]
    return [step for step in begun if _belongs(case, step, period)]


def _belongs(case: Case, step: ReflectionExtension | Interruption, period: ReflectionPeriod) -> bool:
    return step.period == period.id if step.period else _period_before(case, step) is period


def _period_before(case: Case, step: Step) -> ReflectionPeriod | None:
    """What says nothing else belongs to the period that began last before it, and to no other."""
    begun = [period for period in case.taken(ReflectionPeriod) if period.day <= step.day]
    return begun[-1] if begun else None
