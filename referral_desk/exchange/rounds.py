"""Level 2: exact tables of at least three shelters, sealed to the coordinator, added up in memory and rounded once.

Never records. Who takes part is fixed when a round begins; each gives one contribution; without all of them there is
no sum, because the difference of two sums would be one shelter's own figures. No exact figure is ever written down.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from referral_desk.errors import (
    AlreadyMerged,
    AlreadySealed,
    DominantShelter,
    ForeignFamily,
    HowItStands,
    NoRound,
    NoRounding,
    RoundNotCounted,
    UnknownPartner,
)
from referral_desk.exchange import figure_files, partners
from referral_desk.exchange.figure_files import Party, RoundFile, TablesFile
from referral_desk.exchange.rosters import FEWEST, OPEN, PUBLISHED, VOID
from referral_desk.journal import Act
from referral_desk.statistics import blocks, certificate, ended, folding, restored, rounding, ways
from referral_desk.statistics.blocks import Block, Period
from referral_desk.statistics.families import REMAINDER, Cells, Codes, Family, Names
from referral_desk.store import Work, figures_key
from referral_desk.store.figure_tables import FigureFile, Round
from referral_desk.words import N_, _, listed

LARGEST_SHARE = 0.8

_TOO_FEW = N_("it takes at least three organisations.")
_TOO_FEW_HAVE = N_("fewer than three organisations had anybody in this time.")
_MISSING = N_("nothing has come from %(shelters)s.")
_STRANGER = N_("%(shelter)s is not on its roster.")
_OTHER_ROUND = N_("%(shelter)s sent tables of another round or time.")
_GIVEN_UP = N_("it was given up.")
_NEVER_BEGUN = N_("this desk began none for this time and these tables.")
_NO_PERIOD = N_("%(period)s is no quarter, half-year or year of the last three years that has ended.")
_TOO_FEW_CASES = N_("all together had fewer than %(enough)s cases.")
_NOT_CLOSED = N_("its time has not ended yet.")
_BEGUN = N_("another one for this time has begun already. Only once that is given up can there be a new one.")


@dataclass(frozen=True)
class RoundState:
    """A round as the coordinator sees it."""

    id: str
    family: str
    period: Period
    roster: tuple[Party, ...]
    state: str


def begin(work: Work, family: Family, period: Period, roster: Sequence[str]) -> bytes:
    """Fix who takes part and return the invitation for all of them. `roster` are identities; ours may be among them.

    NoRound where it cannot be, UnknownPartner where somebody's words were not compared by phone, OtherLevel where
    somebody's rounded blocks of this time were counted here.
    """
    parties = tuple(_confirmed(work, identity) for identity in dict.fromkeys(roster))
    if len(parties) < FEWEST:
        raise _none(_TOO_FEW)
    if period.last >= work.today:
        raise _none(_NOT_CLOSED)
    begun = [row for row in _rows(work) if row.state != VOID and row.family == family.hash]
    if any(period.overlaps(Period(row.first_day, row.last_day)) for row in begun):
        raise _none(_BEGUN)
    for one in parties:
        ways.check(work, level=ways.EXACT, shelter=one.identity, name=one.name, period=period)
    own, id_ = partners.ourselves(work), secrets.token_hex(16)
    made = RoundFile(own, id_, family.hash, family.base, period, parties)
    row = Round(id=id_, family=family.hash, state=OPEN, at=work.now, roster=[one.identity for one in parties])
    row.first_day, row.last_day = period.first, period.last
    work.session.add(row)
    work.note(Act.BEGAN_ROUND, f"{family.name} {period.name}")
    return figure_files.round_file(made, figures_key.secret(work))


def periods(today: date) -> tuple[Period, ...]:
    """Periods that have ended, for which a round may begin: years, halves and quarters of the last three years."""
    found = []
    for year in range(today.year, today.year - 4, -1):
        for months in (12, 6, 3):
            for month in range(1, 13, months):
                first = date(year, month, 1)
                last = date(year + (month + months) // 13, (month + months - 1) % 12 + 1, 1) - timedelta(days=1)
                found.append(Period(first, last))
    return tuple(period for period in found if period.last < today)


def period_named(name: str, today: date) -> Period:
    """The ended period of this name, such as `2025-H1`; NoRound where it has not ended or is none."""
    found = [period for period in periods(today) if period.name == name]
    if not found:
        raise _none(_NO_PERIOD, period=name)
    return found[0]


def named(work: Work, family: Family, name: str) -> RoundState:
    """The newest round of a family for the period of this name; NoRound where there is none."""
    found = [one for one in every(work) if one.family == family.hash and one.period.name == name]
    if not found:
        raise _none(_NEVER_BEGUN)
    return found[0]


def every(work: Work) -> tuple[RoundState, ...]:
    """The rounds begun here, newest first."""
    known = {one.party.identity: one.party for one in partners.known(work)}
    own = partners.ourselves(work)
    known[own.identity] = own
    return tuple(
        RoundState(
            row.id,
            row.family,
            Period(row.first_day, row.last_day),
            tuple(known.get(identity) or Party(identity[:8], identity) for identity in row.roster),
            row.state,
        )
        for row in _rows(work)
    )


def invitation(work: Work, path: Path, family: Family) -> RoundFile:
    """An invitation that this desk may follow, looked at before anything is counted; raises why not."""
    invited = figure_files.read_round(path)
    partners.check_confirmed(work, invited.coordinator, path)
    own = partners.ourselves(work)
    if invited.family != family.hash or invited.base != family.base:
        raise ForeignFamily(file=path.name)
    if own.identity not in {one.identity for one in invited.roster}:
        raise _none(_STRANGER, shelter=own.name)
    if len(invited.roster) < FEWEST:
        raise _none(_TOO_FEW)
    if invited.period.last >= work.today:
        raise _none(_NOT_CLOSED)
    if restored.is_unknown(work, invited.period.first):
        raise HowItStands(period=invited.period.label)
    ways.check(work, level=ways.EXACT, shelter=own.identity, name=own.name, period=invited.period)
    if any(invited.period.overlaps(given) for given in our_sealed_periods(work)):
        raise AlreadySealed(period=invited.period.label)
    return invited


def contribution(work: Work, path: Path, family: Family, exact: Cells) -> bytes:
    """Our exact tables for a round, sealed to its coordinator: once, and then no rounded block of this time."""
    invited = invitation(work, path, family)
    own = partners.ourselves(work)
    content = figure_files.tables_file(own, invited, exact, figures_key.secret(work))
    digest = figure_files.digest_of(content)
    to = invited.coordinator.identity
    _note(work, TablesFile(own, invited.round_id, family.hash, invited.period, to, b"", digest))
    work.note(Act.GAVE_TABLES, f"{family.name} {invited.period.name}")
    return content


def count(work: Work, round_id: str, family: Family, paths: Iterable[Path]) -> Block:
    """Add up the tables of everybody on the roster and round the sum once; the same block each time it is asked for.

    What is wrong with a file is raised, RoundNotCounted where one is missing, DominantShelter where the sum would tell
    one shelter's figures, HowItStands after a restore; then nothing is kept.
    """
    row = work.session.get(Round, round_id)
    if row is not None and row.state == PUBLISHED:
        return blocks.from_data(json.loads(row.result))
    if row is None:
        raise _none(_NEVER_BEGUN)
    if row.state != OPEN:
        raise _not_counted(_GIVEN_UP)
    if row.family != family.hash:
        raise ForeignFamily(file=row.id[:8])
    check_known(work, row)
    given = _opened(work, row, family, paths)
    block = _rounded(work, row, family, [exact for _tables, exact in given])
    for tables, _exact in given:
        _note(work, tables)
    row.state, row.result = PUBLISHED, blocks.as_bytes(block).decode()
    work.note(Act.COUNTED_ROUND, f"{family.name} {block.period.name}")
    # As it is read back later: in another order the same figures would be other bytes.
    return blocks.from_data(json.loads(row.result))


def _opened(work: Work, row: Round, family: Family, paths: Iterable[Path]) -> list[tuple[TablesFile, Cells]]:
    secret, period = figures_key.secret(work), Period(row.first_day, row.last_day)
    found: dict[str, tuple[TablesFile, Cells]] = {}
    for path in paths:
        tables = figure_files.read_tables(path)
        shelter = partners.check_confirmed(work, tables.shelter, path)
        if shelter.identity not in row.roster:
            raise _not_counted(_STRANGER, shelter=shelter.name)
        if shelter.identity in found:
            raise AlreadyMerged(shelter=shelter.name, file=path.name)
        if tables.round_id != row.id or tables.period != period:
            raise _not_counted(_OTHER_ROUND, shelter=shelter.name)
        if tables.family != family.hash:
            raise ForeignFamily(file=path.name)
        ways.check(work, level=ways.EXACT, shelter=shelter.identity, name=shelter.name, period=period)
        found[shelter.identity] = tables, figure_files.unsealed(tables, secret, family, path)
    missing = [_confirmed(work, one).name for one in row.roster if one not in found]
    if missing:
        raise _not_counted(_MISSING, shelters=listed(missing))
    return [found[identity] for identity in row.roster]


def _rounded(work: Work, row: Round, family: Family, given: Sequence[Cells]) -> Block:
    if sum(cells[()].get((), 0) > 0 for cells in given) < FEWEST:
        raise _not_counted(_TOO_FEW_HAVE)
    exact = _sum(family, given)
    enough = ended.enough(Period(row.first_day, row.last_day))
    if exact[()][()] < enough:
        raise _not_counted(_TOO_FEW_CASES, enough=enough)
    about = f"{family.hash}/{row.id}/{','.join(sorted(row.roster))}"
    draw = rounding.drawn(figures_key.key_for(work, "rounds"), about)
    lists, counted = _counted(family, exact, given, alone=True)
    try:
        made = rounding.rounded(family, lists, counted, draw)
    except NoRounding:
        lists, counted = _counted(family, exact, given, alone=False)
        made = rounding.rounded(family, lists, counted, draw)
    people = certificate.people_of(made, lists)
    proof = certificate.certified(family, made.figures, counted, people)
    shelter = f"Σ{len(given)}"
    period = Period(row.first_day, row.last_day)
    return Block(shelter, period, family.name, family.hash, family.base, lists, made.figures, proof)


def _sum(family: Family, given: Sequence[Cells]) -> dict[Names, Counter[Codes]]:
    return {names: sum((Counter(dict(cells[names])) for cells in given), Counter()) for names in family.published}


def _counted(
    family: Family, exact: Mapping[Names, Counter[Codes]], given: Sequence[Cells], *, alone: bool
) -> tuple[dict[str, Codes], dict[Names, dict[Codes, int]]]:
    """The sum under categories of which no shelter holds nearly all; DominantShelter where it holds nearly everybody.

    A category that one shelter dominates is folded as one with too few cases is.
    """
    if _is_dominated([cells[()].get((), 0) for cells in given]):
        raise DominantShelter
    weak: dict[str, set[str]] = {one.name: set() for one in family.dimensions}
    while True:
        masked = {names: Counter(cells) for names, cells in exact.items()}
        for name, codes in weak.items():
            masked[name,].subtract({(code,): exact[name,][code,] for code in codes})
        where = folding.folded(family, masked, alone=alone)
        found = _dominated(family, where, given)
        if not found:
            break
        weak = {name: weak[name] | found.get(name, set()) for name in weak}
    lists = {one.name: folding.shown(one, where[one.name]) for one in family.dimensions}
    return lists, folding.counted_under(family, exact, where)


def _dominated(family: Family, where: folding.Folded, given: Sequence[Cells]) -> dict[str, set[str]]:
    """By dimension, the codes of categories of which one shelter holds nearly all; of the remainder, one to join it."""
    found: dict[str, set[str]] = {}
    for one in family.dimensions:
        held: dict[str, list[int]] = {}
        for code in (*one.codes, REMAINDER):
            at = where[one.name].get(code, code)
            sums = held.setdefault(at, [0] * len(given))
            for place, cells in enumerate(given):
                sums[place] += cells[one.name,].get((code,), 0)
        bad = {at for at, sums in held.items() if _is_dominated(sums)}
        if REMAINDER in bad:
            others = [at for at in held if at != REMAINDER and any(held[at])]
            bad = {min(others, key=lambda at: (sum(held[at]), at))} if others else set()
        codes = {code for code, at in where[one.name].items() if at in bad}
        if codes:
            found[one.name] = codes
    return found


def _is_dominated(held: Sequence[int]) -> bool:
    return max(held) > LARGEST_SHARE * sum(held)


def _confirmed(work: Work, identity: str) -> Party:
    own = partners.ourselves(work)
    if identity == own.identity:
        return own
    found = [one.party for one in partners.known(work) if one.party.identity == identity and one.confirmed]
    if not found:
        raise UnknownPartner(file=identity[:8])
    return found[0]


def check_known(work: Work, row: Round) -> None:
    """HowItStands where this desk was restored, and the round may have been counted or given up meanwhile."""
    if restored.is_unknown(work, row.first_day):
        raise HowItStands(period=Period(row.first_day, row.last_day).label)


def our_sealed_periods(work: Work) -> list[Period]:
    """The periods for which our exact tables went into a round, here or elsewhere."""
    own = partners.ourselves(work).identity
    rows = select(FigureFile).where(FigureFile.level == ways.EXACT, FigureFile.shelter == own)
    return sorted({Period(row.first_day, row.last_day) for row in work.session.scalars(rows)})


def _note(work: Work, tables: TablesFile) -> None:
    """Remember that tables were given or counted, and nothing of what is in them."""
    if work.session.get(FigureFile, tables.digest) is not None:
        return
    row = FigureFile(digest=tables.digest, level=ways.EXACT, family=tables.family, shelter=tables.shelter.identity)
    row.first_day, row.last_day, row.at = tables.period.first, tables.period.last, work.now
    row.round_id, row.sealed_to = tables.round_id, tables.recipient
    work.session.add(row)
    work.session.flush()
    work.has_written = True


def _rows(work: Work) -> list[Round]:
    return list(work.session.scalars(select(Round).order_by(Round.at.desc(), Round.id)))


def _none(why: str, **told: object) -> NoRound:
    return NoRound(why=_(why) % told)


def _not_counted(why: str, **told: object) -> RoundNotCounted:
    return RoundNotCounted(why=_(why) % told)
