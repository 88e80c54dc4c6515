"""What a picture says of itself: who took it, where, when, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")
_EXIF, _GPS = 0x8769, 0x8825
_WIDE_TAGS = range(0x9C9B, 0x9CA0)
"""Title, comment, author, keywords and subject as Windows writes them, in UTF-16."""


def is_one(content: bytes) -> bool:
    return content.lstrip(b"\r\n").startswith(_SIGNATURES)


def told(content: bytes) -> tuple[str, bool]:
    """Every text in the properties of a picture, and whether they hold the place where it was taken."""
    from PIL import Image

    try:
        with Image.open(BytesIO(content.lstrip(b"\r\n"))) as picture:
            exif = picture.getexif()
            held = [*exif.items(), *exif.get_ifd(_EXIF).items()]
            texts = [text for tag, value in held for text in _texts(value, wide=tag in _WIDE_TAGS)]
            texts += [text for value in picture.info.values() for text in _texts(value)]
            return "\n".join(texts), bool(exif.get_ifd(_GPS))
    except (OSError, SyntaxError, ValueError):
        return "", False


def _texts(value: Any, *, wide: bool = False) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield _as_utf8(value)
    elif isinstance(value, bytes) and wide:
        yield value.decode("utf-16-le", "replace")
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _texts(each, wide=wide)


def _as_utf8(text: str) -> str:
    """What a program wrote as UTF-8 and another read as Latin letters."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""
