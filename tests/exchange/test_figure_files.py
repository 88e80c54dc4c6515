"""The documented formats: what the program writes fits the schema, and the vectors of the page are still read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource

from referral_desk.errors import DeskError, ForgedFile, UnreadableFile
from referral_desk.exchange import family_files, figure_files, strict_json, void_rounds
from referral_desk.exchange.figure_files import Party, RoundFile
from referral_desk.exchange.partners import words_of
from referral_desk.statistics import families, publication, writing
from referral_desk.vault import envelopes
from tests.exchange.shelters import YEAR, shelters
from tests.statistics import crowds, published

DOCS = Path(__file__).parent.parent.parent / "docs"
SCHEMA = json.loads((DOCS / "figure-files.schema.json").read_text(encoding="utf-8"))
VECTORS = json.loads((DOCS / "figure-files.vectors.json").read_text(encoding="utf-8"))
FAMILY = crowds.family()


def fits(thing: Any, schema: dict[str, Any]) -> None:
    resources = [("figure-files.schema.json", Resource.from_contents(SCHEMA))]
    jsonschema.Draft202012Validator(schema, registry=Registry().with_resources(resources)).validate(thing)


def test_every_kind_of_file_fits_the_schema(tmp_path):
    one, other, third = shelters(3, FAMILY)
    invited = RoundFile(third.party, "a" * 32, FAMILY.hash, 5, YEAR, (one.party, other.party, third.party))
    written = {
        "introduction": figure_files.introduction(one.party, one.secret),
        "block": one.sends_block(tmp_path, FAMILY).read_bytes(),
        "round": figure_files.round_file(invited, third.secret),
        "tables": one.sends_tables(tmp_path, invited).read_bytes(),
        "void": void_rounds.notice(third.party, invited.round_id, third.secret),
    }

    for kind, content in written.items():
        found = json.loads(content)
        assert found["format"] == f"referral-desk/{kind}"
        fits(found, SCHEMA)


def test_a_publication_fits_the_schema():
    told = publication.publication("Shelters", published.family(), published.release())
    schema = json.loads((DOCS / "publication.schema.json").read_text(encoding="utf-8"))

    fits(json.loads(writing.as_json(told)), schema)


def test_the_vectors_of_the_page(tmp_path):
    """Files written once and never again: whoever changes a format finds out here."""
    secrets = {name: bytes.fromhex(held) for name, held in VECTORS["secrets"].items()}
    family = families.from_data(VECTORS["family"])
    paths = {}
    for kind, text in VECTORS["files"].items():
        paths[kind] = tmp_path / f"{kind}.rdf"
        paths[kind].write_text(text, encoding="utf-8")

    party = figure_files.read_introduction(paths["introduction"])
    block = figure_files.read_block(paths["block"], family)
    invited = figure_files.read_round(paths["round"])
    tables = figure_files.read_tables(paths["tables"])

    assert party == Party(VECTORS["name"], envelopes.identity(secrets["shelter"]).hex())
    assert list(words_of(party)) == VECTORS["words"]
    assert block.block.total == VECTORS["total"]
    assert len(invited.roster) == 3
    assert void_rounds.read(paths["void"]) == void_rounds.VoidFile(invited.coordinator, invited.round_id)
    asked = family_files.read_family(paths["family"])
    assert (asked.family, asked.coordinator) == (family, invited.coordinator)
    assert asked.family.hash == block.block.family_hash == invited.family
    exact = figure_files.unsealed(tables, secrets["coordinator"], family, paths["tables"])
    assert exact[()][()] == VECTORS["exact_total"]


def test_a_vector_signed_as_another_kind_is_refused(tmp_path):
    found = json.loads(VECTORS["files"]["introduction"])
    body = {name: value for name, value in found.items() if name != "signature"}
    secret = bytes.fromhex(VECTORS["secrets"]["shelter"])
    path = tmp_path / "as-block.rdf"
    signature = envelopes.signed(strict_json.written(body), secret, kind="block").hex()
    path.write_bytes(strict_json.written(body | {"signature": signature}))

    with pytest.raises(ForgedFile):
        figure_files.read_introduction(path)


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 10**6), byte=st.integers(0, 255), cut=st.booleans())
def test_no_spoiled_byte_is_taken_for_true(tmp_path_factory, at, byte, cut):
    folder = tmp_path_factory.mktemp("spoiled")
    family = families.from_data(VECTORS["family"])
    content = bytearray(VECTORS["files"]["block"].encode())
    at %= len(content)
    same = not cut and content[at] == byte
    content[at:] = content[at : at + 0] if cut else bytes([byte]) + content[at + 1 :]
    path = folder / "block.rdf"
    path.write_bytes(content)

    if same:
        assert figure_files.read_block(path, family) == figure_files.read_block(_whole(folder), family)
    else:
        with pytest.raises(DeskError, match="block"):
            figure_files.read_block(path, family)


def test_half_a_character_is_damage_before_anybody_asks_who_signed(tmp_path):
    path = tmp_path / "block.rdf"
    path.write_text(VECTORS["files"]["block"].replace('"lists":{', '"lists":{"half":["\\ud800"],', 1), encoding="utf-8")

    assert "ud800" in path.read_text(encoding="utf-8")
    with pytest.raises(UnreadableFile):
        figure_files.read_block(path, families.from_data(VECTORS["family"]))


def _whole(folder: Path) -> Path:
    path = folder / "whole.rdf"
    path.write_text(VECTORS["files"]["block"], encoding="utf-8")
    return path


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
        max_leaves=20,
    )
)
def test_no_json_makes_a_reader_fall_over(tmp_path_factory, thing):
    path = tmp_path_factory.mktemp("odd") / "odd.rdf"
    path.write_text(json.dumps(thing), encoding="utf-8")

    for read in (
        figure_files.read_introduction,
        figure_files.read_round,
        figure_files.read_tables,
        lambda file: figure_files.read_block(file, FAMILY),
    ):
        with pytest.raises(DeskError):
            read(path)
