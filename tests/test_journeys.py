"""The whole way: from the first word to the paper that leaves."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

SCRIPTS = Path(__file__).parent.parent / "scripts"
WORDS = ("Veronka", "Dragutinović", "Nikolina", "Vrelograd", "555 01 23", "Danica")
IDENTIFIERS = (*WORDS, "2004")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demo leaves behind; its last words lie beside it as a file."""
    folder = tmp_path_factory.mktemp("journey") / "demo"
    call = [sys.executable, str(SCRIPTS / "demo.py"), str(folder)]
    done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stderr[-500:]
    (folder / "said.log").write_text(done.stdout, encoding="utf-8")
    return folder


def form(place: Path) -> str:
    with pypdfium2.PdfDocument(place / "referral-form.pdf") as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_form_asks_for_the_service_and_tells_nobody_who_she_is(place: Path) -> None:
    text = form(place)

    assert "Medical care" in text
    assert "Women's Health Centre" in text.replace("’", "'")
    assert re.search(r"RF-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert not any(known in text for known in IDENTIFIERS)


def test_the_form_says_nothing_beside_its_pages(place: Path) -> None:
    with pypdfium2.PdfDocument(place / "referral-form.pdf") as pdf:
        about = pdf.get_metadata_dict()
    raw = (place / "referral-form.pdf").read_bytes()

    assert not about.get("Author")
    assert not any(known in str(about) for known in IDENTIFIERS)
    assert not any(known.encode() in raw for known in IDENTIFIERS)


def test_nothing_of_her_lies_on_the_disk(place: Path) -> None:
    held = b"".join(file.read_bytes() for file in (place / "desk").rglob("*") if file.is_file())

    # Without the year: among the hexadecimal figures of the keys four like it stand once in fifty times.
    assert not any(known.encode() in held for known in WORDS)
    assert not (place / "desk" / "data-0001.db").read_bytes().startswith(b"SQLite format 3")


def test_the_tables_are_rounded_and_say_so(place: Path) -> None:
    book = load_workbook(place / "figures.xlsx")
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    table = (place / "figures.csv").read_text(encoding="utf-8-sig")

    assert {value % 5 for value in values if isinstance(value, int)} == {0}
    assert any("multiples of 5" in str(value) for value in values)
    assert "multiples of 5" in table
    assert not book.properties.creator or book.properties.creator == "openpyxl"


def test_the_return_was_refused_on_the_way(place: Path) -> None:
    said = (place / "said.log").read_text(encoding="utf-8")

    assert "$ referral-desk take return" in said
    assert "Taken: Return." not in said
    assert "Taken: Referral." in said
