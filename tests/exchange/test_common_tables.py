"""The tables of all: a ministry composes and signs them, shelters bring them in, and then all figures add up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from referral_desk.errors import (
    FamilyTooLarge,
    ForeignFamily,
    ForgedFile,
    NewerFile,
    OlderEdition,
    OtherLists,
    UnknownPartner,
    UnreadableFile,
)
from referral_desk.exchange import (
    common_tables,
    family_files,
    figure_files,
    merging,
    our_figures,
    partners,
    practice,
    strict_json,
)
from referral_desk.exchange.figure_files import Party
from referral_desk.statistics import composing, freezing, standard
from referral_desk.statistics.families import Family
from referral_desk.store import Desk, Work
from referral_desk.vault import envelopes
from tests.exchange.test_figure_files import SCHEMA, fits
from tests.statistics.conftest import new_desk

INTAKE = standard.INTAKE
STANDING = standard.counted(INTAKE).family
ASKED = ("person.age_band", "first_contact.contact")
LATER = ("first_contact.contact", "decision.status")
OWN = ("person.age_band", "decision.status")
SECRET = b"m" * 32
MINISTRY = Party("Ministry", envelopes.identity(SECRET).hex())


@pytest.fixture(scope="module")
def shelters(tmp_path_factory) -> Iterator[list[Desk]]:
    """Three shelters with closed periods, of which the first has a table of its own."""
    folder, desks = tmp_path_factory.mktemp("shelters"), []
    for number in range(3):
        desks.append(new_desk(folder / f"{number}"))
        practice.fill(desks[-1], cases=90, seed=number)
        our_figures.close_due(desks[-1])
    yield desks
    for desk in desks:
        desk.close()


def knows(work: Work, folder: Path, other: Work) -> None:
    """Somebody brought in the introduction of a desk, and compared its words by phone."""
    file = folder / f"introduction-{partners.ourselves(other).identity[:8]}.rdf"
    file.write_bytes(partners.our_introduction(other))
    partners.confirm(work, partners.bring_in(work, file).party.identity)


def test_everybody_publishes_what_the_ministry_asks_and_it_adds_up(shelters, tmp_path):
    with new_desk(tmp_path / "ministry") as ministry, ministry.work(unsealed=False) as counts:
        composing.with_table(counts, INTAKE, ASKED)
        asked, blocks = tmp_path / "tables.rdf", []
        asked.write_bytes(common_tables.file_of_ours(counts, INTAKE))
        fits(json.loads(asked.read_bytes()), SCHEMA)
        for number, shelter in enumerate(shelters):
            with shelter.work(unsealed=False) as work:
                before = [one.content for one in freezing.frozen(work, INTAKE)]
                if number == 0:
                    composing.with_table(work, INTAKE, OWN)
                knows(work, tmp_path, counts)
                knows(counts, tmp_path, work)
                common_tables.bring_in(work, asked)
                assert common_tables.added(work, INTAKE) == (ASKED,)
                assert [one.content for one in freezing.frozen(work, INTAKE)] == before
                for one in freezing.frozen(work, INTAKE):
                    blocks.append(tmp_path / f"{number}-{one.block.period.name}.rdf")
                    blocks[-1].write_bytes(our_figures.block_for_all(work, INTAKE, one.block.period.name))
        family = common_tables.in_force(counts, INTAKE)
        merging.take_in(counts, family, blocks)
        release = merging.summed(family, merging.received(counts, family))

    assert family.tables == (*STANDING.tables, ASKED)
    assert len(release.blocks) == len(blocks) >= 3
    assert sum(release.cells[ASKED].values()) == release.total
    with shelters[0].work(unsealed=False) as work:
        wider = composing.with_all(work, INTAKE)[-1].family
        assert wider.tables[-2:] in {(ASKED, OWN), (OWN, ASKED)}
        assert freezing.composed(work, STANDING).tables == (*STANDING.tables, ASKED, OWN)
        own = our_figures.published(work, INTAKE)
        assert own.release.total == sum(one.block.total for one in freezing.frozen(work, INTAKE))


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    """A desk that knows the ministry."""
    with new_desk(tmp_path / "desk") as desk, desk.work(unsealed=False) as work:
        file = tmp_path / "introduction.rdf"
        file.write_bytes(figure_files.introduction(MINISTRY, SECRET))
        partners.confirm(work, partners.bring_in(work, file).party.identity)
        yield work


def asks(folder: Path, family: Family) -> Path:
    file = folder / "asked.rdf"
    file.write_bytes(family_files.family_file(MINISTRY, family, SECRET))
    return file


def test_an_edition_adds_and_an_older_one_is_refused(work, tmp_path):
    first = STANDING.with_table(ASKED)
    second = first.with_table(LATER)
    common_tables.bring_in(work, asks(tmp_path, first))
    common_tables.bring_in(work, asks(tmp_path, second))
    common_tables.bring_in(work, asks(tmp_path, second))

    for other in (first, STANDING.with_table(LATER)):
        with pytest.raises(OlderEdition):
            common_tables.bring_in(work, asks(tmp_path, other))
    assert common_tables.in_force(work, INTAKE).hash == second.hash


def _signed_anew(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    found = json.loads(path.read_bytes())
    del found["signature"]
    change(found)
    signature = envelopes.signed(strict_json.written(found), SECRET, kind="family").hex()
    path.write_bytes(strict_json.written(found | {"signature": signature}))


def _too_large(found: dict[str, Any]) -> None:
    names = [one["name"] for one in found["family"]["dimensions"]]
    wide = [name for name in names if name in {"person.citizenships", "interview.country_of_exploitation"}]
    found["family"]["tables"].append([*wide, "decision.status"])
    found["family"]["tables"].append(["person.age_band", *wide])
    found["family"]["tables"][-1].sort(key=names.index)


SPOILED: dict[str, tuple[Callable[[Path], object], type[Exception]]] = {
    "truncated": (lambda path: path.write_bytes(path.read_bytes()[:-900]), UnreadableFile),
    "altered": (lambda path: path.write_bytes(path.read_bytes().replace(b'"base":5', b'"base":3')), ForgedFile),
    "newer": (lambda path: _signed_anew(path, lambda found: found.update(version=2)), NewerFile),
    "another base": (lambda path: _signed_anew(path, lambda found: found["family"].update(base=3)), OtherLists),
    "another list": (
        lambda path: _signed_anew(path, lambda found: found["family"]["dimensions"][0]["codes"].append("X")),
        OtherLists,
    ),
    "fewer tables": (lambda path: _signed_anew(path, lambda found: found["family"]["tables"].pop(0)), OtherLists),
    "another name": (lambda path: _signed_anew(path, lambda found: found["family"].update(name="all")), ForeignFamily),
    "no such question": (
        lambda path: _signed_anew(path, lambda found: found["family"]["tables"].append(["x"])),
        OtherLists,
    ),
    "too large": (lambda path: _signed_anew(path, _too_large), FamilyTooLarge),
}


@pytest.mark.parametrize("how", SPOILED)
def test_what_is_wrong_with_a_family_is_said_and_nothing_changes(work, tmp_path, how):
    spoil, error = SPOILED[how]
    file = asks(tmp_path, STANDING.with_table(ASKED))
    spoil(file)

    with pytest.raises(error) as raised:
        common_tables.bring_in(work, file)

    assert common_tables.in_force(work, INTAKE).hash == STANDING.hash
    if error is FamilyTooLarge:
        assert "citizenship" in str(raised.value).casefold()


def test_whose_words_nobody_compared_asks_for_nothing(work, tmp_path):
    partners.forget(work, MINISTRY.identity)

    with pytest.raises(UnknownPartner):
        common_tables.bring_in(work, asks(tmp_path, STANDING.with_table(ASKED)))


def test_a_block_of_other_tables_is_refused(shelters, work, tmp_path):
    common_tables.bring_in(work, asks(tmp_path, STANDING.with_table(LATER)))
    with shelters[1].work(unsealed=False) as other:
        knows(work, tmp_path, other)
        [one, *_more] = freezing.frozen(other, INTAKE)
        file = tmp_path / "block.rdf"
        file.write_bytes(merging.our_block(other, one.block))

    with pytest.raises(ForeignFamily):
        merging.take_in(work, common_tables.in_force(work, INTAKE), [file])
    assert replace(one.block).family_hash == STANDING.hash
