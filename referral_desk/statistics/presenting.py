"""Releases as tables for people: which there are, and what stands in each row and column.

The yes-or-no dimensions of a question with several answers become one table with a row for each answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from referral_desk import words
from referral_desk.statistics import charts, labels
from referral_desk.statistics.blocks import Release
from referral_desk.statistics.charts import Chart, Series
from referral_desk.statistics.families import REMAINDER, YES, Family, Names
from referral_desk.statistics.labels import OF
from referral_desk.words import _, ngettext

AGE_GROUP = "person.age_group"
MOST_BARS = 15
MOST_NAMED = 6
MOST_SHADES = len(charts.SHADES)


@dataclass(frozen=True, order=True)
class Which:
    """Names a table: what its rows are, what its columns are (empty for one column), and for whom.

    `rows` is a dimension, or a question with several answers. `only` is a code: of those answers, the one that is
    counted; `among` and `code` hold a third dimension fast.
    """

    rows: str
    columns: str = ""
    only: str = ""
    among: str = ""
    code: str = ""

    @property
    def name(self) -> str:
        """Such as `interview.exploitation.YES/person.gender@person.age_group=CHILD`: the same in every language."""
        only = f".{self.only}" if self.only else ""
        among = f"@{self.among}{OF}{self.code}" if self.among else ""
        return f"{self.rows}{only}/{self.columns}{among}" if self.columns else f"{self.rows}{only}{among}"


@dataclass(frozen=True)
class Shown:
    """A table as it is published: a line for each row code, a figure for each column code, and what all come to.

    Rows of a question with several answers do not add up to `column_totals`: a person is in each of hers.
    """

    which: Which
    title: str
    row_codes: tuple[str, ...]
    row_labels: tuple[str, ...]
    column_codes: tuple[str, ...]
    column_labels: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int

    @property
    def lines(self) -> list[list[str | int]]:
        """As it is written: headings, rows, and all persons last."""
        crossed = bool(self.which.columns)
        every = _("All persons")
        corner = labels.dimension(self.which.rows)
        lines: list[list[str | int]] = [[corner, *self.column_labels, *([every] if crossed else [])]]
        for label, cells, total in zip(self.row_labels, self.cells, self.row_totals, strict=True):
            lines.append([label, *cells, *([total] if crossed else [])])
        return [*lines, [every, *self.column_totals, *([self.total] if crossed else [])]]

    @property
    def adds_up(self) -> bool:
        """Whether its rows are one for each person."""
        return not self.which.only

    def chart(self) -> Chart:
        """Bars for the rows; the longest only where there are many."""
        order = sorted(range(len(self.row_codes)), key=lambda at: -self.row_totals[at])[:MOST_BARS]
        rows = [at for at in range(len(self.row_codes)) if at in order]
        if self.which.columns and len(self.column_codes) <= MOST_SHADES:
            named = enumerate(self.column_labels)
            series = [Series(label, tuple(self.cells[at][place] for at in rows)) for place, label in named]
        else:
            series = [Series(_("Persons"), tuple(self.row_totals[at] for at in rows))]
        return charts.bars(self.title, [self.row_labels[at] for at in rows], series)


def tables_of(family: Family) -> tuple[Which, ...]:
    """Every table that a family publishes, those by one question first."""
    found = [which for names in family.published if names for which in _which(names)]
    return tuple(dict.fromkeys(which for which in found if _is_worth_showing(which)))


def in_release(family: Family, release: Release) -> tuple[Which, ...]:
    """The tables of which a release has anything to show: one for children only where they have a line."""
    three = [names for names in family.tables if len(names) > 2 and not any(_which(names))]
    return tuple(
        which
        for which in (*tables_of(family), *(one for names in three for one in own(release, names)))
        if (not which.among or which.code in release.lists[which.among]) and _says_anything(release, which)
    )


def own(release: Release, names: Names) -> tuple[Which, ...]:
    """How a table that somebody composed is shown: rows, columns, and one for each category of a third question."""
    rows, *others = sorted(names, key=lambda name: -len(release.lists[name]))
    if len(others) < 2:
        return (Which(rows, "".join(others)),)
    columns, among = others
    return tuple(Which(rows, columns, "", among, code) for code in release.lists[among])


def shown(release: Release, which: Which) -> Shown:
    """A table of a release."""
    rows, columns = _row_codes(release, which), _column_codes(release, which)
    cells = tuple(tuple(_figure(release, which, row, column) for column in columns) for row in rows)
    return Shown(
        which=which,
        title=title(which),
        row_codes=rows,
        row_labels=tuple(_line(release, *_place(which, row), labels.code(which.rows, row)) for row in rows),
        column_codes=columns,
        column_labels=tuple(
            _line(release, which.columns, one, labels.code(which.columns, one)) if which.columns else _("Persons")
            for one in columns
        ),
        cells=cells,
        row_totals=tuple(_figure(release, which, row, "") for row in rows),
        column_totals=tuple(_figure(release, which, "", column) for column in columns),
        total=_figure(release, which, "", ""),
    )


def title(which: Which) -> str:
    """What a table counts, in words."""
    rows = labels.dimension(which.rows)
    if which.only and which.only != YES:
        rows = _("%(what)s: %(which)s") % {"what": rows, "which": labels.code("", which.only)}
    if which.columns:
        rows = _("%(rows)s and %(columns)s") % {"rows": rows, "columns": labels.dimension(which.columns)}
    if which.among == AGE_GROUP:
        rows = _("%(what)s: %(which)s") % {"what": rows, "which": labels.code(which.among, which.code)}
    elif which.among:
        only = {"what": labels.dimension(which.among), "which": labels.code(which.among, which.code)}
        rows = _("%(rows)s (%(only)s)") % {"rows": rows, "only": _("%(what)s: %(which)s") % only}
    return rows


def over_blocks(release: Release) -> Chart | None:
    """How many came in each block, where there are several, of one shelter."""
    blocks = sorted(release.blocks, key=lambda block: block.period)
    if len(blocks) < 2 or len({block.shelter for block in blocks}) > 1:
        return None
    series = [Series(_("Persons"), tuple(block.total for block in blocks))]
    return charts.over_blocks(_("Persons by period"), [block.period.label for block in blocks], series)


def _which(names: Names) -> Iterator[Which]:
    """How a table of up to three dimensions is shown: on paper there are only rows and columns."""
    many = [name for name in names if OF in name]
    plain = [name for name in names if OF not in name]
    if len(many) > 1 or len(plain) > 3:
        return
    if many:
        rows, _of, _one = many[0].partition(OF)
        for only in ("GIVEN", "UNMET") if rows == "service" else (YES,):
            yield from _with_columns(rows, plain, only)
    else:
        yield from _with_columns(plain[-1], plain[:-1], "")


def _with_columns(rows: str, others: list[str], only: str) -> Iterator[Which]:
    if len(others) < 2:
        yield Which(rows, "".join(others), only)
    else:
        for code in ("CHILD", "ADULT") if AGE_GROUP in others else ():
            columns = next(name for name in others if name != AGE_GROUP)
            yield Which(rows, columns, only, AGE_GROUP, code)


def _is_worth_showing(which: Which) -> bool:
    """The one that only says again what another dimension says is left out."""
    return {which.rows, which.columns} != {"person.age_band", AGE_GROUP}


def _says_anything(release: Release, which: Which) -> bool:
    """Whether it has more than the one row of all others, and more than one such column."""
    rows = set(_row_codes(release, which)) - {REMAINDER}
    return bool(rows) and bool(set(_column_codes(release, which)) - {REMAINDER})


def _row_codes(release: Release, which: Which) -> tuple[str, ...]:
    if which.only:
        own = {name: codes for name, codes in release.lists.items() if name.startswith(f"{which.rows}{OF}")}
        return tuple(name.partition(OF)[2] for name, codes in own.items() if which.only in codes)
    return release.lists[which.rows]


def _column_codes(release: Release, which: Which) -> tuple[str, ...]:
    return release.lists[which.columns] if which.columns else ("",)


def _figure(release: Release, which: Which, row: str, column: str) -> int:
    """The published figure of a place; an empty row or column is all of them."""
    wanted: dict[str, str] = {}
    if row:
        wanted |= dict([_place(which, row)])
    if column:
        wanted[which.columns] = column
    if which.among:
        wanted[which.among] = which.code
    names = next(names for names in release.cells if set(names) == set(wanted))
    return release.cells[names][tuple(wanted[name] for name in names)]


def _place(which: Which, row: str) -> tuple[str, str]:
    """The dimension and the code of a row: of a question with several answers, that the answer was given."""
    return (f"{which.rows}{OF}{row}", which.only) if which.only else (which.rows, row)


def _line(release: Release, name: str, code: str, label: str) -> str:
    """What a line is called: with the number of blocks that have it, if not all do; of what is left of a group, so."""
    if code in release.others[name] and code != REMAINDER:
        return _("%(what)s: others") % {"what": label}
    number = release.in_part[name].get(code)
    if number is None:
        return label
    told = {"what": label, "number": number, "all": len(release.blocks)}
    return _("%(what)s (in %(number)s of %(all)s blocks)") % told


def folded(family: Family, release: Release) -> Iterator[str]:
    """For each dimension a sentence that says which categories have no line of their own, and why."""
    gone: dict[str, list[str]] = {}
    for one in family.dimensions:
        kept = set(release.lists[one.name])
        missing = [code for code in one.codes if code not in kept]
        if not missing:
            continue
        question, of, answer = one.name.partition(OF)
        gone.setdefault(question, []).extend([answer] if of else missing)
    for name, codes in gone.items():
        if len(codes) <= MOST_NAMED:
            these = words.listed(labels.code(name, code) for code in codes)
        else:
            these = ngettext("%(count)d category", "%(count)d categories", len(codes)) % {"count": len(codes)}
        yield _("%(dimension)s: too few for a line of their own, and counted with others: %(these)s.") % {
            "dimension": labels.dimension(name),
            "these": these,
        }
