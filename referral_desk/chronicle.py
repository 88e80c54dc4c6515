"""The journal as sentences: for the keeper, and for a person who asks who has read what was kept about her or him."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from uuid import UUID

from referral_desk import journal
from referral_desk.errors import KeeperNeeded
from referral_desk.journal import Act
from referral_desk.nrm.case import KINDS, Step
from referral_desk.nrm.directory import ENTRIES
from referral_desk.nrm.terms import KeepReason
from referral_desk.store import Desk, Work, backups, records, roster
from referral_desk.words import N_, _

SENTENCES = {
    Act.CREATED: N_("%(who)s created the desk."),
    Act.OPENED: N_("%(who)s opened the desk."),
    Act.OPENED_BY_RECOVERY: N_("Somebody opened the desk with the recovery key."),
    Act.OPENED_BY_BACKUP: N_("Somebody opened the desk with the backup passphrase."),
    Act.OPENED_AS_IT_IS: N_("%(who)s opened the desk although changes were missing (%(record)s)."),
    Act.MIGRATED: N_("The program brought the store up to date when %(who)s opened it."),
    Act.OPENED_CASE: N_("%(who)s opened the case %(case)s."),
    Act.TOOK: N_("%(who)s recorded “%(step)s” in the case %(case)s."),
    Act.ANSWERED_WARNING: N_("%(who)s gave a reason for “%(step)s” in spite of rule %(rule)s, in the case %(case)s."),
    Act.WENT_ON: N_("%(who)s went on without consent, on another ground in law (%(rule)s), in the case %(case)s."),
    Act.AGREED_AS_SECOND: N_("%(who)s agreed as the second person, with a passphrase, in the case %(case)s."),
    Act.CORRECTED: N_("%(who)s corrected “%(step)s” in the case %(case)s."),
    Act.MERGED: N_("%(who)s merged the case %(detail)s into the case %(case)s."),
    Act.TOOK_APART: N_("%(who)s took the case %(detail)s out of the case %(case)s again."),
    Act.UNDID: N_("%(who)s took “%(step)s” back in the case %(case)s."),
    Act.READ_SEALED: N_("%(who)s read names or notes of the case %(case)s."),
    Act.LISTED_NAMES: N_("%(who)s opened the list of names to search in it."),
    Act.PRINTED: N_("%(who)s made a letter: “%(step)s” of the case %(case)s."),
    Act.LET_STAND: N_("%(who)s let stand what the linter stopped at (%(step)s, case %(case)s): %(reason)s."),
    Act.LET_LEAVE: N_("%(who)s let a paper about the case %(case)s leave."),
    Act.TOLD: N_("%(who)s noted what somebody was told of the case %(case)s by word of mouth."),
    Act.ANSWERED: N_("%(who)s recorded what a recipient answered in the case %(case)s."),
    Act.COUNTED: N_("%(who)s counted cases."),
    Act.PUBLISHED: N_("%(who)s wrote figures that may be published (%(record)s)."),
    Act.FROZE: N_("%(who)s closed a period of figures (%(record)s)."),
    Act.LET_WAIT: N_("%(who)s closed what was due; these figures must wait for more people: %(record)s."),
    Act.NOTHING_PUBLISHED_SINCE: N_("%(who)s said that nothing was published since the backup that was restored."),
    Act.BROUGHT_BACK: N_("%(who)s brought back figures that were published before the restore (%(record)s)."),
    Act.BEGINS_ANEW_AFTER: N_("%(who)s let no more figures be made of the time up to %(record)s."),
    Act.GAVE_RECORD: N_("%(who)s handed the record of the case %(case)s to another organisation (HTCDS)."),
    Act.MET_PARTNER: N_("%(who)s took in the introduction of another desk."),
    Act.CONFIRMED_PARTNER: N_("%(who)s compared the six words of another desk by phone."),
    Act.FORGOT_PARTNER: N_("%(who)s no longer takes figures from another desk."),
    Act.GAVE_FIGURES: N_("%(who)s made a file of rounded figures (%(record)s)."),
    Act.TOOK_IN_FIGURES: N_("%(who)s took in rounded figures of another desk (%(record)s)."),
    Act.BEGAN_ROUND: N_("%(who)s began a round of sealed tables (%(record)s)."),
    Act.GAVE_FAMILY: N_("%(who)s saved the tables that everybody is to publish (%(record)s)."),
    Act.TOOK_IN_FAMILY: N_("%(who)s brought in the tables that everybody is to publish (%(record)s)."),
    Act.GAVE_TABLES: N_("%(who)s sealed exact tables for a round (%(record)s)."),
    Act.COUNTED_ROUND: N_("%(who)s added up a round of sealed tables (%(record)s)."),
    Act.GAVE_UP_ROUND: N_("%(who)s gave up a round of sealed tables (%(record)s)."),
    Act.HEARD_OF_VOID_ROUND: N_(
        "%(who)s brought in the notice that a round of sealed tables was given up (%(record)s)."
    ),
    Act.INVENTED_RECORDS: N_("%(who)s made invented records from published figures (%(record)s)."),
    Act.LET_OUT: N_("%(who)s read “%(question)s” (%(step)s, case %(case)s) and lets the person have it."),
    Act.HELD_BACK: N_("%(who)s held back “%(question)s” (%(step)s, case %(case)s): it speaks of somebody else."),
    Act.BROUGHT_IN: N_("%(who)s brought in %(record)s."),
    Act.DESCRIBED: N_("%(who)s changed what the desk says of itself."),
    Act.SET_VALUE: N_("%(who)s put a value of the office into the country profile: %(record)s."),
    Act.DROPPED_VALUE: N_("%(who)s took a value of the office out of the country profile: %(record)s."),
    Act.ADDED_MEMBER: N_("%(who)s added the member %(member)s."),
    Act.RENAMED_MEMBER: N_("%(who)s gave the member %(member)s this name."),
    Act.REMOVED_MEMBER: N_("%(who)s removed the member %(member)s and changed the keys."),
    Act.RESET_MEMBER: N_("%(who)s gave %(member)s a new passphrase and changed the keys."),
    Act.CHANGED_PASSPHRASE: N_("%(who)s changed the own passphrase."),
    Act.PROVED_RECOVERY: N_("%(who)s proved that the recovery key opens the desk."),
    Act.RENEWED_RECOVERY: N_("%(who)s put a new recovery key in force."),
    Act.SET_BACKUP_PASSPHRASE: N_("%(who)s put a new backup passphrase in force."),
    Act.DROPPED_BACKUP_PASSPHRASE: N_("%(who)s took the backup passphrase out of force."),
    Act.CHECKED: N_("The program looked over the whole store for %(who)s and found it whole."),
    Act.BACKED_UP: N_("The program made the backup %(record)s for %(who)s and opened it."),
    Act.CHECKED_BACKUP: N_("The program opened the backup %(record)s for %(who)s."),
    Act.CARRIED: N_("The program brought the backup %(record)s to the second place for %(who)s and opened it there."),
    Act.RESTORED: N_("%(who)s restored the desk from the backup %(record)s."),
    Act.ERASED: N_("%(who)s erased a case."),
    Act.GAVE_ACCESS: N_("%(who)s gave the person of the case %(case)s access to everything kept."),
    Act.PRINTED_JOURNAL: N_("%(who)s made a sheet of the journal."),
    Act.LISTED_WARNINGS: N_("%(who)s let contacts be compared with those who exploited somebody."),
    Act.LISTED: N_("%(who)s wrote an entry into the directory (%(entry)s)."),
    Act.CHANGED_LISTED: N_("%(who)s changed an entry of the directory (%(entry)s)."),
    Act.READ_LISTED: N_("%(who)s read a sealed address or remark of the directory (%(entry)s)."),
    Act.EXPORTED_LISTED: N_("%(who)s wrote the directory to a file, without confidential addresses."),
    Act.IMPORTED_LISTED: N_("%(who)s brought in %(record)s of the directory."),
}


class Subject(Enum):
    """What acts are about: one looks for a kind of event, not for one of thirty acts."""

    OPENING = N_("Openings of the desk")
    CASES = N_("Work on cases")
    NAMES = N_("Names and notes that were read")
    LEAVING = N_("What left the desk")
    MEMBERS = N_("Members and keys")
    KEEPING = N_("Backups, checks and settings")
    ERASING = N_("Erasure")
    DIRECTORY = N_("Directory")

    @property
    def label(self) -> str:
        return _(self.value)

    @property
    def acts(self) -> tuple[Act, ...]:
        return _ACTS[self]


_ACTS = {
    Subject.OPENING: (Act.CREATED, Act.OPENED, Act.OPENED_BY_RECOVERY, Act.OPENED_BY_BACKUP, Act.OPENED_AS_IT_IS),
    Subject.CASES: (
        Act.OPENED_CASE,
        Act.TOOK,
        Act.ANSWERED_WARNING,
        Act.WENT_ON,
        Act.AGREED_AS_SECOND,
        Act.CORRECTED,
        Act.UNDID,
        Act.MERGED,
        Act.TOOK_APART,
        Act.BROUGHT_IN,
    ),
    Subject.NAMES: (Act.READ_SEALED, Act.LISTED_NAMES, Act.LISTED_WARNINGS),
    Subject.LEAVING: (
        *(Act.PRINTED, Act.LET_STAND, Act.LET_LEAVE, Act.TOLD, Act.ANSWERED, Act.COUNTED, Act.FROZE),
        *(Act.GAVE_ACCESS, Act.LET_OUT, Act.HELD_BACK, Act.PRINTED_JOURNAL),
        *(Act.PUBLISHED, Act.GAVE_RECORD, Act.GAVE_FIGURES, Act.GAVE_TABLES, Act.INVENTED_RECORDS, Act.TOOK_IN_FIGURES),
        *(Act.MET_PARTNER, Act.CONFIRMED_PARTNER, Act.FORGOT_PARTNER),
        *(Act.BEGAN_ROUND, Act.COUNTED_ROUND, Act.GAVE_UP_ROUND, Act.HEARD_OF_VOID_ROUND, Act.LET_WAIT),
        *(Act.GAVE_FAMILY, Act.TOOK_IN_FAMILY),
        *(Act.NOTHING_PUBLISHED_SINCE, Act.BROUGHT_BACK, Act.BEGINS_ANEW_AFTER),
    ),
    Subject.MEMBERS: (
        *(Act.ADDED_MEMBER, Act.RENAMED_MEMBER, Act.REMOVED_MEMBER, Act.RESET_MEMBER),
        *(Act.CHANGED_PASSPHRASE, Act.PROVED_RECOVERY, Act.RENEWED_RECOVERY),
        *(Act.SET_BACKUP_PASSPHRASE, Act.DROPPED_BACKUP_PASSPHRASE),
    ),
    Subject.KEEPING: (
        *(Act.MIGRATED, Act.CHECKED, Act.BACKED_UP, Act.CARRIED, Act.CHECKED_BACKUP, Act.RESTORED),
        *(Act.DESCRIBED, Act.SET_VALUE, Act.DROPPED_VALUE),
    ),
    Subject.ERASING: (Act.ERASED,),
    Subject.DIRECTORY: (
        *(Act.LISTED, Act.CHANGED_LISTED, Act.READ_LISTED),
        *(Act.EXPORTED_LISTED, Act.IMPORTED_LISTED),
    ),
}


@dataclass(frozen=True)
class Wanted:
    """Which entries: by or about a member (a slot), of one subject, of one case (its code). None takes every one."""

    member: str | None = None
    subject: Subject | None = None
    case: str | None = None


@dataclass(frozen=True)
class Told:
    """One entry; `at` is UTC, `act` and `record` are as the journal keeps them."""

    number: int
    at: datetime
    act: str
    record: str
    sentence: str


@dataclass(frozen=True)
class Verified:
    """A chain that is whole: how many entries, how many heads beside backups were found, and the head of today.

    `missing` are heads that somebody typed and no entry has.
    """

    entries: int
    anchors: int
    head: str
    missing: tuple[str, ...]


def read(desk: Desk, *, newest: int = 100) -> tuple[Told, ...]:
    """The last entries, newest first, for a keeper. KeeperNeeded for anybody else."""
    _check_keeper(desk)
    with desk.work(unsealed=False) as work:
        return tell(work, journal.newest(work.session, newest))


def find(desk: Desk, wanted: Wanted) -> list[tuple[date, list[int]]]:
    """The numbers of the entries that are wanted, by day on this computer's clock, newest first.

    KeeperNeeded, or UnknownCase where no case has this code.
    """
    _check_keeper(desk)
    with desk.work(unsealed=False) as work:
        found = journal.find(
            work.session,
            member=wanted.member or "",
            acts=wanted.subject.acts if wanted.subject else (),
            ids=_ids_of(work, wanted.case) if wanted.case else None,
        )
    days: dict[date, list[int]] = {}
    for number, at in found:
        days.setdefault(on_this_clock(at).date(), []).append(number)
    return list(days.items())


def these(desk: Desk, numbers: Collection[int]) -> tuple[Told, ...]:
    """Some entries as sentences, newest first. KeeperNeeded."""
    _check_keeper(desk)
    with desk.work(unsealed=False) as work:
        return tell(work, journal.these(work.session, numbers))


def verify(
    desk: Desk, *, heads: Collection[str] = (), on_progress: Callable[[int, int], object] | None = None
) -> Verified:
    """Follow the chain from its beginning, and look in it for the heads beside the backups and for those typed.

    JournalBroken. Blanks in a head that somebody typed from paper, and capitals, are forgiven.
    """
    anchors = backups.anchors(desk)
    typed = ["".join(head.split()).lower() for head in heads]
    with desk.work(unsealed=False) as work:
        count = journal.verify(work.session, anchors, on_progress=on_progress)
        missing = tuple(head for head in typed if not journal.holds(work.session, head))
        return Verified(count, len(anchors), journal.head(work.session)[1], missing)


def on_this_clock(at: datetime) -> datetime:
    """A time of the journal, which keeps UTC, as the clock of this computer showed it."""
    return at.replace(tzinfo=UTC).astimezone()


def _check_keeper(desk: Desk) -> None:
    if not desk.is_kept_by_me:
        raise KeeperNeeded


def _ids_of(work: Work, code: str) -> frozenset[UUID]:
    """The case and everything recorded in it."""
    case = work.case(code)
    return frozenset((case.id, *(step.id for step in case.steps)))


def tell(
    work: Work, entries: list[journal.Entry], *, named: bool = True, writable: Callable[[str], bool] = bool
) -> tuple[Told, ...]:
    """Entries as sentences, with the names of colleagues or without; who has no `writable` name goes by a number."""
    called = roster.names(work.session) if named else {}
    names = {id_: name if writable(name) else id_[:8] for id_, name in called.items() if name}
    return tuple(
        Told(entry.number, entry.at, entry.act, entry.record, _sentence(work, entry, names)) for entry in entries
    )


def _sentence(work: Work, entry: journal.Entry, names: dict[str, str]) -> str:
    about, _space, id_ = entry.record.rpartition(" ")
    kind, *details = about.split(".")
    step = next((KINDS[part] for part in (kind, *details) if part in KINDS), None)
    told = {
        "who": names.get(entry.by) or _("A member"),
        "member": names.get(id_) or _("without a name"),
        "record": entry.record,
        "detail": "".join(details[-1:]),
        "step": step.label() if step else kind,
        "entry": ENTRIES[listed].label() if (listed := kind.removeprefix("directory_")) in ENTRIES else kind,
        "question": _question(step, details),
        "reason": _reason(details),
        "rule": "".join(details[-1:]),
        "case": _code(work, kind, id_),
    }
    sentence = _GROUNDS.get(details[0]) if details and entry.act == Act.ERASED.name else _said(entry.act)
    return _(sentence) % told if sentence else f"{told['who']}: {entry.act} {entry.record}"


_GROUNDS = {
    "request": N_("%(who)s erased a case at the person's own request."),
    "retention": N_("%(who)s erased a case because the time for which it was kept had ended."),
}


def _said(act: str) -> str | None:
    return SENTENCES.get(Act[act]) if act in Act.__members__ else None


def _question(step: type[Step] | None, details: list[str]) -> str:
    question = step.question(details[-1]) if step and details else None
    return question.label if question else "".join(details[-1:])


def _reason(details: list[str]) -> str:
    code = "".join(details[:1])
    return KeepReason.of(code).label if code in KeepReason.__members__ else code


def _code(work: Work, kind: str, id_: str) -> str:
    """The reference of the case that a record belongs to."""
    try:
        return records.code_of(work.session, kind, UUID(id_)) or _("that was erased since")
    except ValueError:
        return ""
