"""A JSON file from elsewhere, believed in nothing: bounded in size and depth, without doubles or fractions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from referral_desk.errors import NewerFile, UnreadableFile
from referral_desk.words import N_, _

LARGEST = 8_000_000
"""Bytes; the largest family with all its figures has less than half of that."""
DEEPEST = 8
DIGITS = 12
FORMAT = "referral-desk/"
VERSION = 1

_MISSING = N_("there is no such file.")
_NO_FILE = N_("it is not a file.")
_FORBIDDEN = N_("you may not read it.")
_LARGE = N_("it is far too large.")
DAMAGED = N_("it ends too early or was damaged on its way. Ask for it again.")
_OTHER = N_("it is not a file of this kind.")

Check = Callable[[Any], bool]


def read(path: Path) -> dict[str, Any]:
    """The object in a file; whatever is wrong with it is an UnreadableFile."""
    return parsed(content(path), path)


def content(path: Path) -> bytes:
    """What is in a file, if that is not too much."""
    try:
        if not path.is_file():
            raise unreadable(path, _NO_FILE if path.exists() else _MISSING)
        with path.open("rb") as file:
            held = file.read(LARGEST + 1)
    except OSError:
        raise unreadable(path, _FORBIDDEN) from None
    if len(held) > LARGEST:
        raise unreadable(path, _LARGE)
    return held


def parsed(held: bytes, path: Path) -> dict[str, Any]:
    """The object that these bytes are; `path` is only for the error."""
    try:
        text = held.decode("utf-8")
        if _depth(text) > DEEPEST:
            raise unreadable(path, DAMAGED)
        found = json.loads(
            text, object_pairs_hook=_without_doubles, parse_float=_no, parse_constant=_no, parse_int=_number
        )
        json.dumps(found, ensure_ascii=False).encode()  # halves of characters can be escaped, and written nowhere
    except (ValueError, RecursionError):
        raise unreadable(path, DAMAGED) from None
    if not isinstance(found, dict):
        raise unreadable(path, _OTHER)
    return found


def of_kind(found: Mapping[str, Any], kind: str, fields: Mapping[str, Check], path: Path) -> None:
    """Check that this is a file of a kind and version we know, with these fields and no others.

    NewerFile before anything else is looked at: what a later version means is not ours to guess.
    """
    if found.get("format") != FORMAT + kind:
        raise unreadable(path, _OTHER)
    version = found.get("version")
    if isinstance(version, int) and version > VERSION:
        raise NewerFile(file=path.name or str(path))
    wanted = {"format", "version", *fields}
    if version != VERSION or set(found) != wanted or not all(check(found[name]) for name, check in fields.items()):
        raise unreadable(path, DAMAGED)


def written(thing: Mapping[str, Any]) -> bytes:
    """One way of writing it, which is what is signed: sorted names, no white space, UTF-8."""
    return json.dumps(thing, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def unreadable(path: Path, why: str) -> UnreadableFile:
    return UnreadableFile(file=path.name or str(path), why=_(why))


def _depth(text: str) -> int:
    """How deep brackets are nested; counted before anything is parsed, with those inside of texts as well."""
    deep = deepest = 0
    for sign in text:
        if sign in "[{":
            deep += 1
            deepest = max(deep, deepest)
        elif sign in "]}":
            deep -= 1
    return deepest


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _number(text: str) -> int:
    if len(text) > DIGITS:
        raise ValueError("too many digits")
    return int(text)


def _no(_text: str) -> Any:
    raise ValueError("neither fractions nor infinities")
