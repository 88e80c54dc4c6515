"""Shelters that send figures, each with a desk of its own elsewhere: here only their secrets and their crowds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from referral_desk.exchange import figure_files, partners
from referral_desk.exchange.figure_files import Party, RoundFile
from referral_desk.statistics import certificate, folding, rounding
from referral_desk.statistics.blocks import Block, Period
from referral_desk.statistics.families import Cells, Family
from referral_desk.store import Work
from referral_desk.vault import envelopes
from tests.statistics import crowds

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
NEXT = Period(date(2026, 1, 1), date(2026, 6, 30))


@dataclass(frozen=True)
class Shelter:
    """What a shelter knows of itself."""

    name: str
    secret: bytes
    exact: Cells

    @property
    def party(self) -> Party:
        return Party(self.name, envelopes.identity(self.secret).hex())

    def introduced(self, work: Work, folder: Path, *, confirmed: bool = True) -> Party:
        """Its introduction comes to a desk, and somebody compares the words by phone."""
        file = folder / f"{self.name}.rdf"
        file.write_bytes(figure_files.introduction(self.party, self.secret))
        partners.bring_in(work, file)
        if confirmed:
            partners.confirm(work, self.party.identity)
        return self.party

    def block(self, family: Family, period: Period = YEAR, *, issue: int = 1) -> Block:
        """Its block as it is frozen at its own desk."""
        known = (self.secret, id(self.exact), family.hash, period, issue)
        if known not in _FROZEN:
            _FROZEN[known] = self._frozen(family, period, issue)
        return _FROZEN[known]

    def _frozen(self, family: Family, period: Period, issue: int) -> Block:
        where = folding.folded(family, self.exact)
        lists = {one.name: folding.shown(one, where[one.name]) for one in family.dimensions}
        counted = folding.counted_under(family, self.exact, where)
        draw = rounding.drawn(self.secret, f"{family.hash}/{period.name}/{issue}")
        made = rounding.rounded(family, lists, counted, draw)
        proof = certificate.certified(family, made.figures, counted, certificate.people_of(made, lists))
        return Block(self.name, period, family.name, family.hash, family.base, lists, made.figures, proof, issue)

    def sends_block(self, folder: Path, family: Family, period: Period = YEAR, *, issue: int = 1) -> Path:
        file = folder / f"{self.name}-{period.name}-{issue}.rdf"
        file.write_bytes(figure_files.block_file(self.party, self.block(family, period, issue=issue), self.secret))
        return file

    def sends_tables(self, folder: Path, invited: RoundFile) -> Path:
        file = folder / f"{self.name}-tables.rdf"
        file.write_bytes(figure_files.tables_file(self.party, invited, self.exact, self.secret))
        return file


_FROZEN: dict[tuple[object, ...], Block] = {}


def shelters(count: int, family: Family, *, people: int = 200, seed: int = 0) -> list[Shelter]:
    """Shelters with a crowd each."""
    return [
        Shelter(
            f"Shelter {number}", bytes([number + 1] * 32), crowds.exact(family, crowds.crowd(people, seed + number))
        )
        for number in range(count)
    ]
