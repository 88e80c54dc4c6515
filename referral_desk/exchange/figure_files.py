"""The files in which figures travel between organisations: what stands in them, signed, and read with mistrust.

Four kinds, each one JSON object; `docs/figure-files.md` describes them for those who write other programs.
An *introduction* says how to check signatures and where to seal to. A *block* is one closed period of a shelter,
rounded (level 1). A *round* says who takes part in a sum of exact tables; *tables* are such, sealed (level 2).
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from referral_desk import __version__
from referral_desk.errors import ForeignFamily, ForgedFile, SealedForAnother
from referral_desk.exchange import strict_json
from referral_desk.exchange.strict_json import FORMAT, VERSION, Check, of_kind
from referral_desk.statistics import blocks
from referral_desk.statistics.blocks import Block, Period
from referral_desk.statistics.families import REMAINDER, Cells, Codes, Family, Names
from referral_desk.vault import envelopes

ENDING = ".rdf"
MOST_SHELTERS = 500
LONGEST_NAME = 120
LARGEST_FIGURE = 10_000_000


@dataclass(frozen=True)
class Party:
    """An organisation as files name it; `identity` are the public keys of its desk in hexadecimal."""

    name: str
    identity: str

    @property
    def public(self) -> bytes:
        return bytes.fromhex(self.identity)


@dataclass(frozen=True)
class BlockFile:
    """Level 1: a frozen block as one shelter publishes it. `digest` names the content of the file."""

    shelter: Party
    block: Block
    digest: str = ""


@dataclass(frozen=True)
class RoundFile:
    """Level 2: what is to be summed, by whom, and of whom; none may join or leave."""

    coordinator: Party
    round_id: str
    family: str
    base: int
    period: Period
    roster: tuple[Party, ...]
    digest: str = ""


@dataclass(frozen=True)
class TablesFile:
    """Level 2: the exact tables of one shelter, readable at the coordinator's desk only."""

    shelter: Party
    round_id: str
    family: str
    period: Period
    recipient: str
    sealed: bytes
    digest: str = ""

    @property
    def context(self) -> bytes:
        """What the sealed tables are bound to: they open for this round, shelter and recipient only."""
        return strict_json.written(
            {"round": self.round_id, "shelter": self.shelter.identity, "recipient": self.recipient}
        )


def introduction(party: Party, secret: bytes) -> bytes:
    """How others come to know this desk."""
    return _signed("introduction", {"party": _party_data(party)}, secret)


def read_introduction(path: Path) -> Party:
    """Who introduces itself. The signature says only that the file is whole; whose it is, six words by phone say."""
    found = _read(path, "introduction", {"party": _is_party})
    party = _party(found["party"])
    _verify(found, "introduction", party, path)
    return party


def block_file(shelter: Party, block: Block, secret: bytes) -> bytes:
    """A rounded block, to be sent to whoever sums; it holds what is published and no more."""
    body = {"program": __version__, "shelter": _party_data(shelter), "block": blocks.as_data(block)}
    return _signed("block", body, secret)


def read_block(path: Path, family: Family) -> BlockFile:
    """A rounded block, whole and signed by whom it names, of this family; raises what says why not."""
    found = _read(path, "block", {"shelter": _is_party, "block": _is_block, "program": _is_text})
    shelter = _party(found["shelter"])
    _verify(found, "block", shelter, path)
    if found["block"]["family_hash"] != family.hash or found["block"]["base"] != family.base:
        raise ForeignFamily(file=path.name)
    try:
        block = blocks.from_data(found["block"])
    except (KeyError, TypeError, ValueError):
        raise strict_json.unreadable(path, strict_json.DAMAGED) from None
    if not (_lists_fit(block.lists, family) and blocks.adds_up(family, block)):
        raise strict_json.unreadable(path, strict_json.DAMAGED)
    return BlockFile(shelter, block, _digest(found))


def round_file(made: RoundFile, secret: bytes) -> bytes:
    """The invitation to a round, the same for everybody on its roster."""
    body = {
        "program": __version__,
        "coordinator": _party_data(made.coordinator),
        "round": made.round_id,
        "family": made.family,
        "base": made.base,
        "period": _period_data(made.period),
        "roster": [_party_data(one) for one in made.roster],
    }
    return _signed("round", body, secret)


def read_round(path: Path) -> RoundFile:
    """An invitation, whole and signed by the coordinator it names."""
    fields: dict[str, Check] = {"coordinator": _is_party, "round": _is_text, "family": _is_text, "base": _is_count}
    found = _read(path, "round", fields | {"period": _is_period, "roster": _is_roster, "program": _is_text})
    coordinator = _party(found["coordinator"])
    _verify(found, "round", coordinator, path)
    roster = tuple(_party(one) for one in found["roster"])
    digest = _digest(found)
    return RoundFile(
        coordinator, found["round"], found["family"], found["base"], _period(found["period"]), roster, digest
    )


def tables_file(shelter: Party, invited: RoundFile, exact: Cells, secret: bytes) -> bytes:
    """Exact tables, sealed to the coordinator of the round; never records."""
    plain = strict_json.written({"tables": _tables_data(exact)})
    recipient = invited.coordinator
    bare = TablesFile(shelter, invited.round_id, invited.family, invited.period, recipient.identity, b"")
    body = {
        "program": __version__,
        "shelter": _party_data(shelter),
        "round": bare.round_id,
        "family": bare.family,
        "period": _period_data(bare.period),
        "recipient": bare.recipient,
        "sealed": b64encode(envelopes.sealed(plain, recipient.public, context=bare.context)).decode(),
    }
    return _signed("tables", body, secret)


def read_tables(path: Path) -> TablesFile:
    """Sealed tables, whole and signed by the shelter they name; still sealed."""
    fields: dict[str, Check] = {"shelter": _is_party, "round": _is_text, "family": _is_text, "period": _is_period}
    found = _read(path, "tables", fields | {"recipient": _is_identity, "sealed": _is_sealed, "program": _is_text})
    shelter = _party(found["shelter"])
    _verify(found, "tables", shelter, path)
    digest = _digest(found)
    return TablesFile(
        shelter,
        found["round"],
        found["family"],
        _period(found["period"]),
        found["recipient"],
        b64decode(found["sealed"]),
        digest,
    )


def unsealed(tables: TablesFile, secret: bytes, family: Family, path: Path) -> Cells:
    """The exact tables, for memory only; SealedForAnother where they are not for this desk and round."""
    try:
        plain = envelopes.opened(tables.sealed, secret, context=tables.context)
    except SealedForAnother:
        raise SealedForAnother(file=path.name) from None
    found = strict_json.parsed(plain, path)
    if set(found) != {"tables"} or not _is_tables(found["tables"]):
        raise strict_json.unreadable(path, strict_json.DAMAGED)
    cells = _cells(found["tables"])
    if not _adds_up(cells, family):
        raise strict_json.unreadable(path, strict_json.DAMAGED)
    return cells


def digest_of(content: bytes) -> str:
    """Under which digest a file that was made here will be known to whoever reads it."""
    return _digest(strict_json.parsed(content, Path()))


def _digest(found: Mapping[str, Any]) -> str:
    return envelopes.digest(strict_json.written(found))


def _read(path: Path, kind: str, fields: Mapping[str, Check]) -> dict[str, Any]:
    found = strict_json.read(path)
    of_kind(found, kind, {**fields, "signature": _is_signature}, path)
    return found


def _signed(kind: str, body: dict[str, Any], secret: bytes) -> bytes:
    whole = {"format": FORMAT + kind, "version": VERSION, **body}
    signature = envelopes.signed(strict_json.written(whole), secret, kind=kind).hex()
    return strict_json.written(whole | {"signature": signature}) + b"\n"


def _verify(found: dict[str, Any], kind: str, by: Party, path: Path) -> None:
    text = strict_json.written({name: value for name, value in found.items() if name != "signature"})
    try:
        envelopes.check(text, bytes.fromhex(found["signature"]), by.public, kind=kind)
    except ForgedFile:
        raise ForgedFile(file=path.name) from None


def _lists_fit(lists: Mapping[str, Codes], family: Family) -> bool:
    """Whether the categories of a block are those of its family, in such a way that every code has a place."""
    if set(lists) != set(family.by_name):
        return False
    for one in family.dimensions:
        known = {code for own in one.codes for code in one.line(own)}
        shown = lists[one.name]
        if REMAINDER not in shown or not set(shown) <= known or len(set(shown)) < len(shown):
            return False
    return True


def _adds_up(cells: Cells, family: Family) -> bool:
    """Whether every table adds up to its own margins: what does not was not made by this program."""
    if set(cells) != set(family.published):
        return False
    for names in family.published:
        for at in range(len(names)):
            sums: dict[Codes, int] = {}
            for codes, figure in cells[names].items():
                rest = codes[:at] + codes[at + 1 :]
                sums[rest] = sums.get(rest, 0) + figure
            margin = cells[names[:at] + names[at + 1 :]]
            if any(margin.get(codes, 0) != sums.get(codes, 0) for codes in margin.keys() | sums.keys()):
                return False
    return True


def _tables_data(cells: Cells) -> list[dict[str, Any]]:
    """A place that is not listed is 0."""
    return [
        {"by": list(names), "cells": [[list(codes), figure] for codes, figure in sorted(table.items()) if figure]}
        for names, table in cells.items()
    ]


def _cells(data: list[dict[str, Any]]) -> dict[Names, dict[Codes, int]]:
    return {tuple(table["by"]): {tuple(codes): figure for codes, figure in table["cells"]} for table in data}


def _party_data(party: Party) -> dict[str, str]:
    return {"name": party.name, "identity": party.identity}


def _party(data: dict[str, str]) -> Party:
    return Party(data["name"], data["identity"])


def _period_data(period: Period) -> list[str]:
    return [period.first.isoformat(), period.last.isoformat()]


def _period(data: list[str]) -> Period:
    return Period(*map(date.fromisoformat, data))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable()


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_FIGURE


def _is_identity(value: Any) -> bool:
    is_hex = isinstance(value, str) and re.fullmatch(r"[0-9a-f]{128}", value) is not None
    return is_hex and envelopes.is_identity(bytes.fromhex(value))


def _is_signature(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{128}", value) is not None


def _is_party(value: Any) -> bool:
    is_object = isinstance(value, dict) and set(value) == {"name", "identity"}
    return is_object and _is_text(value["name"]) and _is_identity(value["identity"])


def _is_roster(value: Any) -> bool:
    is_list = isinstance(value, list) and 0 < len(value) <= MOST_SHELTERS and all(map(_is_party, value))
    return is_list and len({one["identity"] for one in value}) == len(value)


def _is_period(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    try:
        return date.fromisoformat(value[0]) <= date.fromisoformat(value[1])
    except (TypeError, ValueError):
        return False


def _is_block(value: Any) -> bool:
    """Whether it has the outline of a block; the rest is for whoever knows the family."""
    if not isinstance(value, dict) or set(value) != _BLOCK_FIELDS or not _is_period(value["period"]):
        return False
    names_fit = all(_is_text(value[name]) for name in ("shelter", "family", "family_hash"))
    lists, tables = value["lists"], value["tables"]
    are_lists = isinstance(lists, dict) and all(_are_texts(codes) for codes in lists.values())
    are_tables = isinstance(tables, list) and all(map(_is_block_table, tables))
    certificate = value["certificate"]
    is_certificate = isinstance(certificate, dict) and set(certificate) == {"people", "figures"}
    counts = [value["format"], value["base"], value["issue"], *(certificate.values() if is_certificate else [None])]
    return names_fit and are_lists and are_tables and all(map(_is_count, counts))


_BLOCK_FIELDS = frozenset(
    {"format", "shelter", "period", "family", "family_hash", "base", "issue", "lists", "tables", "certificate"}
)


def _is_block_table(value: Any) -> bool:
    is_table = isinstance(value, dict) and set(value) == {"by", "figures"} and _are_texts(value["by"])
    return is_table and isinstance(value["figures"], list) and all(map(_is_count, value["figures"]))


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_sealed(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", value) is not None and len(value) % 4 == 0


def _is_tables(value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(one, dict) and set(one) == {"by", "cells"} for one in value):
        return False
    named = [one["by"] for one in value]
    is_named = all(isinstance(by, list) and all(isinstance(name, str) for name in by) for by in named)
    is_once = is_named and len({tuple(by) for by in named}) == len(named)
    return is_once and all(_are_cells(one["cells"], len(one["by"])) for one in value)


def _are_cells(value: Any, wide: int) -> bool:
    if not isinstance(value, list):
        return False
    places = []
    for one in value:
        if not isinstance(one, list) or len(one) != 2 or not _is_count(one[1]):
            return False
        codes = one[0]
        if not isinstance(codes, list) or len(codes) != wide or not all(isinstance(code, str) for code in codes):
            return False
        places.append(tuple(codes))
    return len(set(places)) == len(places)
