"""A finished PDF, read as somebody would who looks for more than is printed: text, properties, raw bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

import pypdfium2

PDFIUM = Lock()
"""Held while PDFium works: it may serve one thread at a time, in the whole program."""

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LANGUAGE = re.compile(rb"/Lang \(([\w-]+)\)")
_LETTERS = re.compile(rb"(?:[A-Za-z]|[\xc3-\xdf][\x80-\xbf]){5,}")
_WIDE_LETTERS = re.compile(rb"(?:\x00[A-Za-z\xc0-\xff]|[\x01-\x06].){5,}", re.DOTALL)
_FONT_PROGRAM = b"\x00\x01\x00\x00"


@dataclass(frozen=True)
class Read:
    """What a PDF holds: the text of its pages, and every string and word that lies elsewhere in the file."""

    pages: tuple[str, ...]
    elsewhere: str
    language: str


def read(pdf: bytes) -> Read:
    with PDFIUM:
        pages, metadata = _shown(pdf)
    bare = _STREAM.sub(b"", pdf)
    strings = [_decoded(_unescaped(found)) for found in _STRING.findall(bare)]
    hidden = [word for content in _inflated(pdf) for word in _words_in(content)]
    return Read(pages, "\n".join([*metadata, *strings, *hidden]), _language(bare))


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
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def _inflated(pdf: bytes) -> Iterator[bytes]:
    """Every stream unpacked, but for programs of fonts, which hold the names of those who drew them."""
    for packed in _STREAM.findall(pdf):
        try:
            content = zlib.decompressobj().decompress(packed)
        except zlib.error:
            content = packed
        if not content.startswith(_FONT_PROGRAM):
            yield content


def _words_in(content: bytes) -> list[str]:
    """What could be words of five letters and more, in either of the two ways to write Unicode in bytes."""
    plain = (found.decode("utf-8", "ignore") for found in set(_LETTERS.findall(content)))
    wide = (found.decode("utf-16-be", "ignore") for found in set(_WIDE_LETTERS.findall(content)))
    return [*plain, *wide]


def _unescaped(string: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: _meant(found[1]), string)


def _meant(escape: bytes) -> bytes:
    return (
        bytes([int(escape, 8) & 255])
        if escape.isdigit()
        else {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(escape, escape)
    )


def _decoded(string: bytes) -> str:
    return string.decode("utf-16", "replace") if string.startswith(b"\xfe\xff") else string.decode("latin-1")


def _language(bare: bytes) -> str:
    """The language the file says it is in, as our code; English where it says nothing."""
    found = _LANGUAGE.search(bare)
    return found[1].decode().replace("-", "_") if found else "en"
