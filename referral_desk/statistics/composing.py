"""Tables of one's own: any three questions of a family, added to blocks that are frozen already.

Nothing that is published changes: the program is solved again with all frozen figures held fast, and the certificate
covers the old and the new tables together. What it would cost is said before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from sqlalchemy import select

from referral_desk.errors import DeskError
from referral_desk.statistics import blocks, certificate, exact, families, folding, freezing, rounding, standard
from referral_desk.statistics.blocks import Block
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.ended import COUNTED
from referral_desk.statistics.families import Family, Names
from referral_desk.statistics.freezing import Frozen
from referral_desk.store import Work, figures_key
from referral_desk.store.figure_tables import FrozenRow


@dataclass(frozen=True)
class Cost:
    """What a table would cost, for the latest block: how many figures it adds, and how finely they are known.

    `usual_error` is by about how much a figure will be off; where there are fewer `cases_for_each` place of the table
    than that, most figures will be 0. As long as no block is closed it is 0, and there are at most these `figures`.
    `refused` says in a sentence why it cannot be. One that somebody composed before `was_added`, and costs nothing.
    """

    figures: int
    cases_for_each: float
    usual_error: float
    refused: str = ""
    was_added: bool = False


def cost(work: Work, family_name: str, table: Sequence[str]) -> Cost:
    """What a table would cost, at once and without solving anything."""
    family = freezing.composed(work, standard.counted(family_name).family)
    found = freezing.frozen(work, family_name)
    lists = found[-1].block.lists if found else {}
    sizes = {one.name: len(lists.get(one.name, one.codes[: one.at_most + 2])) for one in family.dimensions}
    try:
        wider = family.with_table(table)
        families.check_size(wider, sizes)
    except DeskError as error:
        return Cost(0, 0.0, 0.0, str(error))
    new = set(wider.published) - set(family.published)
    figures = sum(prod(sizes[name] for name in names) for names in new)
    cells = prod(sizes[name] for name in table)
    people = found[-1].block.total if found else 0
    was_added = not new and set(table) not in map(set, standard.counted(family_name).family.published)
    return Cost(figures, people / cells if cells else 0.0, family.base / 2, was_added=was_added)


def with_table(work: Work, family_name: str, table: Sequence[str]) -> list[Frozen]:
    """Every frozen block with one more table, and the blocks to come with it; asked again it is the same.

    WrongFamily or FamilyTooLarge where the table cannot be; NoRounding where a block has no room for it, mostly
    because much was corrected since it was frozen. Then nothing is kept.
    """
    wanted = freezing.composed(work, standard.counted(family_name).family).with_table(table)
    freezing.keep_family(work, wanted)
    standing = len(standard.counted(family_name).family.tables)
    return [_extended(work, one, wanted.tables[standing:]) for one in freezing.frozen(work, family_name)]


def with_all(work: Work, family_name: str) -> list[Frozen]:
    """The frozen blocks with all tables that were added to each; nothing is added."""
    return [_latest(work, one) for one in freezing.frozen(work, family_name)]


def under(work: Work, one: Frozen, family: Family) -> Block:
    """A frozen block with the tables of a family and no others; what it lacks is added, or NoRounding."""
    standing = len(standard.counted(family.name).family.tables)
    wider = _extended(work, one, family.tables[standing:]).block
    cells = {names: wider.cells[names] for names in family.published}
    proof = replace(wider.certificate, figures=sum(map(len, cells.values())))
    return replace(wider, family_hash=family.hash, cells=cells, certificate=proof)


def _extended(work: Work, one: Frozen, tables: Sequence[Names]) -> Frozen:
    latest = _latest(work, one)
    for table in tables:
        family = latest.family.with_table(table)
        if family.hash != latest.family.hash:
            latest = _added(work, one, latest, family)
    return latest


def _latest(work: Work, one: Frozen) -> Frozen:
    row = work.session.scalar(
        select(FrozenRow).where(FrozenRow.adds_to == one.id).order_by(FrozenRow.id.desc()).limit(1)
    )
    return freezing.read(work, row) if row else one


def _added(work: Work, one: Frozen, latest: Frozen, family: Family) -> Frozen:
    """The block with the tables that `family` has more than the latest state of it."""
    counted = standard.counted(one.block.family)
    members = select(COUNTED.c.case_id).where(COUNTED.c.block == one.id)
    true = exact.tables(work.session, counted, CASES.c.id.in_(members), family)
    by_category = folding.counted_under(family, true, latest.block.where(latest.family))
    draw = rounding.drawn(figures_key.key_for(work, "blocks"), f"{family.hash} {one.id} {one.block.issue}")
    lists, held = latest.block.lists, latest.block.cells
    found = rounding.rounded(family, lists, by_category, draw, fixed=held)
    people = certificate.people_of(found, lists)
    new = [names for names in family.published if names not in held]
    proof = certificate.certified(family, found.figures, by_category, people, among=new)
    block: Block = replace(latest.block, family_hash=family.hash, cells=found.figures, certificate=proof)
    row = freezing.keep(work, family, block, by_category[()][()], adds_to=one.id)
    return Frozen(row.id, block, family, blocks.as_bytes(block), one.id)
