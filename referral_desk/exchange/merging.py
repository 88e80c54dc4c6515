"""Level 1: rounded blocks of several shelters, checked, kept and added up.

Nothing leaks beyond what each shelter publishes anyway; the price is the error, which grows with the root of the
number of blocks and is printed with every sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from referral_desk.errors import AlreadyMerged, HowItStands, NotEndedYet, WrongFamily
from referral_desk.exchange import figure_files, partners, strict_json
from referral_desk.exchange.figure_files import BlockFile, Party
from referral_desk.journal import Act
from referral_desk.statistics import blocks, restored, ways
from referral_desk.statistics.blocks import Block, Period, Release
from referral_desk.statistics.families import Family
from referral_desk.store import Work, figures_key
from referral_desk.store.figure_tables import FigureFile


@dataclass(frozen=True)
class Received:
    """A block that was taken in, and by which name its shelter is known here."""

    shelter: Party
    block: Block
    digest: str


def our_block(work: Work, block: Block) -> bytes:
    """The file of one of our frozen blocks; OtherLevel where its time went into a round. Making it again is harmless.

    The block is one that this desk has published.
    """
    content = note_ours(work, block)
    work.note(Act.GAVE_FIGURES, f"{block.family} {block.period.name}")
    return content


def is_known(work: Work, block: Block) -> bool:
    """Whether this desk knows that it published this time already."""
    own = partners.ourselves(work).identity
    rows = select(FigureFile.digest).where(FigureFile.level == ways.ROUNDED, FigureFile.shelter == own)
    first, last = block.period.first, block.period.last
    return work.session.scalar(rows.where(FigureFile.first_day == first, FigureFile.last_day == last)) is not None


def note_ours(work: Work, block: Block, *, is_back: bool = False) -> bytes:
    """Remember that a block of ours is public; returns its file.

    OtherLevel where its time went into a round; HowItStands where that is not known after a restore.
    """
    own = partners.ourselves(work)
    ways.check(work, level=ways.ROUNDED, shelter=own.identity, name=own.name, period=block.period)
    content = figure_files.block_file(own, block, figures_key.secret(work))
    if not (is_back or is_known(work, block)) and restored.is_unknown(work, block.period.first):
        raise HowItStands(period=block.period.label)
    _keep(work, BlockFile(own, block, figure_files.digest_of(content)), content)
    return content


def take_in(work: Work, family: Family, paths: Iterable[Path]) -> tuple[Received, ...]:
    """Take in the blocks of other shelters, all of them or none.

    Raises what is wrong with the first bad one: UnreadableFile, NewerFile, ForgedFile, ForeignFamily, UnknownPartner,
    NotEndedYet, AlreadyMerged or OtherLevel. A second issue takes the place of the first.
    """
    return tuple(_taken_in(work, family, path) for path in paths)


def received(work: Work, family: Family) -> tuple[Received, ...]:
    """Every block of this family that was taken in, by period and shelter."""
    rows = work.session.scalars(
        select(FigureFile).where(FigureFile.level == ways.ROUNDED, FigureFile.family == family.hash)
    )
    names = {one.party.identity: one.party for one in partners.known(work)}
    own = partners.ourselves(work)
    found = [_received(row, names | {own.identity: own}) for row in rows if row.content]
    return tuple(sorted(found, key=lambda one: (one.block.period, one.shelter.name)))


def summed(family: Family, chosen: Sequence[Received]) -> Release:
    """The sum of blocks; AlreadyMerged where two of them hold the same persons, WrongFamily where there are none."""
    if not chosen:
        raise WrongFamily
    for place, one in enumerate(chosen):
        for other in chosen[:place]:
            if one.shelter.identity == other.shelter.identity and one.block.period.overlaps(other.block.period):
                raise AlreadyMerged(shelter=one.shelter.name, file=one.block.period.name)
    return blocks.summed(family, [replace(one.block, shelter=one.shelter.name) for one in chosen])


def _taken_in(work: Work, family: Family, path: Path) -> Received:
    found = figure_files.read_block(path, family)
    shelter = partners.check_confirmed(work, found.shelter, path)
    period = found.block.period
    if period.last >= work.today:
        raise NotEndedYet(file=path.name, period=period.label)
    ways.check(work, level=ways.ROUNDED, shelter=shelter.identity, name=shelter.name, period=period)
    for row in _rows(work, found, period):
        is_next_issue = (row.first_day, row.last_day) == (period.first, period.last) and row.issue < found.block.issue
        if not is_next_issue:
            raise AlreadyMerged(shelter=shelter.name, file=path.name)
        work.session.delete(row)
    _keep(work, found, strict_json.content(path))
    work.note(Act.TOOK_IN_FIGURES, f"{found.block.family} {period.name}")
    return Received(shelter, found.block, found.digest)


def _rows(work: Work, found: BlockFile, period: Period) -> list[FigureFile]:
    """What is here of the same shelter and family for a time that overlaps."""
    return list(
        work.session.scalars(
            select(FigureFile).where(
                FigureFile.level == ways.ROUNDED,
                FigureFile.shelter == found.shelter.identity,
                FigureFile.family == found.block.family_hash,
                FigureFile.first_day <= period.last,
                FigureFile.last_day >= period.first,
            )
        )
    )


def _keep(work: Work, found: BlockFile, content: bytes) -> None:
    if work.session.get(FigureFile, found.digest) is not None:
        return
    period = found.block.period
    row = FigureFile(digest=found.digest, level=ways.ROUNDED, family=found.block.family_hash, content=content)
    row.shelter, row.issue, row.at = found.shelter.identity, found.block.issue, work.now
    row.first_day, row.last_day = period.first, period.last
    work.session.add(row)
    work.session.flush()
    work.has_written = True


def _received(row: FigureFile, names: dict[str, Party]) -> Received:
    held = strict_json.parsed(row.content or b"", Path())
    party = names.get(row.shelter) or Party(held["shelter"]["name"], row.shelter)
    return Received(party, blocks.from_data(held["block"]), row.digest)
