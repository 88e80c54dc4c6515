"""Tables as files: the note travels inside, and nothing in them names who made them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from referral_desk import files, words
from referral_desk.errors import UnknownEnding
from referral_desk.statistics.tables import Table
from referral_desk.words import _

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a day that says nothing; the format knows no time zone


def write(table: Table, target: Path) -> None:
    """Write a table in the form that the ending names; UnknownEnding, or what files.write raises."""
    forms = {".csv": as_csv, ".xlsx": as_xlsx}
    form = forms.get(target.suffix.lower())
    if form is None:
        raise UnknownEnding
    files.write(target, form(table))


def as_csv(table: Table) -> bytes:
    """Headings, rows and totals, an empty line, the note; see files.as_csv."""
    return files.as_csv([*table.lines, [], *([sentence] for sentence in table.note)])


def as_xlsx(table: Table) -> bytes:
    """A workbook of one sheet, made in memory; author and date are those of nobody and no day."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    book.set_properties({"author": "", "created": _MADE})
    _fill(book, book.add_worksheet(_("Cases")), table)
    book.close()
    return content.getvalue()


def _fill(book: Workbook, sheet: Worksheet, table: Table) -> None:
    bold = book.add_format({"bold": True})
    if words.is_right_to_left():
        sheet.right_to_left()
    sheet.set_column(0, 0, 40)
    sheet.freeze_panes(1, 1)
    lines = table.lines
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            form = bold if row in (0, len(lines) - 1) or column == 0 else None
            _put(sheet, row, column, cell, form)
    for row, sentence in enumerate(table.note, len(lines) + 1):
        sheet.write_string(row, 0, sentence)


def _put(sheet: Worksheet, row: int, column: int, cell: str | int, form: object) -> None:
    # write() alone would take a text that begins with = for a formula.
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, form)
    else:
        sheet.write_number(row, column, cell, form)
