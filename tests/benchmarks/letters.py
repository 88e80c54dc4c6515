"""What paper costs: drawing, the last look, the preview; beside bare ReportLab, WeasyPrint and LibreOffice.

WeasyPrint and LibreOffice are no packages of ours: where one is not installed, its line is left out.
"""

from __future__ import annotations

import html
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from referral_desk import letters, words
from referral_desk.letters import drawing, linter, reading, sheet
from referral_desk.letters.sheet import Sheet
from tests.benchmarks.ground import desk
from tests.benchmarks.parts import FORMS, _printable
from tests.benchmarks.timing import each

FEW = 20
CASES = 500
"""In which something is planted, once in every disguise."""

_CSS = "@page { size: A4; margin: 2cm } body { font: 9.5pt 'Noto Sans' } h2 { color: #0f766e } td { width: 33% }"


def two_pages(ground: Path) -> float:
    """Forms of two pages: what they say, put into words and drawn."""
    return each(_drawn, _long_sheets(ground, FORMS))


def two_pages_floor(ground: Path) -> float:
    """The same words drawn with bare ReportLab where they stand."""
    from tests.letters.by_hand import draw, words_of

    written = [words_of(lambda one=one: _drawn(one)) for one in _long_sheets(ground, FORMS)]
    return each(draw, written)


def few_pages(ground: Path) -> float:
    return each(_drawn, _long_sheets(ground, FEW))


def weasyprint(ground: Path) -> float:
    """The same words as a web page of paragraphs, laid out and made into PDF."""
    weasy = import_module("weasyprint")
    pages = [_as_html(one) for one in _long_sheets(ground, FEW)]
    return each(lambda page: weasy.HTML(string=page).write_pdf(), pages)


def libreoffice(ground: Path) -> float:
    """The same page converted; a process for each, as a program would have to start it."""
    with TemporaryDirectory() as folder:
        files = []
        for number, one in enumerate(_long_sheets(ground, 3)):
            files.append(Path(folder) / f"{number}.html")
            files[-1].write_text(_as_html(one), encoding="utf-8")
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder]
        return each(lambda file: subprocess.run([*command, str(file)], check=True, capture_output=True), files)


def linting(ground: Path) -> float:
    """The last look at one page, with every sealed answer of the case."""
    with desk(ground) as opened:
        with opened.work(unsealed=False) as work:
            ids = _printable(work)[:200]
            made = [letters.referral_form(work, id_, language="en") for id_ in ids]
        with opened.work() as work:
            looks = [(letter.pdf, _case_of(work, id_)) for id_, letter in zip(ids, made, strict=True)]
            pages = sum(len(reading.read(pdf).pages) for pdf, _case in looks) / len(looks)
            return each(lambda look: linter.findings(*look), looks) / pages


def previewing(ground: Path) -> float:
    """From the wish to the picture of the first page: made, looked at, drawn."""
    from referral_desk.gui.paper import drawn_page

    with desk(ground) as opened:
        with opened.work(unsealed=False) as work:
            ids = _printable(work)[:50]

        def preview(id_: Any) -> None:
            drawn_page(letters.checked_referral_form(opened, id_, language="en").pdf, 0, width=860)

        return each(preview, ids)


def are_there(part: str) -> bool:
    """Whether what a line is compared with is installed here."""
    return {"weasyprint": find_spec("weasyprint") is not None, "libreoffice": shutil.which("soffice") is not None}.get(
        part, True
    )


def tell_found(cases: int = CASES) -> None:
    """Print how much of what is planted the last look finds, and how often it stops somebody for nothing."""
    from tests.letters import planting

    seen = planting.every(cases)
    planted = Counter(one.what for one in seen if one.what)
    found = Counter(one.what for one in seen if one.what and one.found)
    print(
        f"\nplanted in {cases} cases: {found.total()} of {planted.total()} found, {found.total() / planted.total():.2%}"
    )
    for what, count in planted.items():
        print(f"  {what:<28}{found[what]:>6} of {count}")
    alarms = sum(len(one.found) for one in seen if not one.what)
    print(f"false alarms on {cases} clean pages: {alarms}, {10 * alarms / cases:.2f} for ten pages")


def _drawn(one: Sheet) -> bytes:
    with words.speaking("en"):
        return drawing.drawn(one, language="en")


def _case_of(work: Any, referral_id: Any) -> Any:
    from referral_desk.nrm.referral import Referral

    return work.case(work.revisions(Referral, referral_id)[-1].case_id)


def _long_sheets(ground: Path, count: int) -> list[Sheet]:
    """What the forms of the practice desk say, told at such length that it takes two pages."""
    caught: list[Sheet] = []
    with desk(ground) as opened, opened.work(unsealed=False) as work:
        for id_ in _printable(work)[:count]:
            with _watched(caught):
                letters.referral_form(work, id_, language="en")
    return [replace(one, sections=one.sections * 3) for one in caught]


class _watched:  # noqa: N801 - used like a function
    """Catches the sheets that are filled meanwhile."""

    def __init__(self, caught: list[Sheet]) -> None:
        self.caught = caught
        self.fill: Callable[..., Sheet] = sheet.fill

    def __enter__(self) -> None:
        def fill(*given: Any, **more: Any) -> Sheet:
            self.caught.append(self.fill(*given, **more))
            return self.caught[-1]

        sheet.fill = fill

    def __exit__(self, *_error: object) -> None:
        sheet.fill = self.fill


def _as_html(one: Sheet) -> str:
    parts = [f"<h1>{html.escape(one.sections[0].heading)}</h1>"]
    for section in one.sections:
        parts.append(f"<h2>{html.escape(section.heading)}</h2><table>")
        parts += [_row(entry.line.label, entry.line.text) for entry in section.entries]
        parts.append("</table>")
    parts += [f"<p>{html.escape(line.label)}: {html.escape(line.text)}</p>" for line in one.told]
    return f"<html><style>{_CSS}</style><body>{''.join(parts)}</body></html>"


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"
