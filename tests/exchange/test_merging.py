"""Ten shelters send rounded blocks: they are checked, kept and added up, and whoever cheats is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from statistics import mean

import pytest

from referral_desk import errors
from referral_desk.exchange import figure_files, merging, partners, strict_json
from referral_desk.statistics.blocks import Release
from referral_desk.statistics.families import Cells, Family
from referral_desk.store import figures_key
from referral_desk.vault import envelopes
from tests.crew import BO, opened
from tests.exchange.shelters import NEXT, YEAR, Shelter, shelters
from tests.statistics import crowds

FAMILY = crowds.family()


@pytest.fixture(scope="module")
def ten() -> list[Shelter]:
    return shelters(10, FAMILY)


@pytest.fixture
def folder(crew_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


@pytest.fixture
def work(folder: Path):
    """Bo's piece of work: a coordinator does all of it, and no seal is in force."""
    with opened(folder, BO) as desk, desk.work(unsealed=False) as made:
        assert desk.seal is None
        yield made


@pytest.fixture
def sent(work, ten, tmp_path):
    """Everybody is known and has sent a block."""
    for shelter in ten:
        shelter.introduced(work, tmp_path)
    return [shelter.sends_block(tmp_path, FAMILY) for shelter in ten]


def is_whole(told: Release, names: tuple[str, ...], codes: tuple[str, ...]) -> bool:
    """Whether every block has these lines: then the sum holds all who have these answers."""
    return "*" not in codes and not any(code in told.in_part[name] for name, code in zip(names, codes, strict=True))


def off(family: Family, told: Release, exact: list[Cells], dimensions: int) -> float:
    """The mean error of figures by one question, or by two, where nothing was folded."""
    distances = []
    for names in family.published:
        if len(names) == dimensions:
            for codes, figure in told.cells[names].items():
                if is_whole(told, names, codes):
                    distances.append(abs(figure - sum(one[names][codes] for one in exact)))
    return mean(distances)


def test_ten_shelters_are_added_up_and_the_error_is_what_is_printed(work, ten, sent):
    merging.take_in(work, FAMILY, sent)
    received = merging.received(work, FAMILY)
    total = merging.summed(FAMILY, received)

    assert len(received) == 10
    assert total.total == sum(one.block.total for one in received)
    assert abs(total.total - 2000) <= total.farthest == 40
    assert 7 < total.usual_error < 8
    exact = [shelter.exact for shelter in ten]
    for names in FAMILY.published:
        for codes, figure in total.cells[names].items():
            if "*" not in codes:
                truth = sum(one[names][codes] for one in exact)
                assert figure <= truth + total.farthest
                assert figure >= truth - total.farthest or not is_whole(total, names, codes)
    assert off(FAMILY, total, exact, 2) < total.usual_error
    assert off(FAMILY, total, exact, 1) < total.usual_error


def test_rows_and_columns_of_the_sum_add_up(work, sent):
    merging.take_in(work, FAMILY, sent[:4])
    total = merging.summed(FAMILY, merging.received(work, FAMILY))

    for (sex,), figure in total.cells["sex",].items():
        assert figure == sum(cell for codes, cell in total.cells["sex", "age"].items() if codes[0] == sex)


def test_the_same_period_of_a_shelter_counts_once(work, ten, sent, tmp_path):
    merging.take_in(work, FAMILY, sent[:1])
    again = Path(shutil.copy(sent[0], tmp_path / "copy.rdf"))

    with pytest.raises(errors.AlreadyMerged, match=r"Shelter 0 .*copy\.rdf"):
        merging.take_in(work, FAMILY, [again])
    merging.take_in(work, FAMILY, [ten[0].sends_block(tmp_path, FAMILY, NEXT)])

    assert [one.block.period for one in merging.received(work, FAMILY)] == [YEAR, NEXT]


def test_a_corrected_issue_takes_the_place_of_the_former_and_not_the_other_way_round(work, ten, sent, tmp_path):
    merging.take_in(work, FAMILY, sent[:1])
    merging.take_in(work, FAMILY, [ten[0].sends_block(tmp_path, FAMILY, issue=2)])

    assert [one.block.issue for one in merging.received(work, FAMILY)] == [2]
    with pytest.raises(errors.AlreadyMerged):
        merging.take_in(work, FAMILY, sent[:1])


def test_all_files_are_taken_in_or_none(folder, ten, tmp_path):
    with opened(folder, BO) as desk:
        with desk.work(unsealed=False) as work:
            for shelter in ten[:2]:
                shelter.introduced(work, tmp_path)
        good, bad = (shelter.sends_block(tmp_path, FAMILY) for shelter in ten[:2])
        bad.write_bytes(bad.read_bytes()[:-100])
        with pytest.raises(errors.UnreadableFile, match="ends too early"), desk.work(unsealed=False) as work:
            merging.take_in(work, FAMILY, [good, bad])
        with desk.work(unsealed=False) as work:
            assert merging.received(work, FAMILY) == ()


def altered(path: Path, **changed: object) -> Path:
    """The file with something changed in it, and the signature left as it was."""
    found = json.loads(path.read_bytes())
    path.write_bytes(strict_json.written(found | changed))
    return path


def forged_figure(path: Path) -> Path:
    found = json.loads(path.read_bytes())
    found["block"]["tables"][0]["figures"][0] += 5
    return altered(path, block=found["block"])


def signed_anew(path: Path, shelter: Shelter) -> Path:
    """Somebody who has a key of their own changes the figures and signs for the shelter."""
    found = json.loads(path.read_bytes())
    found["block"]["tables"][0]["figures"][0] += 5
    body = {name: value for name, value in found.items() if name != "signature"}
    signature = envelopes.signed(strict_json.written(body), b"\x99" * 32, kind="block").hex()
    path.write_bytes(strict_json.written(body | {"signature": signature}))
    return path


def unsound(path: Path, shelter: Shelter) -> Path:
    """The shelter itself signs figures that do not add up."""
    found = json.loads(path.read_bytes())
    found["block"]["tables"][0]["figures"][0] += 5
    body = {name: value for name, value in found.items() if name != "signature"}
    signature = envelopes.signed(strict_json.written(body), shelter.secret, kind="block").hex()
    path.write_bytes(strict_json.written(body | {"signature": signature}))
    return path


def as_signed(path: Path, shelter: Shelter, **changed: object) -> Path:
    """The shelter's own program made a block that no block can be."""
    found = json.loads(path.read_bytes())
    body = {name: value for name, value in found.items() if name != "signature"}
    body["block"] |= changed
    signature = envelopes.signed(strict_json.written(body), shelter.secret, kind="block").hex()
    path.write_bytes(strict_json.written(body | {"signature": signature}))
    return path


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"period": ["2025-01-01", "2025-01-02"]}, errors.UnreadableFile),
        ({"period": ["20250101", "20251231"]}, errors.UnreadableFile),
        ({"period": ["2026-01-01", "2026-12-31"]}, errors.NotEndedYet),
        ({"period": ["2031-01-01", "2031-12-31"]}, errors.NotEndedYet),
        ({"issue": 0}, errors.UnreadableFile),
        ({"issue": 3}, errors.UnreadableFile),
        ({"certificate": {"people": 10_000_000, "figures": 1}}, errors.UnreadableFile),
        ({"family": "closure"}, errors.UnreadableFile),
    ],
)
def test_a_block_that_cannot_be_is_refused_though_its_shelter_signed_it(work, ten, sent, changed, error):
    with pytest.raises(error, match=sent[3].name):
        merging.take_in(work, FAMILY, [as_signed(sent[3], ten[3], **changed)])

    assert merging.received(work, FAMILY) == ()


def as_introduction(path: Path, shelter: Shelter) -> Path:
    path.write_bytes(figure_files.introduction(shelter.party, shelter.secret))
    return path


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda path, _one: forged_figure(path), errors.ForgedFile),
        (signed_anew, errors.ForgedFile),
        (unsound, errors.UnreadableFile),
        (as_introduction, errors.UnreadableFile),
        (lambda path, _one: altered(path, version=2), errors.NewerFile),
        (lambda path, _one: altered(path, more="?"), errors.UnreadableFile),
        (lambda path, _one: path.write_bytes(path.read_bytes()[:-40]) and path, errors.UnreadableFile),
        (lambda path, _one: path.write_bytes(b"") or path, errors.UnreadableFile),
        (lambda path, _one: path.write_bytes(b'{"a":1,"a":2}') and path, errors.UnreadableFile),
        (lambda path, _one: path.write_bytes(b"[" * 100_000) and path, errors.UnreadableFile),
        (lambda path, _one: path.write_bytes(b'{"a":1e999}') and path, errors.UnreadableFile),
        (lambda path, _one: path.write_bytes(b" " * (strict_json.LARGEST + 1)) and path, errors.UnreadableFile),
        (lambda path, _one: path.with_name("nowhere.rdf"), errors.UnreadableFile),
        (lambda path, _one: path.parent, errors.UnreadableFile),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_taken_from_it(work, ten, sent, spoil, error):
    path = spoil(sent[3], ten[3])

    with pytest.raises(error) as refused:
        merging.take_in(work, FAMILY, [path])

    assert path.name in str(refused.value)
    assert merging.received(work, FAMILY) == ()


@pytest.mark.parametrize("other", [crowds.family(base=10), crowds.family(years=4)])
def test_figures_of_another_family_do_not_add_up_with_ours(work, ten, tmp_path, other):
    ten[0].introduced(work, tmp_path)
    stranger = Shelter("Shelter 0", ten[0].secret, crowds.exact(other, crowds.crowd(200, 1, years=4)))

    with pytest.raises(errors.ForeignFamily):
        merging.take_in(work, FAMILY, [stranger.sends_block(tmp_path, other)])


def test_whose_words_nobody_compared_is_not_counted(work, ten, tmp_path):
    ten[0].introduced(work, tmp_path, confirmed=False)
    for shelter in ten[:2]:
        with pytest.raises(errors.UnknownPartner):
            merging.take_in(work, FAMILY, [shelter.sends_block(tmp_path, FAMILY)])

    partners.confirm(work, ten[0].party.identity)
    merging.take_in(work, FAMILY, [ten[0].sends_block(tmp_path, FAMILY)])


def test_six_words_name_a_desk_and_another_one_has_others(work, ten):
    words = [partners.words_of(shelter.party) for shelter in ten]

    assert all(len(one) == 6 for one in words)
    assert len(set(words)) == 10
    assert partners.our_words(work) == partners.words_of(partners.ourselves(work))


def test_our_own_block_is_among_the_others(work, ten, sent, tmp_path):
    merging.take_in(work, FAMILY, sent[:2])
    figures_key.call(work, "Northern shelter")
    file = tmp_path / "ours.rdf"
    file.write_bytes(merging.our_block(work, ten[9].block(FAMILY)))

    assert {one.shelter.name for one in merging.received(work, FAMILY)} == {
        "Shelter 0",
        "Shelter 1",
        "Northern shelter",
    }
    assert file.read_bytes() == merging.our_block(work, ten[9].block(FAMILY))
