"""The journal as sentences: for the keeper, and for a person who asks who has read what was kept about her or him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral_desk import journal
from referral_desk.errors import KeeperNeeded
from referral_desk.journal import Act
from referral_desk.nrm.case import KINDS
from referral_desk.store import Desk, Work, records, roster
from referral_desk.words import N_, _

SENTENCES = {
    Act.CREATED: N_("%(who)s created the desk."),
    Act.OPENED: N_("%(who)s opened the desk."),
    Act.OPENED_BY_RECOVERY: N_("Somebody opened the desk with the recovery key."),
    Act.OPENED_AS_IT_IS: N_("%(who)s opened the desk although changes were missing."),
    Act.MIGRATED: N_("The program brought the store up to date when %(who)s opened it."),
    Act.OPENED_CASE: N_("%(who)s opened the case %(case)s."),
    Act.TOOK: N_("%(who)s recorded “%(step)s” in the case %(case)s."),
    Act.CORRECTED: N_("%(who)s corrected “%(step)s” in the case %(case)s."),
    Act.READ_SEALED: N_("%(who)s read names or notes of the case %(case)s."),
    Act.LISTED_NAMES: N_("%(who)s opened the list of names to search in it."),
    Act.PRINTED: N_("%(who)s made a letter: “%(step)s” of the case %(case)s."),
    Act.COUNTED: N_("%(who)s counted cases."),
    Act.BROUGHT_IN: N_("%(who)s brought in %(record)s."),
    Act.DESCRIBED: N_("%(who)s changed what the desk says of itself."),
    Act.ADDED_MEMBER: N_("%(who)s added the member %(member)s."),
    Act.RENAMED_MEMBER: N_("%(who)s gave the member %(member)s this name."),
    Act.REMOVED_MEMBER: N_("%(who)s removed the member %(member)s and changed the keys."),
    Act.RESET_MEMBER: N_("%(who)s gave %(member)s a new passphrase and changed the keys."),
    Act.CHANGED_PASSPHRASE: N_("%(who)s changed the own passphrase."),
    Act.PROVED_RECOVERY: N_("%(who)s proved that the recovery key opens the desk."),
    Act.RENEWED_RECOVERY: N_("%(who)s put a new recovery key in force."),
    Act.CHECKED: N_("The program looked over the whole store for %(who)s and found it whole."),
    Act.BACKED_UP: N_("The program made the backup %(record)s for %(who)s and opened it."),
    Act.CHECKED_BACKUP: N_("The program opened the backup %(record)s for %(who)s."),
    Act.RESTORED: N_("%(who)s restored the desk from the backup %(record)s."),
    Act.ERASED: N_("%(who)s erased a case."),
    Act.GAVE_ACCESS: N_("%(who)s gave the person of the case %(case)s access to everything kept."),
}


@dataclass(frozen=True)
class Told:
    """One entry; `at` is UTC, `act` and `record` are as the journal keeps them."""

    number: int
    at: datetime
    act: str
    record: str
    sentence: str


def read(desk: Desk, *, newest: int = 100) -> tuple[Told, ...]:
    """The last entries, newest first, for a keeper. KeeperNeeded for anybody else."""
    if not desk.is_kept_by_me:
        raise KeeperNeeded
    with desk.work(unsealed=False) as work:
        return tell(work, journal.newest(work.session, newest))


def tell(work: Work, entries: list[journal.Entry], *, named: bool = True) -> tuple[Told, ...]:
    """Entries as sentences, with the names of colleagues or without."""
    names = roster.names(work.session) if named else {}
    return tuple(
        Told(entry.number, entry.at, entry.act, entry.record, _sentence(work, entry, names)) for entry in entries
    )


def _sentence(work: Work, entry: journal.Entry, names: dict[str, str]) -> str:
    kind, _space, id_ = entry.record.rpartition(" ")
    told = {
        "who": names.get(entry.by) or _("A member"),
        "member": names.get(id_) or _("without a name"),
        "record": entry.record,
        "step": KINDS[kind].label() if kind in KINDS else kind,
        "case": _code(work, kind, id_),
    }
    sentence = SENTENCES.get(Act[entry.act]) if entry.act in Act.__members__ else None
    return _(sentence) % told if sentence else f"{told['who']}: {entry.act} {entry.record}"


def _code(work: Work, kind: str, id_: str) -> str:
    """The reference of the case that a record belongs to."""
    try:
        return records.code_of(work.session, kind, UUID(id_)) or _("that was erased since")
    except ValueError:
        return ""
