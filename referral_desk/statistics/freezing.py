"""Freezing: a period that has ended, with enough cases, becomes a block; it is kept, and never drawn again.

A quarter is closed with fifty cases. With fewer it rolls on: to the half-year, the year (then twenty are enough) and
the next year. Who was recorded late comes into the next block. So the difference between two sets of figures is
always whole blocks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, String, and_, exists, func, insert, literal, or_, select
from sqlalchemy import cast as as_type

from referral_desk.errors import AlreadyReissued, NoRounding
from referral_desk.journal import Act, Entry
from referral_desk.nrm.case import KINDS
from referral_desk.statistics import blocks, certificate, ended, exact, families, folding, joint, rounding, standard
from referral_desk.statistics.blocks import Block, Period
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.ended import COUNTED
from referral_desk.statistics.families import Cells, Family
from referral_desk.statistics.folding import Folded
from referral_desk.statistics.program import Lists, Match
from referral_desk.statistics.standard import CLOSURE, INTAKE, Counted
from referral_desk.store import Work, figures_key
from referral_desk.store.figure_tables import CountedRow, FamilyRow, FrozenRow

CHANGES = 10
"""Records that must have changed before a block is issued anew; once."""


@dataclass(frozen=True)
class Frozen:
    """A block as it is kept, with the family under which it was counted.

    `adds_to` is the id of the block to which it adds tables that were composed here.
    """

    id: int
    block: Block
    family: Family
    content: bytes
    adds_to: int | None = None


@dataclass(frozen=True)
class Open:
    """What is not published yet, and why: the cases since the last block are too few, or the quarter runs.

    `cases` is exact and for the desk alone. `waits` is the period that is due: closures of it wait for more who came.
    `restored` is the day of a restore after which nobody said yet what had been published before.
    """

    family: str
    since: date | None
    cases: int
    waits: Period | None
    restored: date | None


def freeze_due(work: Work) -> list[Block]:
    """Freeze every period that can be, the oldest first; returns the new blocks. Needs no seal.

    Raises RoundingMissing or FamilyTooLarge; what was frozen before stays.
    """
    return [block for name in standard.names() for block in _freeze_family(work, standard.counted(name))]


def freeze_next(work: Work) -> Block | None:
    """Freeze one period, the oldest that can be; None where none is due or all must wait."""
    for name in standard.names():
        for block in _freeze_family(work, standard.counted(name)):
            return block
    return None


def due(work: Work, family: str) -> int:
    """How many cases have come to the end of a period that can be closed; for the desk alone."""
    ends = ended.ends(work, standard.counted(family))
    return ends[-1][1] if ends else 0


def frozen(work: Work, family: str) -> list[Frozen]:
    """The blocks of a family in force, the oldest first."""
    rows = work.session.scalars(
        select(FrozenRow)
        .where(FrozenRow.family == family, ~FrozenRow.replaced, FrozenRow.adds_to.is_(None))
        .order_by(FrozenRow.first_day)
    )
    return [read(work, row) for row in rows]


def still_open(work: Work, family: str) -> Open:
    """The cases that are in no block yet."""
    counted = standard.counted(family)
    first_and_number = select(func.min(as_type(counted.day, String)), func.count()).select_from(CASES)
    day, number = work.session.execute(first_and_number.where(*ended.uncounted(work, counted))).one()
    due = ended.ends(work, counted, stop_at_first=True)
    waits = due[0][0] if due else None
    return Open(family, date.fromisoformat(day) if day else None, number, waits, ended.held_back(work, family))


def changed(work: Work, frozen_block: Frozen) -> int:
    """How many records of a block were corrected, added to or erased since it was frozen; for the desk alone."""
    row = work.session.get_one(FrozenRow, frozen_block.id)
    members = select(COUNTED.c.case_id).where(COUNTED.c.block == row.id)
    late = [
        exists().where(
            step.c.case_id == CASES.c.id, func.coalesce(step.c.corrected_at, step.c.recorded_at) > row.frozen_at
        )
        for step in (kind.__table__ for kind in KINDS.values())
    ]
    touched = select(func.count()).where(CASES.c.id.in_(members), or_(*late))
    there = select(func.count()).where(COUNTED.c.block == row.id)
    return int(work.session.scalar(touched) or 0) + row.cases - int(work.session.scalar(there) or 0)


def issue_anew(work: Work, frozen_block: Frozen) -> Block:
    """Freeze a block a second time, with what was corrected since; AlreadyReissued unless enough was, and once only."""
    row = work.session.get_one(FrozenRow, frozen_block.id)
    if row.issue > 1 or row.replaced or changed(work, frozen_block) < CHANGES:
        raise AlreadyReissued(period=frozen_block.block.period.name, fewest=CHANGES)
    counted = standard.counted(row.family)
    which = CASES.c.id.in_(select(COUNTED.c.case_id).where(COUNTED.c.block == row.id))
    block, wider = _rounded(work, counted, which, frozen_block.block.period, issue=2, without=row.id)
    row.replaced = True
    number = int(work.session.scalar(select(func.count()).where(which)) or 0)
    new = _keep_both(work, counted.family, block, wider, number)
    for one in work.session.scalars(select(CountedRow).where(CountedRow.block == row.id)):
        one.block = new.id
    return block


def family_of(work: Work, hash_: str) -> Family:
    """A family under which this desk published, by its hash."""
    row = work.session.get_one(FamilyRow, hash_)
    return families.from_data(json.loads(row.content))


def keep_family(work: Work, family: Family, *, of: str = "") -> None:
    """Remember a family, so that its blocks can be read for ever; `of` is the ministry whose tables these are."""
    row = work.session.get(FamilyRow, family.hash)
    if row is None:
        row = FamilyRow(hash=family.hash, name=family.name, content=b"")
        work.session.add(row)
    elif not of:
        return
    told = family.as_data() | ({"of": of} if of else {})
    row.content = json.dumps(told, sort_keys=True, ensure_ascii=False).encode()
    work.session.flush()
    work.has_written = True


def composed(work: Work, standing: Family) -> Family:
    """A family with the tables that were added to it at this desk, in the order in which they were."""
    return _widest(work, standing, every=True)


def common(work: Work, standing: Family) -> Family:
    """A family with the tables that a ministry asks of everybody, and no others."""
    return _widest(work, standing, every=False)


def _widest(work: Work, standing: Family, *, every: bool) -> Family:
    rows = work.session.scalars(select(FamilyRow).where(FamilyRow.name == standing.name))
    told = (json.loads(row.content) for row in rows)
    known = (families.from_data(one) for one in told if every or "of" in one)
    number, same = len(standing.tables), standing.as_data()["dimensions"]
    return max(
        (one for one in known if one.tables[:number] == standing.tables and one.as_data()["dimensions"] == same),
        key=lambda one: len(one.tables),
        default=standing,
    )


def _freeze_family(work: Work, counted: Counted) -> Iterator[Block]:
    while ends := ended.ends(work, counted):
        block = None
        for period, number in ends:
            block = _frozen_now(work, counted, period, number)
            if block:
                yield block
                break
        if block is None:
            _let_wait(work, f"{counted.family.name} {ends[-1][0].name}")
            return


def _let_wait(work: Work, what: str) -> None:
    """Note once that figures wait."""
    noted = select(Entry.record).where(Entry.act == Act.LET_WAIT.name).order_by(Entry.number.desc()).limit(1)
    if work.session.scalar(noted) != what:
        work.note(Act.LET_WAIT, what)


def _frozen_now(work: Work, counted: Counted, period: Period, number: int) -> Block | None:
    """The block of a period, kept; None where closures must wait."""
    which = and_(*ended.uncounted(work, counted), as_type(counted.day, String) <= period.last.isoformat())
    try:
        block, wider = _rounded(work, counted, which, period)
    except NoRounding:
        if counted.family.name == INTAKE:
            raise
        return None
    row = _keep_both(work, counted.family, block, wider, number)
    members = select(literal(counted.family.name), CASES.c.id, literal(row.id)).where(which)
    work.session.execute(insert(CountedRow).from_select(["family", "case_id", "block"], members))
    return block


def _keep_both(work: Work, family: Family, block: Block, wider: Block, number: int) -> FrozenRow:
    row = keep(work, family, block, number)
    if wider.family_hash != block.family_hash:
        keep(work, family_of(work, wider.family_hash), wider, number, adds_to=row.id)
    return row


def _rounded(
    work: Work, counted: Counted, which: ColumnElement[bool], period: Period, *, issue: int = 1, without: int = 0
) -> tuple[Block, Block]:
    """The block, and the same with the tables that were composed here; without these where they have no room."""
    standing, wider = counted.family, composed(work, counted.family)
    try:
        found = _solved(work, counted, wider, which, period, issue=issue, without=without)
    except NoRounding:
        if wider.hash == standing.hash:
            raise
        wider, found = standing, _solved(work, counted, standing, which, period, issue=issue, without=without)
    if wider.hash == standing.hash:
        return found, found
    cells = {names: found.cells[names] for names in standing.published}
    proof = replace(found.certificate, figures=sum(map(len, cells.values())))
    return replace(found, family_hash=standing.hash, cells=cells, certificate=proof), found


def _solved(
    work: Work,
    counted: Counted,
    family: Family,
    which: ColumnElement[bool],
    period: Period,
    *,
    issue: int,
    without: int,
) -> Block:
    true = exact.tables(work.session, counted, which, family)
    where, without_alone = (folding.folded(family, true, alone=alone) for alone in (True, False))
    try:
        return _under(work, family, true, where, period, issue=issue, without=without)
    except NoRounding:
        if where == without_alone:
            raise
        return _under(work, family, true, without_alone, period, issue=issue, without=without)


def _under(
    work: Work, family: Family, true: Cells, where: Folded, period: Period, *, issue: int, without: int
) -> Block:
    """The block of true tables under some categories; NoRounding."""
    lists = {one.name: folding.shown(one, where[one.name]) for one in family.dimensions}
    by_category = folding.counted_under(family, true, where)
    must_match = _match(work, family, lists, without) if family.name == CLOSURE else None
    draw = rounding.drawn(figures_key.key_for(work, "blocks"), f"{family.hash} {period.first} {period.last} {issue}")
    found = rounding.rounded(family, lists, by_category, draw, match=must_match)
    people = certificate.people_of(found, lists)
    proof = certificate.certified(family, found.figures, by_category, people)
    shelter = figures_key.identity(work).hex()[:8].upper()
    return Block(shelter, period, family.name, family.hash, family.base, lists, found.figures, proof, issue)


def _match(work: Work, family: Family, lists: Lists, without: int) -> Match:
    came, went = (
        [(one.family, one.block) for one in frozen(work, name) if one.id != without] for name in (INTAKE, CLOSURE)
    )
    return joint.match(family, lists, came, went)


def keep(work: Work, family: Family, block: Block, cases: int, adds_to: int | None = None) -> FrozenRow:
    """Keep a block for ever, with its family."""
    keep_family(work, family)
    row = FrozenRow(
        family=family.name,
        family_hash=family.hash,
        first_day=block.period.first,
        last_day=block.period.last,
        issue=block.issue,
        content=blocks.as_bytes(block),
        cases=cases,
        frozen_at=work.now,
        replaced=False,
        adds_to=adds_to,
    )
    work.session.add(row)
    work.session.flush()
    work.note(Act.FROZE, f"{family.name} {block.period.name}")
    return row


def read(work: Work, row: FrozenRow) -> Frozen:
    """A block as it is kept."""
    return Frozen(row.id, blocks.from_bytes(row.content), family_of(work, row.family_hash), row.content, row.adds_to)
