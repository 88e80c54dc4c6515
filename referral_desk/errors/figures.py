"""What can go wrong with figures: those of this desk, and those that travel between desks."""

from __future__ import annotations

from referral_desk.errors.base import DeskError
from referral_desk.words import N_


class WrongDimensions(DeskError):
    exit_code = 37
    sentence = N_("Cases are counted by one or two different questions. `statistics inside` shows them all.")


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


class RoundNotCounted(DeskError):
    """A level 2 round without every one on its roster, or with too few; it may still be mended."""

    exit_code = 121
    sentence = N_(
        "The tables of this round were not added up: %(why)s If that cannot be put right, the desk that began the "
        "round gives it up; with its notice everybody can send rounded blocks of this time instead."
    )


class NoRound(DeskError):
    """A level 2 round that cannot begin, be followed or be found."""

    exit_code = 170
    sentence = N_("This is no round: %(why)s Nothing was sealed or counted.")


class AlreadySealed(DeskError):
    """Two versions of the same exact tables would tell whoever opens them who came in between."""

    exit_code = 171
    sentence = N_(
        "This desk sealed its tables of this time already (%(period)s), and does so only once: a second version would "
        "show who was added since. Send the file that was saved then. If it is lost, the desk that began the round "
        "must give it up."
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
