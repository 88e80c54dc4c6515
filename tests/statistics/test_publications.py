"""Publications in every form: the same figures, with all that must be known, saying nothing of whoever made them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import openpyxl
import pypdfium2
import pytest

from referral_desk import files, words
from referral_desk.errors import UnknownEnding
from referral_desk.statistics import blocks, families, open_document, presenting, writing
from referral_desk.statistics.certificate import Certificate
from referral_desk.statistics.families import Cells, Dimension, Family
from referral_desk.statistics.presenting import Which
from referral_desk.statistics.publication import Publication, publication
from tests.statistics import published

REGIONS = {"SRB": "039", "ALB": "039", "BIH": "039", "NGA": "202", "GHA": "202"}

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@pytest.fixture(scope="module")
def told() -> Publication:
    release = published.release()
    return publication(
        "Shelters of the North", published.family(), release, open_blocks=(lambda: "2026-Q1 is still open.",)
    )


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def rows_of_ods(content: bytes) -> dict[str, list[list[str | int]]]:
    """The sheets of an OpenDocument file, read by hand."""
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))  # noqa: S314 - our own file
    found = {}
    for sheet in root.iter(f"{TABLE}table"):
        rows = []
        for row in sheet.iter(f"{TABLE}table-row"):
            cells = [cell for cell in row.iter(f"{TABLE}table-cell") if cell.get(f"{OFFICE}value-type")]
            rows.append([_value(cell) for cell in cells])
        found[str(sheet.get(f"{TABLE}name"))] = rows
    return found


def _value(cell: ET.Element) -> str | int:
    value = cell.get(f"{OFFICE}value")
    return int(value) if value is not None else "".join(cell.itertext())


def test_a_question_with_several_answers_is_one_table(told):
    table = presenting.shown(told.release, Which("interview.exploitation", "person.gender", "YES"))

    assert table.title == "Form of exploitation and Gender"
    assert table.row_labels == ("Sexual exploitation", "Forced labour or services")
    assert table.column_labels[:2] == ("Woman", "Man")
    assert table.cells[0][0] == told.release.cells["person.gender", "interview.exploitation=SEX"]["F", "YES"]
    assert table.row_totals[0] == told.release.cells["interview.exploitation=SEX",]["YES",]
    assert table.total == told.release.total
    assert not table.adds_up


def test_what_has_too_few_cases_has_no_line_and_it_is_said(told):
    table = presenting.shown(told.release, Which("person.citizenships"))

    assert "Nauru" not in table.row_labels
    assert sum(table.row_totals) == table.total
    assert any(sentence.startswith("Citizenship: too few") and "Nauru" in sentence for sentence in told.sheet)
    assert any(sentence.startswith("Form of exploitation:") for sentence in told.sheet)


def test_a_line_that_not_every_block_has_says_so(told):
    """Somebody is in the sum of two periods by her own line in one of them, and with others in the other."""
    big, small = published.block(published.FIRST, 400, 1), published.block(published.SECOND, 30, 2)
    release = blocks.summed(published.family(), [big, small])
    both = publication("Shelters of the North", published.family(), release)
    countries = presenting.shown(release, Which("person.citizenships"))
    forms = presenting.shown(release, Which("interview.exploitation", "person.gender", "YES"))

    assert countries.row_labels[:3] == ("Moldova", "Ukraine", "Serbia (in 1 of 2 blocks)")
    assert forms.row_labels == ("Sexual exploitation", "Forced labour or services (in 1 of 2 blocks)")
    assert release.cells["person.citizenships",]["SRB",] == big.cells["person.citizenships",]["SRB",]
    assert any("In 2 of 3 blocks" in sentence for sentence in both.method)
    assert not any("In 2 of 3 blocks" in sentence for sentence in told.method)


def test_what_is_left_of_a_region_says_that_it_is_the_rest(told):
    """Beside Serbia, Southern Europe is all others of Southern Europe, and alone it is all of it."""
    regions = Dimension("person.citizenships", ("SRB", "ALB", "BIH", "NGA", "GHA"), REGIONS)
    family = families.checked(Family("intake", (regions,), (("person.citizenships",),)))
    numbers = {"SRB": 20, "039": 15, "202": 15}
    cells: Cells = {(): {(): 50}, ("person.citizenships",): {(code,): number for code, number in numbers.items()}}
    proof = Certificate(50, 4, 4)
    lists = {"person.citizenships": tuple(numbers)}
    block = blocks.Block("S", published.FIRST, "intake", family.hash, 5, lists, cells, proof)

    table = presenting.shown(blocks.summed(family, [block]), Which("person.citizenships"))

    assert table.row_labels == ("Serbia", "Southern Europe: others", "Sub-Saharan Africa")


def test_three_questions_are_a_table_for_children_and_one_for_adults(told):
    titles = [table.title for table in told.tables]

    assert "Form of exploitation and Gender: Children" in titles
    assert "Form of exploitation and Gender: Adults" in titles
    children = presenting.shown(
        told.release, Which("interview.exploitation", "person.gender", "YES", "person.age_group", "CHILD")
    )
    among = Which("person.citizenships", "person.gender", "", "interview.exploitation=SEX", "YES")
    assert presenting.title(among) == "Citizenship and Gender (Form of exploitation: Sexual exploitation: Yes)"
    assert children.total == told.release.cells["person.age_group",]["CHILD",]


@pytest.mark.parametrize("table", presenting.in_release(published.family(), published.release()))
def test_rows_and_columns_add_up(told, table):
    shown = presenting.shown(told.release, table)

    assert all(sum(row) == total for row, total in zip(shown.cells, shown.row_totals, strict=True))
    assert sum(shown.column_totals) == shown.total
    if shown.adds_up:
        assert [sum(column) for column in zip(*shown.cells, strict=True)] == list(shown.column_totals)


def test_the_names_of_tables_differ():
    every = presenting.tables_of(published.family())

    assert len({which.name for which in every}) == len(every)


def test_the_method_says_what_a_reader_must_know(told):
    said = " ".join(told.method)

    assert "multiples of 5" in said
    assert "more than 4 away" in said
    assert "2 blocks are added up here" in said
    assert "never by more than 8" in said
    assert "Differences under 10 should not be interpreted." in said
    assert any("invented people reproduce all" in sentence for sentence in told.sheet)


@pytest.mark.parametrize("ending", sorted(writing.FORMS))
def test_every_form_holds_the_method_the_sheet_and_the_figures(told, ending):
    content = writing.content(told, ending)
    text = {
        ".pdf": text_of,
        ".csv": lambda held: held.decode("utf-8-sig"),
        ".json": lambda held: held.decode(),
        ".ods": lambda held: str(rows_of_ods(held)),
        ".xlsx": lambda held: str([[c.value for r in s for c in r] for s in openpyxl.load_workbook(io.BytesIO(held))]),
    }[ending](content)
    plain = " ".join(re.sub(r"\s+", " ", text).split())

    assert "Shelters of the North" in plain
    assert "multiples of 5 so that no person can be recognised" in plain
    assert "2026-Q1 is still open." in plain
    assert "Checked:" in plain
    assert str(told.release.total) in plain


@pytest.mark.parametrize("ending", sorted(writing.FORMS))
def test_the_same_figures_give_the_same_bytes(told, ending):
    if ending == ".xlsx":
        one, other = (openpyxl.load_workbook(io.BytesIO(writing.content(told, ending))) for _twice in range(2))
        assert [s.title for s in one] == [s.title for s in other]
        return

    assert writing.content(told, ending) == writing.content(told, ending)


@pytest.mark.parametrize("language", ["en", "sr_Cyrl", "sr_Latn", "ar"])
def test_a_publication_is_made_in_every_language(told, language):
    with words.speaking(language):
        again = told.again([told.tables[0].which])
        content = writing.content(again, ".csv").decode("utf-8-sig")
        pdf = writing.content(again, ".pdf")

    assert len(again.tables) == 1
    assert pdf.startswith(b"%PDF")
    assert again.tables[0].title in content


def test_the_workbook_has_a_sheet_for_each_table_and_its_lines(told):
    book = openpyxl.load_workbook(io.BytesIO(writing.as_xlsx(told)))

    assert book.sheetnames[0] == "Method"
    assert len(book.sheetnames) == len(told.tables) + 1
    rows = [list(row) for row in book.worksheets[1].iter_rows(values_only=True, min_row=3)]
    assert [[cell for cell in row if cell is not None] for row in rows] == told.tables[0].lines
    properties = book.properties
    assert not (properties.creator or "").strip()
    assert properties.created.year == 2000


def test_an_open_document_holds_the_same_lines(told):
    sheets = rows_of_ods(writing.as_ods(told))
    [*_heads, last] = list(sheets.values())[1]

    assert last == told.tables[0].lines[-1]
    archive = zipfile.ZipFile(io.BytesIO(writing.as_ods(told)))
    assert archive.namelist()[0] == "mimetype"
    assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_no_cell_is_calculated():
    sheets: list[tuple[str, list[list[str | int]]]] = [("A & <B>", [["=1+1", -5], ["\x07@x"]])]
    content = open_document.spreadsheet(sheets, right_to_left=False)
    told = list(csv.reader(io.StringIO(files.as_csv([["=1+1", "-5", "-x", "@y", 3]]).decode("utf-8-sig"))))

    assert rows_of_ods(content) == {"A & <B>": [["=1+1", -5], [" @x"]]}
    assert b"formula" not in zipfile.ZipFile(io.BytesIO(content)).read("content.xml")
    assert told == [["'=1+1", "-5", "'-x", "'@y", "3"]]


def test_an_organisation_that_begins_like_a_formula_calculates_nothing():
    odd = publication("=HYPERLINK(1)", published.family(), published.release())

    [first, *_more] = openpyxl.load_workbook(io.BytesIO(writing.as_xlsx(odd))).worksheets
    assert first["A3"].value == "=HYPERLINK(1)"
    assert first["A3"].data_type == "s"
    assert "'=HYPERLINK(1)" in writing.as_csv(odd).decode("utf-8-sig")


def test_the_report_has_charts_page_numbers_and_no_name_of_whoever_made_it(told):
    pdf = writing.content(told, ".pdf")
    text = text_of(pdf)

    assert "Page 1 of" in text
    assert "Persons by period" in text
    assert not pypdfium2.PdfDocument(pdf).get_metadata_dict().get("Author")


def test_programs_read_codes_that_no_language_changes(told):
    english = json.loads(writing.as_json(told))
    with words.speaking("ar"):
        arabic = json.loads(writing.as_json(told.again()))

    assert [table["name"] for table in english["tables"]] == [table["name"] for table in arabic["tables"]]
    assert english["tables"][0]["rows"][0]["code"] == arabic["tables"][0]["rows"][0]["code"] == "F"
    assert english["blocks"] == arabic["blocks"]


def test_another_ending_is_said_with_those_there_are(told):
    with pytest.raises(UnknownEnding) as raised:
        writing.content(told, ".doc")

    assert all(ending in str(raised.value) for ending in writing.FORMS)
