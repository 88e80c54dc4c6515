"""The file of a family: the tables that a ministry wants of every shelter, signed, so that their figures add up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from referral_desk import __version__
from referral_desk.exchange import figure_fields as fields
from referral_desk.exchange import figure_files
from referral_desk.exchange.figure_files import Party
from referral_desk.statistics import families
from referral_desk.statistics.families import Family


@dataclass(frozen=True)
class FamilyFile:
    """A family and who asks for it."""

    coordinator: Party
    family: Family
    digest: str = ""


def family_file(coordinator: Party, family: Family, secret: bytes) -> bytes:
    """The family as everybody is to bring it in."""
    body = {
        "program": __version__,
        "coordinator": figure_files.party_data(coordinator),
        "family": family.as_data(),
    }
    return figure_files.signed("family", body, secret)


def read_family(path: Path) -> FamilyFile:
    """A family, whole and signed by the coordinator it names.

    Raises what is wrong with the file; WrongFamily or, with the table to leave out, FamilyTooLarge.
    """
    wanted = {"coordinator": fields.is_party, "family": fields.is_family, "program": fields.is_text}
    found = figure_files.read(path, "family", wanted)
    coordinator = figure_files.party_of(found["coordinator"])
    figure_files.verify(found, "family", coordinator, path)
    return FamilyFile(coordinator, families.from_data(found["family"]), figure_files.digest_in(found))
