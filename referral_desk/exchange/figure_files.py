"""The files in which figures travel between organisations: what stands in them, signed, and read with mistrust.

Four kinds, each one JSON object; `docs/figure-files.md` describes them for those who write other programs.
An *introduction* says how to check signatures and where to seal to. A *block* is one closed period of a shelter,
rounded (level 1). A *round* says who takes part in a sum of exact tables; *tables* are such, sealed (level 2).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from referral_desk import __version__
from referral_desk.errors import ForeignFamily, ForgedFile, SealedForAnother
from referral_desk.exchange import figure_fields as fields
from referral_desk.exchange import strict_json
from referral_desk.exchange.strict_json import FORMAT, VERSION, Check, of_kind
from referral_desk.statistics import blocks
from referral_desk.statistics.blocks import Block, Period
from referral_desk.statistics.certificate import Certificate
from referral_desk.statistics.families import Cells, Codes, Family, Names
from referral_desk.vault import envelopes


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
    return signed("introduction", {"party": party_data(party)}, secret)


def read_introduction(path: Path) -> Party:
    """Who introduces itself. The signature says only that the file is whole; whose it is, six words by phone say."""
    found = read(path, "introduction", {"party": fields.is_party})
    party = party_of(found["party"])
    verify(found, "introduction", party, path)
    return party


def block_file(shelter: Party, block: Block, secret: bytes) -> bytes:
    """A rounded block, to be sent to whoever sums; it holds what is published and no more."""
    body = {"program": __version__, "shelter": party_data(shelter), "block": blocks.as_data(block)}
    return signed("block", body, secret)


def read_block(path: Path, family: Family) -> BlockFile:
    """A rounded block, whole and signed by whom it names, of this family; raises what says why not."""
    found = read(path, "block", {"shelter": fields.is_party, "block": fields.is_block, "program": fields.is_text})
    shelter = party_of(found["shelter"])
    verify(found, "block", shelter, path)
    if found["block"]["family_hash"] != family.hash or found["block"]["base"] != family.base:
        raise ForeignFamily(file=path.name)
    try:
        block = blocks.from_data(found["block"])
    except (KeyError, TypeError, ValueError):
        raise strict_json.unreadable(path, strict_json.DAMAGED) from None
    if not (_lists_fit(block.lists, family) and blocks.adds_up(family, block) and _is_certified(block, family)):
        raise strict_json.unreadable(path, strict_json.DAMAGED)
    return BlockFile(shelter, block, digest_in(found))


def round_file(made: RoundFile, secret: bytes) -> bytes:
    """The invitation to a round, the same for everybody on its roster."""
    body = {
        "program": __version__,
        "coordinator": party_data(made.coordinator),
        "round": made.round_id,
        "family": made.family,
        "base": made.base,
        "period": _period_data(made.period),
        "roster": [party_data(one) for one in made.roster],
    }
    return signed("round", body, secret)


def read_round(path: Path) -> RoundFile:
    """An invitation, whole and signed by the coordinator it names."""
    wanted: dict[str, Check] = {
        "coordinator": fields.is_party,
        "round": fields.is_text,
        "family": fields.is_text,
        "base": fields.is_count,
    }
    found = read(
        path, "round", wanted | {"period": fields.is_period, "roster": fields.is_roster, "program": fields.is_text}
    )
    coordinator = party_of(found["coordinator"])
    verify(found, "round", coordinator, path)
    roster = tuple(party_of(one) for one in found["roster"])
    digest = digest_in(found)
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
        "shelter": party_data(shelter),
        "round": bare.round_id,
        "family": bare.family,
        "period": _period_data(bare.period),
        "recipient": bare.recipient,
        "sealed": b64encode(envelopes.sealed(plain, recipient.public, context=bare.context)).decode(),
    }
    return signed("tables", body, secret)


def read_tables(path: Path) -> TablesFile:
    """Sealed tables, whole and signed by the shelter they name; still sealed."""
    wanted: dict[str, Check] = {
        "shelter": fields.is_party,
        "round": fields.is_text,
        "family": fields.is_text,
        "period": fields.is_period,
    }
    found = read(
        path,
        "tables",
        wanted | {"recipient": fields.is_identity, "sealed": fields.is_sealed, "program": fields.is_text},
    )
    shelter = party_of(found["shelter"])
    verify(found, "tables", shelter, path)
    digest = digest_in(found)
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
    if set(found) != {"tables"} or not fields.is_tables(found["tables"]):
        raise strict_json.unreadable(path, strict_json.DAMAGED)
    cells = _cells(found["tables"])
    if not _adds_up(cells, family):
        raise strict_json.unreadable(path, strict_json.DAMAGED)
    return cells


def digest_of(content: bytes) -> str:
    """Under which digest a file that was made here will be known to whoever reads it."""
    return digest_in(strict_json.parsed(content, Path()))


def digest_in(found: Mapping[str, Any]) -> str:
    return envelopes.digest(strict_json.written(found))


def read(path: Path, kind: str, wanted: Mapping[str, Check]) -> dict[str, Any]:
    found = strict_json.read(path)
    of_kind(found, kind, {**wanted, "signature": fields.is_signature}, path)
    return found


def signed(kind: str, body: dict[str, Any], secret: bytes) -> bytes:
    whole = {"format": FORMAT + kind, "version": VERSION, **body}
    signature = envelopes.signed(strict_json.written(whole), secret, kind=kind).hex()
    return strict_json.written(whole | {"signature": signature}) + b"\n"


def verify(found: dict[str, Any], kind: str, by: Party, path: Path) -> None:
    text = strict_json.written({name: value for name, value in found.items() if name != "signature"})
    try:
        envelopes.check(text, bytes.fromhex(found["signature"]), by.public, kind=kind)
    except ForgedFile:
        raise ForgedFile(file=path.name) from None


def _is_certified(block: Block, family: Family) -> bool:
    """Whether the certificate is that of these figures."""
    figures = sum(map(len, block.cells.values()))
    return block.family == family.name and block.certificate == Certificate(block.total, figures, block.base - 1)


def _lists_fit(lists: Mapping[str, Codes], family: Family) -> bool:
    """Whether the categories of a block are those of its family, in such a way that every code has a place."""
    if set(lists) != set(family.by_name):
        return False
    for one in family.dimensions:
        known = {code for own in one.codes for code in one.line(own)}
        shown = lists[one.name]
        if not set(shown) <= known or len(set(shown)) < len(shown):
            return False
        if not all(set(one.line(code)) & set(shown) for code in one.codes):
            return False
    return True


def _adds_up(cells: Cells, family: Family) -> bool:
    """Whether every table is by known codes and adds up to its margins: what does not was not made by this program."""
    if set(cells) != set(family.published):
        return False
    for names in family.published:
        lists = [family.by_name[name].codes for name in names]
        if not all(code in codes for place in cells[names] for code, codes in zip(place, lists, strict=True)):
            return False
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


def party_data(party: Party) -> dict[str, str]:
    return {"name": party.name, "identity": party.identity}


def party_of(data: dict[str, str]) -> Party:
    return Party(data["name"], data["identity"])


def _period_data(period: Period) -> list[str]:
    return [period.first.isoformat(), period.last.isoformat()]


def _period(data: list[str]) -> Period:
    return Period(*map(date.fromisoformat, data))
