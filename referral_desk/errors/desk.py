"""What can go wrong with a desk: its folder, its keys and members, its backups, the files that it reads and writes."""

from __future__ import annotations

from referral_desk.errors.base import DeskError
from referral_desk.words import N_


class WrongPassphrase(DeskError):
    exit_code = 11
    sentence = N_("The passphrase or the login code is wrong. Check Caps Lock and the keyboard layout, and try again.")


class NoDesk(DeskError):
    exit_code = 12
    sentence = N_("There is no desk in %(folder)s. Choose the folder that holds store.rdk, or create a new desk.")


class DeskInUse(DeskError):
    exit_code = 13
    sentence = N_("This desk is open in another window or command. Close it there first.")


class DeskDamaged(DeskError):
    exit_code = 14
    sentence = N_(
        "A file of this desk is damaged or missing. Change nothing in the folder and restore the last backup."
    )


class DeskNewer(DeskError):
    exit_code = 15
    sentence = N_("This desk was last opened by a newer Referral Desk. Update the program on this computer first.")


class DeskExists(DeskError):
    exit_code = 16
    sentence = N_("The folder %(folder)s is not empty. Choose a new or empty folder for the desk.")


class OtherGeneration(DeskError):
    exit_code = 17
    sentence = N_("The key file and the data file do not belong together. Restore both from the same backup.")


class WeakPassphrase(DeskError):
    exit_code = 18
    sentence = N_("This passphrase is too easy to guess. Use at least 15 characters, best of all five random words.")


class UnsafePlace(DeskError):
    exit_code = 19
    sentence = N_(
        "%(folder)s is copied to other computers by %(service)s. Choose a folder that stays on this computer."
    )


class NotEntitled(DeskError):
    exit_code = 21
    sentence = N_("Names and notes are sealed for this login. A caseworker has to do this.")


class WrongRecoveryKey(DeskError):
    exit_code = 22
    sentence = N_("This is not the recovery key of this desk. Type it again from the recovery sheet.")


class UnreadableFile(DeskError):
    exit_code = 40
    sentence = N_("%(file)s could not be read: %(why)s")


class UnwritableTarget(DeskError):
    exit_code = 41
    sentence = N_("%(file)s could not be written. Choose another place, or check that the folder may be written to.")


class FolderOfADesk(DeskError):
    exit_code = 156
    sentence = N_(
        "This folder holds a desk or a backup, and what is written here could take the place of what it needs. "
        "Choose another folder."
    )


class NamesUnread(DeskError):
    exit_code = 157
    sentence = N_(
        "This paper holds words that somebody typed, or the case says who must never learn of the person: only a "
        "member who may know names can read it before it leaves. Ask a caseworker to print it."
    )


class DiskFull(DeskError):
    exit_code = 42
    sentence = N_("The disk is full. Nothing was changed; free some space and try again.")


class RealCases(DeskError):
    exit_code = 43
    sentence = N_("This desk holds cases. Public data may only go into an evaluation desk: create a new one for it.")


class UnknownEnding(DeskError):
    exit_code = 46
    sentence = N_("Figures are written as .pdf, .xlsx, .ods, .csv or .json. Choose a file name that ends so.")


class NoScreen(DeskError):
    exit_code = 50
    sentence = N_("There is no screen here to open a window on. `make demo` shows the program without one.")


class ChangesMissing(DeskError):
    """The data file is older than the state beside it; `count` transactions are not in it."""

    exit_code = 51
    sentence = N_(
        "The last %(count)s changes are missing from the data file: it is an older copy, or its -wal file was lost. "
        "Restore the last backup, or open the desk as it is."
    )


class OtherHistory(DeskError):
    exit_code = 52
    sentence = N_(
        "The data file is not the one last worked with here: it was copied back and changed elsewhere. "
        "Look for the newer one, or open the desk as it is."
    )


class KeeperNeeded(DeskError):
    exit_code = 53
    sentence = N_("Only a keeper may do this; members are changed by one who may read names, or with the recovery key.")


class UnknownMember(DeskError):
    exit_code = 54
    sentence = N_("There is no member of this name. `referral-desk member list` shows them all.")


class MemberExists(DeskError):
    exit_code = 55
    sentence = N_("There is a member of this name already. Choose a name that tells the two apart.")


class LastKeeper(DeskError):
    exit_code = 56
    sentence = N_("This is the last keeper who may read names. Add another one first.")


class JournalBroken(DeskError):
    """`number` is the first entry that is not as it was written."""

    exit_code = 57
    sentence = N_("The journal was changed at entry %(number)s or before it. Keep this folder and compare the backups.")


class BackupUnreadable(DeskError):
    exit_code = 58
    sentence = N_("The backup %(name)s cannot be opened. Use an older one, and make a new one now.")


class PlaceAway(DeskError):
    exit_code = 59
    sentence = N_("%(folder)s is not there. Plug in the stick or name another place for backups.")


class TooManyMembers(DeskError):
    exit_code = 62
    sentence = N_("A desk has room for 60 members. Remove those who have left first.")


class NoBackupPassphrase(DeskError):
    exit_code = 64
    sentence = N_("No backup passphrase is in force. Backups open with the recovery key.")


class MemberAltered(DeskError):
    """One's own row is not as a keeper wrote it: somebody with the database key changed it."""

    exit_code = 63
    sentence = N_("Somebody altered your entry among the members. Ask a keeper for a new passphrase, and say so aloud.")


class PlaceFull(DeskError):
    exit_code = 128
    sentence = N_(
        "%(folder)s has no room for the backup: it takes %(needed)s, and %(free)s are free. "
        "Remove what is not needed there, or name another place."
    )


class PlaceUnsound(DeskError):
    exit_code = 71
    sentence = N_("What was written to %(folder)s reads otherwise than it was written. Use another stick.")


class RecoveryAltered(DeskError):
    """The row of the recovery key is not as a keeper wrote it: a backup for it would open for somebody else."""

    exit_code = 72
    sentence = N_("Somebody altered the entry of the recovery key, so no backup was made. Make a new recovery key.")


class LedgerUnreadable(BackupUnreadable):
    """Without the ledger whoever was erased since would come back."""

    exit_code = 73
    sentence = N_(
        "The list of erased cases %(name)s is damaged: somebody who was erased could come back. "
        "Put the one from the other place for backups beside the backup."
    )


class PracticeOnly(DeskError):
    exit_code = 99
    sentence = N_("Samples are made of invented people only. Use a practice desk.")
