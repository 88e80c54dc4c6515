"""A finished PDF, read as somebody would who looks for more than is printed: text, properties, pictures, raw bytes."""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from binascii import unhexlify
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

import pypdfium2

from referral_desk.letters import pictures

PDFIUM = Lock()
"""Held while PDFium works: it may serve one thread at a time, in the whole program."""

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_HEX_STRING = re.compile(rb"(?<!<)<([0-9A-Fa-f\s]{4,})>")
_NAME_WITH_HEX = re.compile(rb"/([^\s/<>()\[\]]*#[0-9A-Fa-f]{2}[^\s/<>()\[\]]*)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LANGUAGE = re.compile(rb"/Lang \(([\w-]+)\)")
_LETTERS = re.compile(rb"(?:[A-Za-z]|[\xc3-\xdf][\x80-\xbf]){5,}")
_WIDE_LETTERS = re.compile(rb"(?:\x00[A-Za-z\xc0-\xff]|[\x01-\x06].){5,}", re.DOTALL)
_WIDE_LETTERS_BACK = re.compile(rb"(?:[A-Za-z\xc0-\xff]\x00|.[\x01-\x06]){5,}", re.DOTALL)
_FONT_PROGRAM = b"\x00\x01\x00\x00"
_LEFTWARD = re.compile("[\u0590-\u07bf\ufb1d-\ufdff\ufe70-\ufefc]")

_BESIDE = {
    "file": re.compile(rb"/EmbeddedFiles?\b|/Filespec\b"),
    "program": re.compile(rb"/JavaScript\b|/JS\b|/Launch\b|/OpenAction\b"),
    "note": re.compile(rb"/Annots?\b"),
}
"""What none of our papers has."""


@dataclass(frozen=True)
class Read:
    """What a PDF holds: text of pages, what pictures say of themselves, and every string and word elsewhere.

    `beside` are keys of what lies in the file besides pages: "file", "program", "note", "place" (of a picture).
    """

    pages: tuple[str, ...]
    elsewhere: str
    language: str
    pictures: str = ""
    beside: frozenset[str] = frozenset()


def read(pdf: bytes) -> Read:
    with PDFIUM:
        pages, metadata = _shown(pdf)
    bare = _STREAM.sub(b"", pdf)
    streams = list(_inflated(pdf))
    told = [bare, *(content for content in streams if _is_written(content))]
    strings = [string for part in told for string in _strings(part)]
    hidden = [word for content in streams for word in _words_in(content)]
    seen = [pictures.told(content) for content in streams if pictures.is_one(content)]
    beside = {name for name, sign in _BESIDE.items() if any(sign.search(part) for part in told)}
    beside |= {"place" for _text, has_place in seen if has_place}
    elsewhere = "\n".join([*metadata, *strings, *hidden])
    return Read(pages, elsewhere, _language(bare), "\n".join(text for text, _place in seen), frozenset(beside))


def _shown(pdf: bytes) -> tuple[tuple[str, ...], list[str]]:
    """The text of each page and the document's properties, as any viewer shows them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_page_text(page) for page in document), list(document.get_metadata_dict().values())
    finally:
        document.close()


def _page_text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return _in_both_orders(str(text.get_text_range()))
    finally:
        text.close()
        page.close()


def _in_both_orders(text: str) -> str:
    """A line that runs to the left also word by word from its end: figures in it come out in the wrong order."""
    turned = [" ".join(reversed(line.split())) for line in text.splitlines() if _LEFTWARD.search(line)]
    return "\n".join([text, *turned])


def _inflated(pdf: bytes) -> Iterator[bytes]:
    """Every stream unpacked, but for programs of fonts, which hold the names of those who drew them."""
    for packed in _STREAM.findall(pdf):
        content = _unpacked(packed)
        if not content.startswith(_FONT_PROGRAM):
            yield content


def _unpacked(packed: bytes) -> bytes:
    """What lies in one of the wrappings that PDF knows, or in several of them."""
    for _wrapping in range(3):
        inner = _inflate(packed) or _from_figures(packed.strip())
        if not inner:
            return packed
        packed = inner
    return packed


def _inflate(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed)
    except zlib.error:
        return b""


def _from_figures(packed: bytes) -> bytes:
    """Of ASCII85 or hexadecimal figures; nothing of anything else."""
    try:
        if packed.endswith(b"~>"):
            return a85decode(packed.removeprefix(b"<~")[:-2])
        return unhexlify(b"".join(packed[:-1].split())) if packed.endswith(b">") else b""
    except ValueError:
        return b""


def _is_written(content: bytes) -> bool:
    """Whether a stream holds objects or XML: neither what draws a page nor the codes of a font."""
    return b"<<" in content or b"<?x" in content[:200]


def _strings(part: bytes) -> Iterator[str]:
    yield from (_decoded(_unescaped(found)) for found in _STRING.findall(part))
    for found in _HEX_STRING.findall(part):
        digits = b"".join(found.split())
        yield _decoded(unhexlify(digits + b"0" * (len(digits) % 2)))
    for found in _NAME_WITH_HEX.findall(part):
        yield re.sub(rb"#([0-9A-Fa-f]{2})", lambda sign: unhexlify(sign[1]), found).decode("utf-8", "replace")
    if part.startswith(b"<?x"):
        yield part.decode("utf-8", "replace")


def _words_in(content: bytes) -> list[str]:
    """What could be words of five letters and more, in any of the ways to write Unicode in bytes."""
    plain = (found.decode("utf-8", "ignore") for found in set(_LETTERS.findall(content)))
    wide = (found.decode("utf-16-be", "ignore") for found in set(_WIDE_LETTERS.findall(content)))
    back = (found.decode("utf-16-le", "ignore") for found in set(_WIDE_LETTERS_BACK.findall(content)))
    return [*plain, *wide, *back]


def _unescaped(string: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: _meant(found[1]), string)


def _meant(escape: bytes) -> bytes:
    return (
        bytes([int(escape, 8) & 255])
        if escape.isdigit()
        else {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(escape, escape)
    )


def _decoded(string: bytes) -> str:
    if string.startswith((b"\xfe\xff", b"\xff\xfe")):
        return string.decode("utf-16", "replace")
    if string.startswith(b"\xef\xbb\xbf"):
        return string.decode("utf-8-sig", "replace")
    return string.decode("latin-1")


def _language(bare: bytes) -> str:
    """The language the file says it is in, as our code; English where it says nothing."""
    found = _LANGUAGE.search(bare)
    return found[1].decode().replace("-", "_") if found else "en"
