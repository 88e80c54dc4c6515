"""Publications as files: what a reader must know travels inside, and nothing in them names who made them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from referral_desk import __version__, files, words
from referral_desk.errors import UnknownEnding
from referral_desk.statistics import blocks, open_document, report
from referral_desk.statistics.publication import Publication
from referral_desk.words import _

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a day that says nothing; the format knows no time zone
_LONGEST_SHEET_NAME = 31
_SIGNS_IN_A_LINE = 90
_LINE = 15
"""The height of a line, in points."""

Lines = list[list[str | int]]


def content(told: Publication, ending: str) -> bytes:
    """The file in the form that an ending such as `.ods` names; UnknownEnding where there is none."""
    form = FORMS.get(ending.lower())
    if form is None:
        raise UnknownEnding
    return form(told)


def as_csv(told: Publication) -> bytes:
    """Title, method and one table below the other; see files.as_csv."""
    lines: Lines = []
    for name, part in _sheets(told):
        lines += [[name], *part, []]
    return files.as_csv(lines)


def as_xlsx(told: Publication) -> bytes:
    """A workbook, made in memory: the method first, then a sheet for each table."""
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.set_properties({"author": "", "created": _MADE})
    bold, plain = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
    for at, (name, lines) in enumerate(_sheets(told)):
        sheet = book.add_worksheet(_sheet_name(name, at))
        if words.is_right_to_left():
            sheet.right_to_left()
        _fill(sheet, name, lines, bold, None if at else plain)
    book.close()
    return target.getvalue()


def as_ods(told: Publication) -> bytes:
    """The same sheets as an OpenDocument spreadsheet."""
    sheets: list[tuple[str, Lines]] = []
    for at, (name, lines) in enumerate(_sheets(told)):
        heading: Lines = [[name], []]
        sheets.append((_sheet_name(name, at), heading + lines))
    return open_document.spreadsheet(sheets, right_to_left=words.is_right_to_left())


def as_json(told: Publication) -> bytes:
    """For programs; `docs/publication.schema.json` describes it. Labels are in the language spoken, codes are not."""
    release = told.release
    whole: dict[str, Any] = {
        "format": "referral-desk/publication",
        "version": 1,
        "program": __version__,
        "language": words.language(),
        "organisation": told.organisation,
        "family": {"name": told.family.name, "hash": told.family.hash, "base": told.family.base},
        "method": list(told.method),
        "sheet": [*told.sheet, *told.still_open()],
        "blocks": [blocks.as_data(block) for block in release.blocks],
        "tables": [_table(table) for table in told.tables],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _table(table: Any) -> dict[str, Any]:
    return {
        "name": table.which.name,
        "title": table.title,
        "rows": [{"code": c, "label": label} for c, label in zip(table.row_codes, table.row_labels, strict=True)],
        "columns": [
            {"code": c, "label": label} for c, label in zip(table.column_codes, table.column_labels, strict=True)
        ],
        "cells": [list(row) for row in table.cells],
        "row_totals": list(table.row_totals),
        "column_totals": list(table.column_totals),
        "total": table.total,
        "adds_up": table.adds_up,
    }


def _sheets(told: Publication) -> Iterator[tuple[str, Lines]]:
    """What stands in the file, part by part: the first says what must be known, each other is a table."""
    head: Lines = [[told.organisation], [told.title], [told.periods], []]
    method: Lines = [[sentence] for sentence in told.method]
    sheet: Lines = [[sentence] for sentence in (*told.sheet, *told.still_open())]
    yield _("Method"), [*head, *method, [], *sheet]
    for table in told.tables:
        yield table.title, table.lines


def _fill(sheet: Worksheet, name: str, lines: Lines, bold: Any, texts: Any) -> None:
    sheet.set_column(0, 0, _SIGNS_IN_A_LINE if texts else 44)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(1, 60, 14)
    sheet.write_string(0, 0, name, bold)
    if texts is None:
        sheet.freeze_panes(3, 1)
    for row, line in enumerate(lines, 2):
        is_head = texts is None and row in (2, len(lines) + 1)
        if texts and line:
            # Not every program finds the height of a text that takes several lines by itself.
            sheet.set_row(row, _LINE * ceil(len(str(line[0])) / (1.1 * _SIGNS_IN_A_LINE)))
        for column, cell in enumerate(line):
            form = bold if is_head or (texts is None and column == 0) else texts
            _put(sheet, row, column, cell, form)


def _put(sheet: Worksheet, row: int, column: int, cell: str | int, form: object) -> None:
    # write() alone would take a text that begins with = for a formula.
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, form)
    else:
        sheet.write_number(row, column, cell, form)


def _sheet_name(name: str, at: int) -> str:
    """Workbooks allow 31 characters of a name, few signs, and each name once."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", name)
    numbered = f"{at} {plain}" if at else plain
    return " ".join(numbered.split())[:_LONGEST_SHEET_NAME].strip()


FORMS: dict[str, Callable[[Publication], bytes]] = {
    ".csv": as_csv,
    ".xlsx": as_xlsx,
    ".ods": as_ods,
    ".json": as_json,
    ".pdf": report.as_pdf,
}
"""How each ending is written."""
