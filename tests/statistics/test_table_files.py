"""Tables as files: whole, with their note, and saying nothing of whoever made them."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest

from referral_desk import files, statistics, words
from referral_desk.errors import UnknownEnding, UnwritableTarget


@pytest.fixture
def table(crowd) -> statistics.Table:
    with crowd.work(unsealed=False) as work:
        return statistics.count(work, ["person.gender", "interview.exploitation"])


def test_the_file_says_what_the_window_shows_and_that_it_is_provisional(table):
    rows = list(csv.reader(io.StringIO(statistics.as_csv(table).decode("utf-8-sig"))))

    assert rows[0][:2] == [
        "The person: Gender / Identification interview: Forms of exploitation",
        "Sexual exploitation",
    ]
    assert rows[1] == ["Woman", *map(str, table.cells[0]), str(table.row_totals[0])]
    assert rows[len(table.row_codes) + 1] == ["All cases", *map(str, table.column_totals), str(table.total)]
    assert [row[0] for row in rows[len(table.row_codes) + 3 :]] == list(table.note)
    assert "provisional" in table.note[0]
    assert any("several answers" in sentence for sentence in table.note)


def test_spreadsheets_see_that_it_is_utf_8(table):
    assert statistics.as_csv(table).startswith(b"\xef\xbb\xbf")


def test_no_cell_is_calculated():
    lines: list[list[str | int]] = [["=1+1", "+49", "-5", "-x", "@here", 'say "hi"', 3], ["\tx"]]

    told = list(csv.reader(io.StringIO(files.as_csv(lines).decode("utf-8-sig"))))

    assert told == [["'=1+1", "+49", "-5", "'-x", "'@here", 'say "hi"', "3"], ["'\tx"]]


def test_the_workbook_holds_the_same_lines_and_the_note(table):
    book = openpyxl.load_workbook(io.BytesIO(statistics.as_xlsx(table)))
    [sheet] = book.worksheets
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]

    assert rows[: len(table.lines)] == table.lines
    assert [row[0] for row in rows[len(table.lines) + 1 :]] == list(table.note)


def test_the_workbook_names_no_author_and_no_day(table):
    content = statistics.as_xlsx(table)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        core = parts.read("docProps/core.xml").decode()
        dates = {part.date_time for part in parts.infolist()}

    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert core.count("2000-01-01T00:00:00Z") == core.count("dcterms:W3CDTF") == 2
    assert len(dates) == 1
    assert content == statistics.as_xlsx(table)


def test_a_table_in_arabic_runs_from_the_right(crowd, monkeypatch):
    monkeypatch.setattr(words, "is_right_to_left", lambda: True)
    with crowd.work(unsealed=False) as work:
        content = statistics.as_xlsx(statistics.count(work, ["person.gender"]))

    assert openpyxl.load_workbook(io.BytesIO(content)).active.sheet_view.rightToLeft


@pytest.mark.parametrize("name", ["table.csv", "table.XLSX"])
def test_the_ending_names_the_form(table, tmp_path, name):
    statistics.write(table, tmp_path / name)

    assert (tmp_path / name).read_bytes() == (statistics.as_csv if "csv" in name else statistics.as_xlsx)(table)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_another_ending_is_refused_before_anything_is_written(table, tmp_path):
    with pytest.raises(UnknownEnding):
        statistics.write(table, tmp_path / "table.pdf")

    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_leaves_nothing_behind(table, tmp_path):
    with pytest.raises(UnwritableTarget):
        statistics.write(table, tmp_path / "nowhere" / "table.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UnwritableTarget):
        statistics.write(table, tmp_path / "folder.csv")

    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]
