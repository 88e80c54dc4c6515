"""The true figures as they stand today, for who works at the desk: looked at, never published.

There is no way from here into a file. What is published comes from frozen blocks (`blocks`), and a figure that one
saw here and in a publication would give somebody away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from referral_desk.errors import InsideFigures
from referral_desk.journal import Act
from referral_desk.nrm.terms import Term, Unanswered
from referral_desk.roles import Role
from referral_desk.statistics import counting
from referral_desk.statistics.counting import NONE_OF_THESE, REASON, Codes, Counts, Dimension
from referral_desk.store import Desk
from referral_desk.words import N_, _

_NO_ANSWER = {NONE_OF_THESE: N_("none of these")} | {f"{REASON}{why.code}": why.english for why in Unanswered}


@dataclass(frozen=True)
class Table:
    """True numbers of cases. `cells` has a row for each row code and a figure for each column code.

    A table by one dimension has the single column `Cases` and no totals but that of all cases.
    """

    dimensions: tuple[Dimension, ...]
    row_codes: Codes
    row_labels: tuple[str, ...]
    column_codes: Codes
    column_labels: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int
    note: tuple[str, ...]

    @property
    def corner(self) -> str:
        """What the rows and the columns are."""
        return " / ".join(dimension.label for dimension in self.dimensions)

    @property
    def lines(self) -> list[list[str | int]]:
        """The table as it is shown: headings, rows, and the totals last."""
        crossed = len(self.dimensions) == 2
        everything = _("All cases")
        lines: list[list[str | int]] = [[self.corner, *self.column_labels]]
        lines += [[label, *cells] for label, cells in zip(self.row_labels, self.cells, strict=True)]
        if crossed:
            lines[0].append(everything)
            for line, total in zip(lines[1:], self.row_totals, strict=True):
                line.append(total)
        return [*lines, [everything, *self.column_totals, self.total]]


def may_look(desk: Desk) -> bool:
    """Whether this member sees true figures: caseworkers and coordinators, who see each case anyway."""
    return desk.entitled or Role.COORDINATOR.value in desk.roles


def look(desk: Desk, names: Sequence[str]) -> Table:
    """Count the cases of the desk by one or two dimensions, such as `person.gender`; the journal notes by which.

    InsideFigures for who may not. Nothing sealed is read.
    """
    if not may_look(desk):
        raise InsideFigures
    by = counting.chosen(names)
    with desk.work(unsealed=False) as work:
        work.note(Act.COUNTED, " ".join(names))
        counts = counting.unprotected(work.session, by)
    return _along(by[0], counts) if len(by) == 1 else _crossed(by, counts)


def _along(dimension: Dimension, counts: Counts) -> Table:
    codes = _listed(dimension, counts.margins[0])
    return Table(
        dimensions=(dimension,),
        row_codes=codes,
        row_labels=_labels(dimension, codes),
        column_codes=("cases",),
        column_labels=(_("Cases"),),
        cells=tuple((counts.margins[0][code],) for code in codes),
        row_totals=(),
        column_totals=(),
        total=counts.total,
        note=_note((dimension,)),
    )


def _crossed(by: Sequence[Dimension], counts: Counts) -> Table:
    rows, columns = (_listed(dimension, margin) for dimension, margin in zip(by, counts.margins, strict=True))
    return Table(
        dimensions=tuple(by),
        row_codes=rows,
        row_labels=_labels(by[0], rows),
        column_codes=columns,
        column_labels=_labels(by[1], columns),
        cells=tuple(tuple(counts.cells[row, column] for column in columns) for row in rows),
        row_totals=tuple(counts.margins[0][row] for row in rows),
        column_totals=tuple(counts.margins[1][column] for column in columns),
        total=counts.total,
        note=_note(by),
    )


def _listed(dimension: Dimension, margin: Counter[str]) -> Codes:
    """The codes that get a line; of an open list those of which there is somebody."""
    vocabulary = dimension.question.vocabulary
    reasons = [code for code in _NO_ANSWER if dimension.has_many or code != NONE_OF_THESE]
    if issubclass(vocabulary, Term):
        return (*(term.code for term in vocabulary.every()), *reasons)
    seen = [vocabulary.of(code) for code, figure in margin.items() if figure and not code.startswith(REASON)]
    return (*(entry.code for entry in sorted(seen, key=lambda entry: entry.label)), *reasons)


def _labels(dimension: Dimension, codes: Codes) -> Codes:
    vocabulary = dimension.question.vocabulary
    return tuple(_(_NO_ANSWER[code]) if code in _NO_ANSWER else vocabulary.of(code).label for code in codes)


def _note(by: Sequence[Dimension]) -> tuple[str, ...]:
    """What a reader must know, one sentence each, in the language spoken."""
    sentences = [
        _("Not for publication: these are the true figures of today, and single persons can be recognised in them."),
        _("Cases are counted, not steps: of one answer that changed, the latest counts."),
    ]
    for dimension in by:
        name = {"dimension": dimension.label}
        if dimension.has_many:
            sentences.append(_("A case with several answers to “%(dimension)s” is counted in each of them.") % name)
    return tuple(dict.fromkeys(sentences))
