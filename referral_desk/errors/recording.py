"""What can go wrong when something is recorded: rules that do not hold, answers that cannot be, steps not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from referral_desk.errors.base import DeskError
from referral_desk.words import N_, _


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


class ComesAfter(DeskError):
    exit_code = 38
    sentence = N_("“%(step)s” comes after “%(former)s”. Record that first.")


class OneAnswer(DeskError):
    exit_code = 39
    sentence = N_("“%(label)s” takes one answer, not a list.")


class TooLong(DeskError):
    exit_code = 49
    sentence = N_("“%(label)s” is too long. Keep what matters and put the rest into a step of its own.")


class OnLegalHold(DeskError):
    exit_code = 60
    sentence = N_("This case is on legal hold: nothing of it may be erased. Lift the hold first, if it has ended.")


class KeptUntil(DeskError):
    exit_code = 61
    sentence = N_("This case is kept until %(day)s. Before that it is erased at the person's own request only.")


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
