"""The page of today: what is overdue, due and coming in all cases, as frozen data in the language spoken.

It is read from what the store keeps reckoned, without loading a case, and never with a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from referral_desk import enquiries, words
from referral_desk.nrm.case import KINDS
from referral_desk.nrm.referral import Urgency
from referral_desk.nrm.schedule import deadlines
from referral_desk.store import Work, due, reckoning
from referral_desk.store.due import Counted, Waiting
from referral_desk.store.reckoning import HowFar
from referral_desk.words import N_, _, ngettext

SHOWN = 100
"""How many of each group are shown; how many there are is said."""

LETTERS = (*(urgency.deadline for urgency in Urgency), "feedback")
_ENQUIRY = "answer_enquiry"
WITHDRAWN = ("take_back", "recipient_told")
"""What a withdrawal of consent asks for: it goes before everything else."""
WHY_RECKONED = N_("The deadlines are being reckoned anew, because the rules or the country profile have changed.")
EXPIRING = ("reflection_end", "permit", "consent")


class When(Enum):
    """How something due stands to the day on which one looks."""

    OVERDUE = "danger"
    TODAY = "warn"
    COMING = "plain"

    @property
    def tone(self) -> str:
        return self.value


@dataclass(frozen=True)
class DueLine:
    """One thing due: what, in which case, until when (`until` and `left` are sentences for the eye).

    `id` is that of the field's list (D1 to D20). `reference` is that of an enquiry without an answer, empty for all
    else; then `kind_label` is whom it asks. `kind` is the step whose form answers it, empty where none does;
    `step_id` the step from which it is counted: a referral, a permit, a task.
    """

    case_id: UUID
    case_code: str
    key: str
    id: str
    label: str
    due_on: date
    due_at: datetime | None
    when: When
    until: str
    left: str
    kind: str
    kind_label: str
    step_id: UUID | None
    reference: str = ""


@dataclass(frozen=True)
class Group:
    """The first of what there is, and how many there are."""

    count: int
    lines: tuple[DueLine, ...]

    @property
    def is_empty(self) -> bool:
        return self.count == 0

    def joined(self, others: Iterable[DueLine], most: int) -> Group:
        """With others among them, the earliest due first."""
        added = tuple(others)
        every = sorted((*self.lines, *added), key=lambda line: line.due_on) if added else self.lines
        return Group(self.count + len(added), tuple(every[:most]))


@dataclass(frozen=True)
class TodayPage:
    """`overdue`, `today` and `coming` hold everything, each once; `letters` (referrals that wait for an answer or
    for feedback, enquiries without an answer) and `expiring` (periods, permits, consents) are two more views of it.

    While what is due is `reckoned` anew, enquiries alone are here: nothing that was reckoned by other rules.
    """

    on: date
    overdue: Group
    today: Group
    coming: Group
    letters: Group
    expiring: Group
    reckoned: HowFar | None = None

    @property
    def sentence(self) -> str:
        """How the day looks, in a sentence."""
        if self.reckoned:
            return still_reckoned(self.reckoned)
        if self.overdue.is_empty and self.today.is_empty:
            return _("Nothing is due today.")
        return _("%(overdue)d overdue, %(today)d due today.") % {
            "overdue": self.overdue.count,
            "today": self.today.count,
        }


def still_reckoned(far: HowFar) -> str:
    """That the deadlines are not known yet, and how far they are, in sentences."""
    until = _("Until then you find the deadlines of a case on its own page, and none here.")
    return f"{_(WHY_RECKONED)} {far_in_words(far)} {until}"


def far_in_words(far: HowFar) -> str:
    said = ngettext(
        "%(done)d of %(count)d case has been looked at.", "%(done)d of %(count)d cases have been looked at.", far.of
    )
    return said % {"done": far.done, "count": far.of}


def today(work: Work, *, most: int = SHOWN) -> TodayPage:
    """What is due on the day of the work; `most` lines of each group.

    Where rules or the country profile have changed, it says how far the cases are reckoned anew: see `reckoning`.
    """
    on, session = work.today, work.session
    lines = _Lines(on, work.now)
    asked = [lines.asked(one) for one in enquiries.unanswered(work, within=_before(_ENQUIRY))]
    if far := reckoning.how_far(session):
        return _without_deadlines(on, asked, most, far)
    counted = due.counts(session, on)
    now_overdue, later_today = lines.parted(due.today(session, on, most))
    overdue = [*lines.of(due.overdue(session, on, most)), *now_overdue]
    return TodayPage(
        on=on,
        overdue=_group(_sum(counted.values(), "overdue") + len(now_overdue), overdue).joined(
            (one for one in asked if one.when is When.OVERDUE), most
        ),
        today=_group(_sum(counted.values(), "today") - len(now_overdue), later_today).joined(
            (one for one in asked if one.when is When.TODAY), most
        ),
        coming=_group(_sum(counted.values(), "coming"), lines.of(due.coming(session, on, most))).joined(
            (one for one in asked if one.when is When.COMING), most
        ),
        letters=_view(counted, LETTERS, lines.of(due.of_keys(session, LETTERS, on, most))).joined(asked, most),
        expiring=_view(counted, EXPIRING, lines.of(due.of_keys(session, EXPIRING, on, most))),
    )


def _without_deadlines(on: date, asked: list[DueLine], most: int, far: HowFar) -> TodayPage:
    """Enquiries alone: their answers are asked for by a day that is recorded, not reckoned."""
    none = Group(0, ())
    overdue, today_, coming = (none.joined((one for one in asked if one.when is when), most) for when in When)
    return TodayPage(on, overdue, today_, coming, letters=none.joined(asked, most), expiring=none, reckoned=far)


def of_case(work: Work, case_id: UUID) -> tuple[DueLine, ...]:
    """Everything due in one case by the rules in force, the earliest first, whether or not it is shown already."""
    is_kept = reckoning.has_reached(work.session, case_id)
    found = due.of_case(work.session, case_id) if is_kept else due.waiting(work.case(case_id, itself=True))
    return tuple(_Lines(work.today, work.now).of(found))


class _Lines:
    """Turns what waits into lines, as seen on one day and at one moment (UTC)."""

    def __init__(self, on: date, now: datetime) -> None:
        self.on, self.now = on, now

    def of(self, waiting: Iterable[Waiting]) -> list[DueLine]:
        return [self._line(one) for one in waiting]

    def parted(self, waiting: Iterable[Waiting]) -> tuple[list[DueLine], list[DueLine]]:
        """What is due on the day, in what its hour has passed for and what it has not."""
        found = self.of(waiting)
        return [one for one in found if one.when is When.OVERDUE], [one for one in found if one.when is When.TODAY]

    def asked(self, one: enquiries.Waiting) -> DueLine:
        """An enquiry to which no answer came."""
        waiting = Waiting(one.case_id, one.case_code, _ENQUIRY, one.due_on, None, "", None)
        return replace(self._line(waiting), kind_label=words.isolate(one.recipient), reference=one.reference)

    def _line(self, one: Waiting) -> DueLine:
        deadline = deadlines()[one.key]
        when = self._when(one)
        kind = KINDS.get(one.kind)
        return DueLine(
            case_id=one.case_id,
            case_code=one.case_code,
            key=one.key,
            id=deadline.id,
            label=deadline.label,
            due_on=one.due_on,
            due_at=one.due_at,
            when=when,
            until=words.isolate(words.moment(one.due_at) if one.due_at else words.day(one.due_on)),
            left=_left((one.due_on - self.on).days, when),
            kind=one.kind,
            kind_label=kind.label() if kind else "",
            step_id=one.step_id,
        )

    def _when(self, one: Waiting) -> When:
        hour_passed = one.due_at is not None and one.due_at < self.now
        if one.due_on < self.on or (one.due_on == self.on and hour_passed):
            return When.OVERDUE
        return When.TODAY if one.due_on == self.on else When.COMING


def _before(key: str) -> timedelta:
    """How long before its day something is brought to mind."""
    return timedelta(days=deadlines()[key].before)


def _left(days: int, when: When) -> str:
    """How long there is, or for how long it has been overdue."""
    if days == 0:
        return _("its hour has passed") if when is When.OVERDUE else _("today")
    if days < 0:
        return ngettext("%(count)d day overdue", "%(count)d days overdue", -days) % {"count": -days}
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}


def _group(count: int, lines: list[DueLine]) -> Group:
    return Group(max(count, len(lines)), tuple(lines))


def _view(counted: dict[str, Counted], keys: tuple[str, ...], lines: list[DueLine]) -> Group:
    mine = [counted[key] for key in keys if key in counted]
    return Group(sum(one.overdue + one.today + one.coming for one in mine), tuple(lines))


def _sum(counted: Iterable[Counted], name: str) -> int:
    return sum(getattr(one, name) for one in counted)
