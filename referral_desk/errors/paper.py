"""What can go wrong when something is to leave on paper, or comes back on it."""

from __future__ import annotations

from referral_desk.errors.base import DeskError
from referral_desk.words import N_


class NothingToPrint(DeskError):
    exit_code = 44
    sentence = N_("This case has no referral yet. Record the referral first; then its form can be printed.")


class WithheldAnswers(DeskError):
    exit_code = 45
    sentence = N_("The finished form holds something that identifies a person (%(where)s). Change that answer first.")


class ConsentNotInForce(DeskError):
    exit_code = 47
    sentence = N_(
        "The person's consent to share with this recipient is not in force today. Ask before anything leaves."
    )


class UnprintableLetters(DeskError):
    exit_code = 48
    sentence = N_("The form cannot print the letters of “%(label)s”. Write it in Latin, Cyrillic or Arabic letters.")


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


class UnknownEnquiry(DeskError):
    exit_code = 134
    sentence = N_("No enquiry has left under this reference. Read it again on the paper, or in the ledger of the case.")


class NameNotShared(DeskError):
    exit_code = 135
    sentence = N_(
        "The person has not agreed that this recipient learns the name, so this sheet would say nothing. "
        "Ask for a consent that names it, or tell only what is agreed on the referral form."
    )
