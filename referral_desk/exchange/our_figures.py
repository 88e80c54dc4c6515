"""The figures of this desk on their way out: closed, published, sent, sealed for a round, or made into rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import String, and_
from sqlalchemy import cast as as_type

from referral_desk import words
from referral_desk.errors import NothingClosed
from referral_desk.exchange import merging, partners, rounds, synthetic
from referral_desk.journal import Act
from referral_desk.statistics import blocks, composing, counting, exact, freezing, presenting, standard
from referral_desk.statistics.blocks import Block, Period
from referral_desk.statistics.families import Cells
from referral_desk.statistics.freezing import ENOUGH, ENOUGH_FOR_A_YEAR, Frozen
from referral_desk.statistics.presenting import Which
from referral_desk.statistics.publication import Publication, Said, publication
from referral_desk.store import Desk, Work
from referral_desk.words import N_, _

_NONE_YET = N_(
    "No period is closed yet. A quarter is closed once it has ended and %(enough)s cases are in it; with fewer it "
    "rolls on to the half-year and to the year, which takes %(least)s."
)
_SINCE = N_(
    "What came after %(day)s is not in these figures: its period has not ended, or has fewer than %(enough)s cases yet "
    "and rolls on. Figures that change from month to month would tell of single persons."
)
_WAITS = N_("Some closed cases wait until the figures of more people who came are published.")
_SEALED = N_("The figures of %(period)s went into a sealed sum, and are published there and not here.")


@dataclass(frozen=True)
class Standing:
    """Which blocks are closed, whether more could be, and why the rest is not published, in sentences."""

    closed: tuple[Block, ...]
    due: bool
    still_open: tuple[Said, ...]


def close_due(desk: Desk) -> int:
    """Freeze what is due, all families; returns how many blocks. Needs no seal."""
    with desk.work(unsealed=False) as work:
        return len(freezing.freeze_due(work))


def standing(work: Work, family_name: str) -> Standing:
    """What somebody sees before anything is published."""
    closed = tuple(one.block for one in _frozen(work, family_name))
    due = any(freezing.still_open(work, name).waits for name in standard.names())
    return Standing(closed, due, still_open(work, family_name))


def still_open(work: Work, family_name: str) -> tuple[Said, ...]:
    """Why some cases are in no published figures yet. No number of cases is said: that would be a figure."""
    return tuple(_still_open(work, family_name))


def closed(work: Work, family_name: str, periods: Sequence[str] = ()) -> list[Block]:
    """The closed blocks, all or those of some periods; NothingClosed where there is none."""
    found = [one.block for one in _frozen(work, family_name) if not periods or one.block.period.name in periods]
    if not found or len(found) < len(set(periods)):
        raise NothingClosed(fewest=ENOUGH)
    return found


def published(work: Work, family_name: str, periods: Sequence[str] = (), which: Sequence[Which] = ()) -> Publication:
    """What is published of closed blocks; those that went into a sealed sum stay out. NothingClosed."""
    chosen = [one for one in _publishable(work, family_name) if not periods or one.block.period.name in periods]
    if not chosen:
        raise NothingClosed(fewest=ENOUGH)
    name = partners.ourselves(work).name
    family = chosen[-1].family
    named = [replace(one.block, shelter=name) for one in chosen if one.family.hash == family.hash]
    release = blocks.summed(family, named)
    return publication(name, family, release, which, open_blocks=still_open(work, family_name))


def own_table(work: Work, family_name: str, periods: Sequence[str], names: Sequence[str]) -> Publication:
    """A table of one's own, added to closed blocks for ever, and nothing else; raises what composing raises.

    Asked again it is the same.
    """
    sealed = rounds.our_sealed_periods(work)
    wider = [one for one in composing.with_table(work, family_name, names) if one.block.period.name in periods]
    open_ones = [one for one in wider if not any(one.block.period.overlaps(period) for period in sealed)]
    if not open_ones:
        raise NothingClosed(fewest=ENOUGH)
    name, family = partners.ourselves(work).name, open_ones[-1].family
    release = blocks.summed(family, [replace(one.block, shelter=name) for one in open_ones])
    table = next(found for found in family.published if set(found) == set(names))
    which = presenting.own(release, table)
    return publication(name, family, release, which, open_blocks=still_open(work, family_name), own=which)


def note_published(work: Work, told: Publication) -> None:
    """Remember that blocks of ours are public, before a file is written: from then on they go into no sealed sum.

    OtherLevel where one went there meanwhile. Blocks of others are known already.
    """
    known = {one.block.period.name: one.block for one in _frozen(work, told.family.name)}
    own = partners.ourselves(work)
    for block in told.release.blocks:
        if block.shelter == own.name and block.period.name in known:
            merging.note_ours(work, known[block.period.name])
    work.note(Act.PUBLISHED, f"{told.family.name} {told.periods}")


def contribution(work: Work, family_name: str, invitation: Path) -> bytes:
    """Our exact tables for the period of a round, sealed; what rounds.contribution raises."""
    counted = standard.counted(family_name)
    invited = rounds.invitation(work, invitation, counted.family)
    return rounds.contribution(work, invitation, counted.family, _exact(work, family_name, invited.period))


def invented(work: Work, family_name: str = standard.INTAKE) -> bytes:
    """Invented records whose tables are those of our published blocks; NothingClosed."""
    told = published(work, family_name)
    note_published(work, told)
    work.note(Act.INVENTED_RECORDS, f"{family_name} {told.periods}")
    return synthetic.records(told.family, told.release)


def _exact(work: Work, family_name: str, period: Period) -> Cells:
    counted = standard.counted(family_name)
    day = as_type(counted.day, String)
    which = and_(day >= period.first.isoformat(), day <= period.last.isoformat(), *counting.countable())
    return exact.tables(work.session, counted, which)


def _frozen(work: Work, family_name: str) -> list[Frozen]:
    return freezing.frozen(work, family_name)


def _publishable(work: Work, family_name: str) -> list[Frozen]:
    sealed = rounds.our_sealed_periods(work)
    return [one for one in _frozen(work, family_name) if not any(one.block.period.overlaps(two) for two in sealed)]


def _still_open(work: Work, family_name: str) -> Iterator[Said]:
    frozen = _frozen(work, family_name)
    known = {"enough": ENOUGH, "least": ENOUGH_FOR_A_YEAR}
    if not frozen:
        yield partial(_say, _NONE_YET, known)
    else:
        yield partial(_say_since, frozen[-1].block.period, known)
    if family_name == standard.CLOSURE and freezing.still_open(work, family_name).waits:
        yield partial(_say, _WAITS, {})
    for period in rounds.our_sealed_periods(work):
        yield partial(_say, _SEALED, {"period": period.name})


def _say(sentence: str, told: Mapping[str, object]) -> str:
    return _(sentence) % told


def _say_since(period: Period, told: Mapping[str, object]) -> str:
    return _(_SINCE) % ({"day": words.day(period.last)} | dict(told))
