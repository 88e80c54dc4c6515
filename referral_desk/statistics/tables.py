"""Tables that may be looked at: every figure is protected before it leaves this module.

The protection is provisional: each figure, totals included, is rounded on its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from referral_desk.journal import Act
from referral_desk.nrm.terms import Term, Unanswered
from referral_desk.statistics import counting
from referral_desk.statistics.counting import NONE_OF_THESE, REASON, Codes, Counts, Dimension
from referral_desk.store import Work
from referral_desk.words import N_, _

BASE = 5

_NO_ANSWER = {NONE_OF_THESE: N_("none of these")} | {f"{REASON}{why.code}": why.english for why in Unanswered}


@dataclass(frozen=True)
class Table:
    """Numbers of cases, all protected. `cells` has a row for each row code and a figure for each column code.

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
        """The table as it is written: headings, rows, and the totals last."""
        crossed = len(self.dimensions) == 2
        everything = _("All cases")
        lines: list[list[str | int]] = [[self.corner, *self.column_labels]]
        lines += [[label, *cells] for label, cells in zip(self.row_labels, self.cells, strict=True)]
        if crossed:
            lines[0].append(everything)
            for line, total in zip(lines[1:], self.row_totals, strict=True):
                line.append(total)
        return [*lines, [everything, *self.column_totals, self.total]]


def count(work: Work, names: Sequence[str]) -> Table:
    """Count the cases of the desk by one or two dimensions, such as `person.gender`; the journal notes by which.

    No name is needed for it: give it a piece of work with no seal in force.
    """
    by = counting.chosen(names)
    work.note(Act.COUNTED, " ".join(names))
    counts = protected_counts(counting.unprotected(work.session, by))
    return _along(by[0], counts) if len(by) == 1 else _crossed(by, counts)


def protected(number: int) -> int:
    """The nearest multiple of five; a number is never moved by more than two."""
    return (number + BASE // 2) // BASE * BASE


def protected_counts(exact: Counts) -> Counts:
    """Every number rounded on its own."""
    return Counts(
        protected(exact.total),
        tuple(Counter({code: protected(number) for code, number in margin.items()}) for margin in exact.margins),
        Counter({codes: protected(number) for codes, number in exact.cells.items()}),
    )


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
    """The codes that get a line. Of an open list only those whose rounded figure is not 0.

    A line for a country with a single case would say, by being there, that there is one.
    """
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
        _("These figures are provisional: each is rounded to a multiple of 5, and 0 may stand for 1 or 2."),
        _("Totals are rounded on their own, so that rows and columns need not add up to them."),
        _("Cases are counted, not steps: of one answer that changed, the latest counts."),
    ]
    for dimension in by:
        name = {"dimension": dimension.label}
        if dimension.has_many:
            sentences.append(_("A case with several answers to “%(dimension)s” is counted in each of them.") % name)
        if not issubclass(dimension.question.vocabulary, Term):
            sentences.append(_("What rounds to 0 has no line under “%(dimension)s”.") % name)
    return tuple(dict.fromkeys(sentences))
