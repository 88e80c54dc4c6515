"""A spreadsheet in the OpenDocument format (ISO/IEC 26300): texts, whole numbers, nothing that is calculated.

The format is a zip of three small texts; the library for it has had no release since 2020.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_HEADINGS = 2
"""The line of a table that says what stands in its columns."""

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MADE = (2000, 1, 1, 0, 0, 0)
"""A day that says nothing; the same sheets give the same bytes."""

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        *(("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")),
        ("fo", "xsl-fo-compatible"),
    )
)

_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""

_STYLES = """<office:automatic-styles>
<style:style style:name="first" style:family="table-column">
<style:table-column-properties style:column-width="9cm"/></style:style>
<style:style style:name="wide" style:family="table-column">
<style:table-column-properties style:column-width="17cm"/></style:style>
<style:style style:name="row" style:family="table-row">
<style:table-row-properties style:use-optimal-row-height="true"/></style:style>
<style:style style:name="text" style:family="table-cell">
<style:table-cell-properties fo:wrap-option="wrap"/></style:style>
<style:style style:name="others" style:family="table-column">
<style:table-column-properties style:column-width="3cm"/></style:style>
<style:style style:name="bold" style:family="table-cell">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="left" style:family="table" style:master-page-name="Default">
<style:table-properties style:writing-mode="rl-tb"/></style:style>
<style:style style:name="right" style:family="table" style:master-page-name="Default">
<style:table-properties style:writing-mode="lr-tb"/></style:style>
</office:automatic-styles>"""

Lines = Sequence[Sequence[str | int]]


def spreadsheet(sheets: Sequence[tuple[str, Lines]], *, right_to_left: bool) -> bytes:
    """The file, made in memory; the first line of each sheet is its heading."""
    target = BytesIO()
    with ZipFile(target, "w") as held:
        # Stored first and as it is, so that the kind of the file can be told from its beginning.
        _put(held, "mimetype", _MIMETYPE, compressed=False)
        _put(held, "META-INF/manifest.xml", _MANIFEST)
        _put(held, "content.xml", "".join(_content(sheets, right_to_left=right_to_left)))
    return target.getvalue()


def _put(held: ZipFile, name: str, text: str, *, compressed: bool = True) -> None:
    entry = ZipInfo(name, _MADE)
    entry.compress_type = ZIP_DEFLATED if compressed else ZIP_STORED
    held.writestr(entry, text.encode("utf-8"))


def _content(sheets: Sequence[tuple[str, Lines]], *, right_to_left: bool) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_SPACES} office:version="1.3">'
    yield f"{_STYLES}<office:body><office:spreadsheet>"
    style = "left" if right_to_left else "right"
    for name, lines in sheets:
        yield f"<table:table table:name={quoteattr(name)} table:style-name={quoteattr(style)}>"
        wide = max(map(len, lines), default=1)
        yield f'<table:table-column table:style-name="{"first" if wide > 1 else "wide"}"/>'
        if wide > 1:
            yield f'<table:table-column table:style-name="others" table:number-columns-repeated="{wide - 1}"/>'
        for at, line in enumerate(lines):
            yield '<table:table-row table:style-name="row">'
            is_head = at == 0 or (wide > 1 and at in (_HEADINGS, len(lines) - 1))
            yield from (_cell(cell, bold=is_head) for cell in line) if line else ("<table:table-cell/>",)
            yield "</table:table-row>"
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _cell(cell: str | int, *, bold: bool) -> str:
    style = f' table:style-name="{"bold" if bold else "text"}"'
    if isinstance(cell, int):
        value = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell{style} {value}><text:p>{cell}</text:p></table:table-cell>"
    # A cell that says that it is a text is never calculated, whatever it begins with.
    said = escape(_writable(cell))
    return f'<table:table-cell{style} office:value-type="string"><text:p>{said}</text:p></table:table-cell>'


def _writable(text: str) -> str:
    """XML knows no control characters."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
