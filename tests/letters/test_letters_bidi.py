"""Both directions on one page: Unicode's own cases, and what a reader of an Arabic form must not misread."""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from referral_desk import words
from referral_desk.letters import bidi, faces, paper, shaping
from referral_desk.letters.lines import broken
from referral_desk.letters.shapes import Beside, Panel, Text, Tick
from tests.letters import ana

SAMPLE = Path(__file__).parent / "bidi_cases.txt.gz"
WHOLE = Path("/usr/share/unicode/BidiCharacterTest.txt")
BODY = faces.Face(10, 13)

PHONE = "+381 11 206 8200"
ARABIC = f"اتصلوا على {PHONE} (أو RF-7K3M-9QXF) قبل 09.03.2026"


def cases(text: str) -> Iterator[tuple[str, str, str, str, str]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            codes, direction, level, levels, order = line.split(";")
            yield "".join(chr(int(code, 16)) for code in codes.split()), direction, level, levels, order


def told_apart(text: str, direction: str) -> tuple[str, str, str]:
    """What our algorithm says of a case, written as Unicode writes it."""
    base = {"0": bidi.LEFT, "1": bidi.RIGHT}.get(direction, bidi.first_strong(text))
    runs = bidi.runs(text, bidi.levels(text, base), base)
    level_of = {at: run.level for run in runs for at in range(run.start, run.end)}
    drawn = [at for run in runs for at in (range(run.start, run.end)[:: -1 if run.is_leftward else 1])]
    gone = {at for at, sign in enumerate(text) if unicodedata.bidirectional(sign) in bidi.TAKEN_OUT}
    levels = ("x" if at in gone else str(level_of[at]) for at in range(len(text)))
    return str(base), " ".join(levels), " ".join(str(at) for at in drawn if at not in gone)


def wrong(text: str) -> list[str]:
    return [case[0] for case in cases(text) if told_apart(case[0], case[1]) != case[2:]]


def test_a_sample_of_the_cases_of_unicode() -> None:
    assert wrong(gzip.decompress(SAMPLE.read_bytes()).decode()) == []


def test_all_cases_of_unicode() -> None:
    if not WHOLE.exists():
        pytest.skip(f"{WHOLE} is not here: it comes with Debian's package unicode-data")

    assert wrong(WHOLE.read_text(encoding="utf-8")) == []


def drawn(*texts: str, language: str = "ar", width: float = 400) -> bytes:
    with words.speaking(language):
        furniture = paper.Furniture("", "", "", lambda _page, _pages: "")
        return paper.render([Text(text, BODY) for text in texts], furniture, language=language)


def words_on(pdf: bytes) -> list[tuple[float, str]]:
    """Words of the first page by where they begin, from left to right."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        signs = [(page.get_charbox(at)[0], page.get_text_range(at, 1)) for at in range(page.count_chars())]
    return sorted(signs)


def seen(pdf: bytes) -> str:
    """The signs of a page with one line, as the eye meets them from left to right."""
    return "".join(sign for _left, sign in words_on(pdf) if not sign.isspace())


def test_phones_codes_and_dates_keep_their_order_in_arabic_text() -> None:
    told = seen(drawn(ARABIC))

    assert PHONE.replace(" ", "") in told
    assert "RF-7K3M-9QXF" in told
    assert "09.03.2026" in told
    assert told.index("2026") < told.index("RF-") < told.index("+381")


def test_brackets_are_mirrored_with_the_text_they_hold() -> None:
    parts = shaping.spans("(امرأة)", shaping.REGULAR, leftward=True)

    assert [parts[0].signs, parts[-1].signs] == ["(", ")"]
    assert "(امرأة)" in ana.text_of(drawn("طبيبة (امرأة) فقط"))


def test_persian_and_arabic_figures_run_to_the_right() -> None:
    told = seen(drawn("شماره ۱۲۳۴"))

    assert "۱۲۳۴" in told


def test_arabic_letters_are_joined() -> None:
    shaping.embed_fonts()
    whole = shaping.spans("بيت", shaping.REGULAR, leftward=True)[0]
    alone = [shaping.spans(letter, shaping.REGULAR, leftward=True)[0] for letter in "بيت"]

    assert not {glyph.sign for glyph in whole.glyphs[1:]} & {one.glyphs[0].sign for one in alone}
    assert whole.width < sum(one.width for one in alone)


def test_a_name_in_persian_keeps_the_break_between_its_letters() -> None:
    assert "می\u200cخواهم" in ana.text_of(drawn("می\u200cخواهم", language="ar")).replace("\u200b", "")


@pytest.mark.parametrize("said", ["الإحالة لا تعتمد على أحد", "Ана Đorđević ș ț ë Ї ґ ı", "Cyrillic Љубица"])
def test_what_is_drawn_can_be_copied_as_it_was_written(said: str) -> None:
    assert said in ana.text_of(drawn(said))


def test_the_same_text_is_the_same_file_whatever_was_drawn_before() -> None:
    first = drawn(ARABIC)
    drawn("قالت إنها خائفة", "پژوهش گچ")

    assert drawn(ARABIC) == first


def test_an_arabic_page_begins_at_the_right() -> None:
    with words.speaking("ar"):
        pair = Beside([Text("أول", BODY), Panel(Tick("ثان", BODY, ticked=True))], (1, 1))
        pdf = paper.render([pair], paper.Furniture("", "", "", lambda *_pages: ""), language="ar")

    places = {sign: left for left, sign in words_on(pdf)}
    assert places["أ"] > paper.width() > places["ث"]


def test_a_text_broken_between_two_pages_keeps_its_order() -> None:
    with words.speaking("ar"):
        text = Text("كلمة " * 40 + PHONE, BODY)
        text.wrap(200, 1000)
        first, rest = text.split(200, 40)

    assert [line.text for part in (first, rest) for line in part.lines] == [line.text for line in text.lines]


def test_lines_are_no_wider_than_the_page() -> None:
    lines = broken(ARABIC * 5 + "ش" * 300, BODY, 150, base=bidi.RIGHT)

    assert max(line.width for line in lines) <= 150.001
    assert "".join(line.text for line in lines).replace(" ", "") == (ARABIC * 5 + "ش" * 300).replace(" ", "")
