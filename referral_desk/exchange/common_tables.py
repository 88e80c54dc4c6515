"""The tables of all: what a ministry asks of every shelter beyond the tables of this program.

The ministry composes them at its own desk and signs the family; a shelter that brings it in adds the tables to its
closed periods and to those to come, and sends blocks of exactly this family. Tables of its own come after them. An
edition only ever adds to the one before, because what is published stays.
"""

from __future__ import annotations

from pathlib import Path

from referral_desk.errors import ForeignFamily, OlderEdition, OtherLists, WrongFamily
from referral_desk.exchange import family_files, partners
from referral_desk.journal import Act
from referral_desk.statistics import freezing, standard
from referral_desk.statistics.families import Family, Names
from referral_desk.store import Work, figures_key


def in_force(work: Work, family_name: str) -> Family:
    """The family by which this desk adds up with others: that of the ministry, or else of the program."""
    return freezing.common(work, standard.counted(family_name).family)


def added(work: Work, family_name: str) -> tuple[Names, ...]:
    """The tables that a ministry asks for beyond those of the program."""
    return in_force(work, family_name).tables[len(standard.counted(family_name).family.tables) :]


def file_of_ours(work: Work, family_name: str) -> bytes:
    """The family with all tables that were composed at this desk, for everybody; from now on it is in force here."""
    family = freezing.composed(work, standard.counted(family_name).family)
    own = partners.ourselves(work)
    freezing.keep_family(work, family, of=own.identity)
    work.note(Act.GAVE_FAMILY, family.name)
    return family_files.family_file(own, family, figures_key.secret(work))


def bring_in(work: Work, path: Path) -> Family:
    """Let a ministry's family be in force here. What is wrong with the file is raised, and nothing is kept.

    UnknownPartner where its six words were not compared, OtherLists where it counts otherwise than this program,
    OlderEdition where tables that are in force here are not in it.
    """
    try:
        found = family_files.read_family(path)
    except WrongFamily:
        raise OtherLists(file=path.name) from None
    partners.check_confirmed(work, found.coordinator, path)
    family = found.family
    if family.name not in standard.names():
        raise ForeignFamily(file=path.name)
    standing = standard.counted(family.name).family
    if not (_counts_alike(family, standing) and _begins_with(family, standing)):
        raise OtherLists(file=path.name)
    if not _begins_with(family, in_force(work, family.name)):
        raise OlderEdition(file=path.name)
    wider = freezing.composed(work, standing)
    freezing.keep_family(work, family, of=found.coordinator.identity)
    _keep_with_our_own(work, family, wider)
    work.note(Act.TOOK_IN_FAMILY, family.name)
    return family


def _keep_with_our_own(work: Work, family: Family, wider: Family) -> None:
    """Our own tables come after those of all; where both together are too large, FamilyTooLarge says which."""
    for table in wider.tables:
        family = family.with_table(table)
    freezing.keep_family(work, family)


def _counts_alike(family: Family, standing: Family) -> bool:
    one, other = family.as_data(), standing.as_data()
    return all(one[name] == other[name] for name in one if name != "tables")


def _begins_with(family: Family, other: Family) -> bool:
    return family.tables[: len(other.tables)] == other.tables
