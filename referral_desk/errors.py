"""What can go wrong that a person can put right.

    DeskError                 10
    ├── WrongPassphrase       11    ├── NoDesk             12    ├── DeskInUse          13
    ├── DeskDamaged           14    ├── DeskNewer          15    ├── DeskExists         16
    ├── OtherGeneration       17    ├── WeakPassphrase     18    ├── UnsafePlace        19
    ├── SafeguardsUnmet       20    ├── NotEntitled        21    ├── WrongRecoveryKey   22
    ├── AnswersMissing        30    ├── UnknownCode        31    ├── ImpossibleDate     32
    ├── UnknownQuestion       33    ├── UnknownCase        34    ├── UnknownStep        35
    ├── AlreadyTaken          36    ├── WrongDimensions    37    ├── ComesAfter         38    ├── OneAnswer          39
    ├── TooLong            49
    ├── UnreadableFile        40    ├── UnwritableTarget   41    ├── DiskFull           42
    ├── RealCases             43    ├── NothingToPrint     44    ├── WithheldAnswers    45
    ├── UnknownEnding         46    ├── ConsentNotInForce  47    ├── UnprintableLetters 48
    ├── NoScreen              50
    ├── ChangesMissing        51    ├── OtherHistory       52    ├── KeeperNeeded       53
    ├── UnknownMember         54    ├── MemberExists       55    ├── LastKeeper         56
    ├── JournalBroken         57    ├── BackupUnreadable   58    ├── PlaceAway          59
    ├── OnLegalHold           60    ├── KeptUntil          61    ├── TooManyMembers     62
    ├── MemberAltered         63    ├── NoBackupPassphrase 64    ├── FormAtFault        65
    ├── PlaceUnsound          71    ├── RecoveryAltered    72    ├── LedgerUnreadable   73
    ├── WarningsUnanswered    80    ├── UnreadableValue    81
    ├── NotANumber            85    ├── UnknownEntry       86    ├── EntryExists        87
    ├── NothingToUndo         88    ├── CannotMerge        89
    ├── UnknownDocument       90    ├── NotAcceptedYet     91    ├── WrongAnswerWords   92
    ├── UnknownAnswerWord     93    ├── RecipientMissing   94    ├── NothingToTell      95
    ├── AnsweredAlready       96    ├── NothingWithdrawn   97    ├── FileNotKept        98
    ├── PracticeOnly          99
    ├── WrongFamily          105    ├── FamilyTooLarge    106    ├── NoRounding        107
    ├── RoundingMissing      108    ├── NotCertified      109
    ├── NothingClosed        111    ├── AlreadyReissued   112
    ├── InsideFigures        115    ├── ForgedFile        116    ├── ForeignFamily     117
    ├── NewerFile            118    ├── AlreadyMerged     119    ├── UnknownPartner    120
    ├── RoundVoid            121    ├── DominantShelter   122    ├── OtherLevel        123
    ├── SealedForAnother     124    ├── NotAnAmount       125
    ├── NoSuchStep       126    ├── CannotFollow     127    ├── PlaceFull          128
    ├── UnknownEnquiry   134    ├── NameNotShared    135
    ├── NothingLost      140    ├── NotOurBlock      141    ├── OtherLists        142
    ├── OlderEdition     143    ├── NotEndedYet      167    ├── HowItStands      168
    ├── ReachedOtherwise  155    ├── FolderOfADesk    156    ├── NamesUnread       157
    ├── WordStands       162    ├── NoSuchRound      169
    └── SecondPersonNeeded 129

Everything else is a defect (`defects.CODE`). A message says what to do and never repeats an answer: what an error knows
besides (its evidence) is a code, a label, a line number or a path that the user typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from referral_desk.words import N_, _


class DeskError(Exception):
    """Something a person can put right; `sentence` is shown, `exit_code` ends a command."""

    exit_code: ClassVar[int] = 10
    sentence: ClassVar[str] = N_("The desk could not do this.")

    def __init__(self, **evidence: Any) -> None:
        super().__init__()
        self.evidence = evidence

    def __str__(self) -> str:
        return _(self.sentence) % {name: str(value) for name, value in self.evidence.items()}


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


class SafeguardsUnmet(DeskError):
    """Raised by pathway.take; `unmet` holds every safeguard that does not hold, not just the first."""

    exit_code = 20

    def __init__(self, *, unmet: tuple[Any, ...]) -> None:
        super().__init__()
        self.unmet = unmet

    def __str__(self) -> str:
        return "\n".join(f"{_(guard.sentence)} [{guard.id}: {guard.cited}]" for guard in self.unmet)


class WarningsUnanswered(SafeguardsUnmet):
    """Raised by pathway.take; `unmet` holds every rule for which the step needs a reason and has none."""

    exit_code = 80

    def __str__(self) -> str:
        return f"{super().__str__()}\n{_(_SAY_WHY)}"


_SAY_WHY = N_("It can be done all the same. Say why, for each of these rules: the reason is sealed with the step.")


class NotEntitled(DeskError):
    exit_code = 21
    sentence = N_("Names and notes are sealed for this login. A caseworker has to do this.")


class WrongRecoveryKey(DeskError):
    exit_code = 22
    sentence = N_("This is not the recovery key of this desk. Type it again from the recovery sheet.")


class AnswersMissing(DeskError):
    exit_code = 30
    sentence = N_("An answer is missing: %(labels)s.")


class FormAtFault(DeskError):
    """Some answers of a form cannot be taken; `faults` says of each question why."""

    exit_code = 65
    sentence = N_("Some answers are missing or cannot be; they are marked.")

    def __init__(self, faults: Mapping[str, DeskError] | None = None) -> None:
        super().__init__()
        self.faults = faults or {}

    def __str__(self) -> str:
        labels = ", ".join(str(fault.evidence.get("labels", "")) for fault in self.faults.values())
        return str(AnswersMissing(labels=labels)) if self.is_only_incomplete else super().__str__()

    @property
    def is_only_incomplete(self) -> bool:
        faults = self.faults.values()
        return bool(faults) and all(isinstance(fault, AnswersMissing) for fault in faults)


class UnknownCode(DeskError):
    exit_code = 31
    sentence = N_("There is no such code in the list %(list)s. `referral-desk questions` shows every list.")


class ImpossibleDate(DeskError):
    exit_code = 32
    sentence = N_("The date of “%(label)s” is not possible. Write it as year-month-day, for instance 2026-03-09.")


class UnknownQuestion(DeskError):
    exit_code = 33
    sentence = N_("There is no question %(question)s in the step %(step)s. `referral-desk questions` shows them all.")


class UnknownCase(DeskError):
    exit_code = 34
    sentence = N_("There is no case with this code. `referral-desk case list` shows the codes.")


class UnknownStep(DeskError):
    exit_code = 35
    sentence = N_("There is no such step. `referral-desk questions` shows the kinds of step, `case show` those taken.")


class AlreadyTaken(DeskError):
    exit_code = 36
    sentence = N_("“%(step)s” is taken only once in a case. Correct the one that is there.")


class WrongDimensions(DeskError):
    exit_code = 37
    sentence = N_("Cases are counted by one or two different questions. `statistics inside` shows them all.")


class ComesAfter(DeskError):
    exit_code = 38
    sentence = N_("“%(step)s” comes after “%(former)s”. Record that first.")


class OneAnswer(DeskError):
    exit_code = 39
    sentence = N_("“%(label)s” takes one answer, not a list.")


class TooLong(DeskError):
    exit_code = 49
    sentence = N_("“%(label)s” is too long. Keep what matters and put the rest into a step of its own.")


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


class NothingToPrint(DeskError):
    exit_code = 44
    sentence = N_("This case has no referral yet. Record the referral first; then its form can be printed.")


class WithheldAnswers(DeskError):
    exit_code = 45
    sentence = N_("The finished form holds something that identifies a person (%(where)s). Change that answer first.")


class UnknownEnding(DeskError):
    exit_code = 46
    sentence = N_("Figures are written as .pdf, .xlsx, .ods, .csv or .json. Choose a file name that ends so.")


class ConsentNotInForce(DeskError):
    exit_code = 47
    sentence = N_(
        "The person's consent to share with this recipient is not in force today. Ask before anything leaves."
    )


class UnprintableLetters(DeskError):
    exit_code = 48
    sentence = N_("The form cannot print the letters of “%(label)s”. Write it in Latin, Cyrillic or Arabic letters.")


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


class OnLegalHold(DeskError):
    exit_code = 60
    sentence = N_("This case is on legal hold: nothing of it may be erased. Lift the hold first, if it has ended.")


class KeptUntil(DeskError):
    exit_code = 61
    sentence = N_("This case is kept until %(day)s. Before that it is erased at the person's own request only.")


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


class UnknownDocument(DeskError):
    exit_code = 90
    sentence = N_("There is no document “%(name)s”. `referral-desk documents list` shows them all.")


class NotAcceptedYet(DeskError):
    exit_code = 91
    sentence = N_(
        "The recipient has not said yes. The name leaves only after an accepted answer: record the answer first."
    )


class WrongAnswerWords(DeskError):
    exit_code = 92
    sentence = N_("These three words stand on no paper of this desk. Read them again, in the order printed.")


class UnknownAnswerWord(DeskError):
    """`number` is the place of the word."""

    exit_code = 93
    sentence = N_("Word %(number)s is none of those that stand on our slips. Look how it is spelled.")


class RecipientMissing(DeskError):
    exit_code = 94
    sentence = N_("This document goes to an organisation. Say which one.")


class NothingToTell(DeskError):
    exit_code = 95
    sentence = N_("There is nothing to put on “%(document)s” yet: “%(step)s” is not recorded in this case.")


class AnsweredAlready(DeskError):
    exit_code = 96
    sentence = N_("This answer was recorded on %(day)s already. Nothing was changed.")


class NothingWithdrawn(DeskError):
    exit_code = 97
    sentence = N_("This recipient holds no paper of ours about this case. There is nothing to call back.")


class FileNotKept(DeskError):
    exit_code = 98
    sentence = N_("The file that left was not kept: it was made by somebody who may not read names.")


class PracticeOnly(DeskError):
    exit_code = 99
    sentence = N_("Samples are made of invented people only. Use a practice desk.")


class UnreadableValue(DeskError):
    exit_code = 81
    sentence = N_("%(key)s cannot be read so. Write it like one of these: %(form)s.")


class NotANumber(DeskError):
    exit_code = 85
    sentence = N_("“%(label)s” is answered with a whole number, such as 12.")


class UnknownEntry(DeskError):
    exit_code = 86
    sentence = N_("There is no such entry in the directory. `referral-desk directory list` shows them all.")


class NothingToUndo(DeskError):
    exit_code = 88
    sentence = N_("Nothing can be undone: something else was recorded or printed since. Correct the step instead.")


class CannotMerge(DeskError):
    exit_code = 89
    sentence = N_("These cases cannot be merged or taken apart: one leads to the other already, or was merged on.")


class EntryExists(DeskError):
    exit_code = 87
    sentence = N_("The directory has an organisation of this name already. Change that entry, or tell the two apart.")


class ReachedOtherwise(DeskError):
    """A directory file would change how somebody is reached: who can write one could have referrals sent to herself."""

    exit_code = 155
    sentence = N_(
        "The file says otherwise how “%(entry)s” is reached (%(labels)s). It was left as it is here. If it has "
        "changed, ask there in the way that you know, and change it in the directory."
    )


class WrongFamily(DeskError):
    """The tables of a family do not fit its dimensions, or its codes have no proper parents."""

    exit_code = 105
    sentence = N_("These tables cannot be published together. Use up to three different questions of one family each.")


class FamilyTooLarge(DeskError):
    """`table` is the one whose going helps most, `cells` how many the tables may need."""

    exit_code = 106
    sentence = N_(
        "These tables together are too large to be protected (more than %(cells)s places). "
        "Leave out the table “%(table)s”."
    )


class NoRounding(DeskError):
    exit_code = 107
    sentence = N_(
        "No figures were found that protect everybody in these tables. Nothing was published. "
        "Leave out the last table, or wait until more cases have come."
    )


class RoundingMissing(DeskError):
    exit_code = 108
    sentence = N_(
        "This computer lacks the part that protects figures (HiGHS). Figures published before can still be saved; "
        "publish new ones on another computer."
    )


class NotCertified(DeskError):
    """The invented people do not add up to the figures: a defect somewhere, and nobody may see the figures."""

    exit_code = 109
    sentence = N_("The figures failed their own check and were not published. Please tell those who make this program.")


class NothingClosed(DeskError):
    """`enough` cases close a quarter or half-year, `least` a year."""

    exit_code = 111
    sentence = N_(
        "There are no closed figures for this. A quarter closes once it has ended with %(enough)s cases; with fewer it "
        "rolls on to the half-year and to the year, which takes %(least)s."
    )


class AlreadyReissued(DeskError):
    exit_code = 112
    sentence = N_(
        "The figures of %(period)s cannot be issued anew: that is possible once, after at least %(fewest)s changes."
    )


class InsideFigures(DeskError):
    exit_code = 115
    sentence = N_("Only caseworkers and coordinators see the true figures. Everybody may use the published ones.")


class ForgedFile(DeskError):
    """What was signed is not what was read."""

    exit_code = 116
    sentence = N_(
        "The signature of %(file)s does not fit: it was altered on its way, or another desk made it. "
        "Nothing was taken from it; ask for the file again."
    )


class ForeignFamily(DeskError):
    exit_code = 117
    sentence = N_(
        "%(file)s counts by other tables or lists, or rounds otherwise. Figures add up only within one family: "
        "let that desk bring in the same family file and make its file again."
    )


class NewerFile(DeskError):
    exit_code = 118
    sentence = N_("%(file)s was made by a newer Referral Desk. Update the program on this computer first.")


class AlreadyMerged(DeskError):
    exit_code = 119
    sentence = N_(
        "%(shelter)s has been counted for this time already: %(file)s would count the same persons twice. "
        "Leave the file out. If it is from another organisation, its desk is a copy of the first one: it must create "
        "a desk of its own."
    )


class UnknownPartner(DeskError):
    exit_code = 120
    sentence = N_(
        "Nobody has confirmed yet that %(file)s comes from whom it says. "
        "Bring in that organisation's introduction and compare the six words by phone."
    )


class RoundVoid(DeskError):
    """A level 2 round without every one on its roster, or with too few."""

    exit_code = 121
    sentence = N_(
        "This round is void: %(why)s Nothing was counted. Once the desk that began it gives it up and everybody has "
        "the notice, they can send rounded blocks of this time instead."
    )


class NoSuchRound(DeskError):
    exit_code = 169
    sentence = N_(
        "No such round can be given up here: nothing of this desk went into it, or its sum is published and stays. "
        "Nothing was changed; ask the desk that began it which round it means."
    )


class DominantShelter(DeskError):
    exit_code = 122
    sentence = N_(
        "One organisation holds more than 80 in 100 of all cases, so that the sum would tell its own figures. "
        "Nothing was published; let everybody send rounded blocks for this time instead."
    )


class OtherLevel(DeskError):
    exit_code = 123
    sentence = N_(
        "Figures of %(shelter)s for this time went out on the other way already. Rounded blocks and exact tables of "
        "the same time would give each other away: go on in the way in which it began. Where a round was given up, "
        "bring in the notice of the desk that adds up."
    )


class SealedForAnother(DeskError):
    exit_code = 124
    sentence = N_(
        "%(file)s is sealed to another desk or was damaged on its way. Ask for it again, sealed to this desk."
    )


class NotAnAmount(DeskError):
    exit_code = 125
    sentence = N_("“%(label)s” is an amount of money. Write it in digits, for instance 3 or 1250.50.")


class NoSuchStep(DeskError):
    exit_code = 126
    sentence = N_(
        "“%(label)s” points at an earlier step of this case. Choose one that is there, taken on or before this day."
    )


class CannotFollow(DeskError):
    exit_code = 127
    sentence = N_("“%(news)s” cannot come now: the referral is “%(state)s”. Record first what came between.")


class UnknownEnquiry(DeskError):
    exit_code = 134
    sentence = N_("No enquiry has left under this reference. Read it again on the paper, or in the ledger of the case.")


class NameNotShared(DeskError):
    exit_code = 135
    sentence = N_(
        "The person has not agreed that this recipient learns the name, so this sheet would say nothing. "
        "Ask for a consent that names it, or tell only what is agreed on the referral form."
    )


class SecondPersonNeeded(DeskError):
    exit_code = 129
    sentence = N_(
        "This takes a second person: another member of the desk, with her or his own login code and passphrase."
    )


class WordStands(DeskError):
    """Undo would bring consent back that somebody refused or withdrew since."""

    exit_code = 162
    sentence = N_(
        "The person refused or withdrew consent here, and with that word gone it would count as given again. "
        "If it was written down wrongly, correct it and say how you know."
    )


class NothingLost(DeskError):
    exit_code = 140
    sentence = N_(
        "This desk was not restored from a backup, or it is settled what was published before. "
        "Its figures are as they were; nothing needs to come back."
    )


class NotOurBlock(DeskError):
    exit_code = 141
    sentence = N_(
        "%(file)s does not hold a block that this desk published before it was restored. "
        "Bring back only blocks of this desk itself, of periods that had ended then."
    )


class OtherLists(DeskError):
    exit_code = 142
    sentence = N_(
        "%(file)s asks for figures by other questions or lists than this program has. Nothing was changed. "
        "Bring both desks to the same version of Referral Desk, and let the file be made again."
    )


class HowItStands(DeskError):
    """Figures of a time of which a restored desk does not know what was published or sealed."""

    exit_code = 168
    sentence = N_(
        "This desk was restored from a backup, and does not know what was published or sealed of %(period)s since. "
        "Nothing was given out: a second version could show single persons. Say on the page Statistics what was "
        "published; what is not known of that time stays out."
    )


class NotEndedYet(DeskError):
    exit_code = 167
    sentence = N_(
        "%(file)s holds figures of %(period)s, which has not ended by the clock of this computer. Nothing was taken "
        "from it. Look whether the date of this computer is right; if it is, ask that organisation for a closed period."
    )


class OlderEdition(DeskError):
    """Tables that are in force here are not in the family that was to be brought in."""

    exit_code = 143
    sentence = N_(
        "%(file)s lacks tables that are published here already: it is an older edition, or comes from somebody else. "
        "Nothing was changed. What is published stays; ask for an edition that adds to it."
    )
