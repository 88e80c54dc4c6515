"""The figures of this desk on their way out: closed, published, sent, sealed for a round, or made into rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import ColumnElement, String, and_, select
from sqlalchemy import cast as as_type

from referral_desk import words
from referral_desk.errors import AlreadyMerged, ForeignFamily, NothingClosed, NothingLost, NotOurBlock
from referral_desk.exchange import common_tables, figure_files, merging, partners, rounds, synthetic
from referral_desk.exchange.figure_files import BlockFile
from referral_desk.journal import Act
from referral_desk.statistics import (
    blocks,
    composing,
    counting,
    exact,
    freezing,
    presenting,
    restored,
    sealed,
    standard,
)
from referral_desk.statistics.blocks import Block, Period
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.ended import ENOUGH, ENOUGH_FOR_A_YEAR
from referral_desk.statistics.families import Family
from referral_desk.statistics.freezing import Frozen
from referral_desk.statistics.presenting import Which
from referral_desk.statistics.publication import Publication, Said, publication
from referral_desk.statistics.standard import Counted
from referral_desk.store import Desk, Work
from referral_desk.store.figure_tables import CountedRow, FrozenRow
from referral_desk.words import N_, _

_NONE_YET = N_(
    "No period is closed yet. A quarter is closed once it has ended and %(enough)s cases are in it; with fewer it "
    "rolls on to the half-year and to the year, which takes %(least)s."
)
_SINCE = N_(
    "What came after %(day)s is not in these figures: its period has not ended, or has fewer than %(enough)s cases yet "
    "and rolls on. Figures that change from month to month would tell of single persons."
)
_WAITS = N_(
    "Cases that were closed up to %(day)s are not in these figures yet: together with the figures of those who came "
    "they would show small groups exactly. They come into the next period."
)
_RESTORED = N_(
    "This desk was restored from a backup on %(day)s. Periods that had ended by then may have been published before, "
    "and a second version of the same figures could show single persons. They stay open until somebody says what "
    "was published."
)
_SEALED = N_("The figures of %(period)s went into a sealed sum, and are published there and not here.")


@dataclass(frozen=True)
class Standing:
    """Which blocks are closed, whether more could be, and why the rest is not published, in sentences.

    `restored` is the day of a restore after which it is not settled yet what had been published before.
    """

    closed: tuple[Block, ...]
    due: bool
    still_open: tuple[Said, ...]
    restored: date | None = None


def close_due(
    desk: Desk,
    *,
    on_progress: Callable[[int, int], object] = lambda _done, _of: None,
    stops: Callable[[], bool] = lambda: False,
) -> int:
    """Freeze what is due, all families; returns how many blocks. Needs no seal.

    Each block is a piece of work of its own: whoever stops, or meets an error, keeps those that are closed, whole.
    `on_progress` is told how many cases have been put into blocks, and of how many that have to be.
    """
    closed, of = 0, 0
    while not stops():
        with desk.work(unsealed=False) as work:
            left = sum(freezing.due(work, name) for name in standard.names())
            of = of or left
            on_progress(of - left, of)
            if freezing.freeze_next(work) is None:
                break
        closed += 1
    return closed


def standing(work: Work, family_name: str) -> Standing:
    """What somebody sees before anything is published."""
    closed = tuple(one.block for one in _frozen(work, family_name))
    left = [freezing.still_open(work, name) for name in standard.names()]
    unsettled = next((one.restored for one in left if one.restored), None)
    return Standing(closed, any(one.waits for one in left), still_open(work, family_name), unsettled)


def still_open(work: Work, family_name: str) -> tuple[Said, ...]:
    """Why some cases are in no published figures yet. No number of cases is said: that would be a figure."""
    return tuple(_still_open(work, family_name))


def closed(work: Work, family_name: str, periods: Sequence[str] = ()) -> list[Block]:
    """The closed blocks, all or those of some periods; NothingClosed where there is none."""
    found = [one.block for one in _frozen(work, family_name) if not periods or one.block.period.name in periods]
    if not found or len(found) < len(set(periods)):
        raise NothingClosed(enough=ENOUGH, least=ENOUGH_FOR_A_YEAR)
    return found


def block_for_all(work: Work, family_name: str, period: str) -> bytes:
    """The file of a closed block, with the tables that everybody publishes; NothingClosed, OtherLevel, NoRounding."""
    found = [one for one in _frozen(work, family_name) if one.block.period.name == period]
    if not found:
        raise NothingClosed(enough=ENOUGH, least=ENOUGH_FOR_A_YEAR)
    return merging.our_block(work, composing.under(work, found[0], common_tables.in_force(work, family_name)))


def published(work: Work, family_name: str, periods: Sequence[str] = (), which: Sequence[Which] = ()) -> Publication:
    """What is published of closed blocks; those that went into a sealed sum stay out. NothingClosed."""
    chosen = [one for one in _publishable(work, family_name) if not periods or one.block.period.name in periods]
    if not chosen:
        raise NothingClosed(enough=ENOUGH, least=ENOUGH_FOR_A_YEAR)
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
        raise NothingClosed(enough=ENOUGH, least=ENOUGH_FOR_A_YEAR)
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
    family = common_tables.in_force(work, family_name)
    invited = rounds.invitation(work, invitation, family)
    who = _who(counted, invited.period)
    content = rounds.contribution(work, invitation, family, exact.tables(work.session, counted, who, family))
    sealed.note(work, family_name, who, invited.round_id, invited.period)
    return content


def invented(work: Work, family_name: str = standard.INTAKE) -> bytes:
    """Invented records whose tables are those of our published blocks; NothingClosed."""
    told = published(work, family_name)
    note_published(work, told)
    work.note(Act.INVENTED_RECORDS, f"{family_name} {told.periods}")
    return synthetic.records(told.family, told.release)


def bring_back(work: Work, path: Path) -> Block:
    """Take back a block of ours that was published before the desk was restored, byte for byte.

    Raises what is wrong with the file, NothingLost, NotOurBlock, or AlreadyMerged where its time is there already.
    """
    since = restored.unsettled(work)
    if since is None:
        raise NothingLost
    found, family = _ours(work, path)
    if found.block.period.last >= since:
        raise NotOurBlock(file=path.name)
    there = [one.block for one in _frozen(work, family.name) if one.block.period.overlaps(found.block.period)]
    if there and there != [found.block]:
        raise AlreadyMerged(shelter=found.shelter.name, file=path.name)
    if not there:
        freezing.keep(work, family, found.block, 0)
        work.note(Act.BROUGHT_BACK, f"{family.name} {found.block.period.name}")
    merging.note_ours(work, found.block, is_back=True)
    return found.block


def settle(work: Work, *, was_published: bool) -> None:
    """Say that nothing was published since the backup, or that all of it is back or stays lost; NothingLost."""
    since = restored.unsettled(work)
    if since is None:
        raise NothingLost
    if was_published:
        restored.begin_anew(work, since)
    else:
        restored.nothing_was_published(work)


def _ours(work: Work, path: Path) -> tuple[BlockFile, Family]:
    """What is in a file of this desk, and the family of it."""
    for name in standard.names():
        for family in (standard.counted(name).family, common_tables.in_force(work, name)):
            with suppress(ForeignFamily):
                found = figure_files.read_block(path, family)
                if found.shelter.identity != partners.ourselves(work).identity:
                    raise NotOurBlock(file=path.name)
                return found, family
    raise ForeignFamily(file=path.name)


def _who(counted: Counted, period: Period) -> ColumnElement[bool]:
    """Whom the true tables of a period count: nobody who stands in a block or a sealed sum of another one."""
    day, name = as_type(counted.day, String), counted.family.name
    elsewhere = select(CountedRow.case_id).join(FrozenRow, FrozenRow.id == CountedRow.block)
    elsewhere = elsewhere.where(
        CountedRow.family == name, (FrozenRow.last_day < period.first) | (FrozenRow.first_day > period.last)
    )
    told = sealed.with_later(elsewhere)
    return and_(
        *(day >= period.first.isoformat(), day <= period.last.isoformat(), *counting.countable()),
        CASES.c.id.not_in(select(told.c.case_id)),
        ~sealed.is_in_another_sum(counted, period),
    )


def _frozen(work: Work, family_name: str) -> list[Frozen]:
    return freezing.frozen(work, family_name)


def _publishable(work: Work, family_name: str) -> list[Frozen]:
    sealed = rounds.our_sealed_periods(work)
    there = [one for one in _frozen(work, family_name) if not any(one.block.period.overlaps(two) for two in sealed)]
    return [
        one
        for one in there
        if not restored.is_unknown(work, one.block.period.first) or merging.is_known(work, one.block)
    ]


def _still_open(work: Work, family_name: str) -> Iterator[Said]:
    frozen = _frozen(work, family_name)
    known = {"enough": ENOUGH, "least": ENOUGH_FOR_A_YEAR}
    if not frozen:
        yield partial(_say, _NONE_YET, known)
    else:
        yield partial(_say_since, frozen[-1].block.period, known)
    left = freezing.still_open(work, family_name)
    if left.restored:
        yield partial(_say_day, _RESTORED, left.restored)
    if family_name == standard.CLOSURE and left.waits:
        yield partial(_say_day, _WAITS, left.waits.last)
    for period in rounds.our_sealed_periods(work):
        yield partial(_say, _SEALED, {"period": period.name})


def _say(sentence: str, told: Mapping[str, object]) -> str:
    return _(sentence) % told


def _say_day(sentence: str, day: date) -> str:
    return _(sentence) % {"day": words.day(day)}


def _say_since(period: Period, told: Mapping[str, object]) -> str:
    return _(_SINCE) % ({"day": words.day(period.last)} | dict(told))
