"""A round of exact tables: sealed, complete, rounded once; and no way by which one shelter's figures come out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from statistics import mean

import pytest

from referral_desk import errors
from referral_desk.exchange import figure_files, merging, partners, rosters, rounds, void_rounds
from referral_desk.journal import Act
from referral_desk.statistics import restored
from referral_desk.store import figures_key
from tests.crew import BO, opened
from tests.exchange.shelters import NEXT, YEAR, Shelter, shelters
from tests.statistics import crowds

FAMILY = crowds.family()


@pytest.fixture(scope="module")
def ten() -> list[Shelter]:
    return shelters(10, FAMILY, seed=40)


@pytest.fixture
def folder(crew_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


@pytest.fixture
def work(folder: Path):
    with opened(folder, BO) as desk, desk.work(unsealed=False) as made:
        yield made


def begun(work, members, tmp_path, family=FAMILY):
    """A round of these shelters, as they read it."""
    roster = [shelter.introduced(work, tmp_path).identity for shelter in members]
    file = tmp_path / "round.rdf"
    file.write_bytes(rounds.begin(work, family, YEAR, roster))
    return figure_files.read_round(file)


def test_ten_shelters_are_rounded_once_and_the_error_is_small(work, ten, tmp_path):
    invited = begun(work, ten, tmp_path)
    block = rounds.count(work, invited.round_id, FAMILY, [one.sends_tables(tmp_path, invited) for one in ten])

    off: dict[int, list[int]] = {1: [], 2: []}
    for names in FAMILY.published:
        for codes, figure in block.cells[names].items():
            if names and "*" not in codes:
                truth = sum(shelter.exact[names][codes] for shelter in ten)
                assert abs(figure - truth) < FAMILY.base
                off[len(names)].append(abs(figure - truth))
    assert mean(off[2]) <= 1.8
    assert mean(off[1]) <= 2
    assert block.certificate.people == block.total
    assert abs(block.total - 2000) < FAMILY.base


def test_what_was_counted_is_the_same_when_asked_for_again(work, ten, tmp_path):
    invited = begun(work, ten[:3], tmp_path)
    block = rounds.count(work, invited.round_id, FAMILY, [one.sends_tables(tmp_path, invited) for one in ten[:3]])

    again = rounds.count(work, invited.round_id, FAMILY, [])
    assert again == block
    assert list(again.lists) == list(block.lists)
    assert [one.state for one in rounds.every(work)] == [rosters.PUBLISHED]


def test_no_exact_figure_is_kept(folder, tmp_path):
    family = crowds.family()
    three = [Shelter(one.name, one.secret, one.exact) for one in shelters(3, family, people=203, seed=7)]
    with opened(folder, BO) as desk:
        with desk.work(unsealed=False) as work:
            invited = begun(work, three, tmp_path)
            rounds.count(work, invited.round_id, family, [one.sends_tables(tmp_path, invited) for one in three])
        with desk.engine.connect() as connection:
            [(result,)] = connection.exec_driver_sql("SELECT result FROM round").all()
            contents = connection.exec_driver_sql("SELECT content FROM figure_file").scalars().all()

    figures = {figure for table in json.loads(result)["tables"] for figure in table["figures"]}
    assert all(figure % 5 == 0 for figure in figures)
    assert contents == [None, None, None]


def test_sealed_tables_tell_nothing_but_that_they_are_there(work, ten, tmp_path):
    invited = begun(work, ten[:3], tmp_path)
    sizes = {len(one.sends_tables(tmp_path, invited).read_bytes()) // 10_000 for one in ten[:3]}
    told = json.loads((tmp_path / "Shelter 0-tables.rdf").read_bytes())

    assert set(told) == {
        *("format", "version", "program", "shelter", "round", "family", "period", "recipient", "sealed", "signature")
    }
    assert len(sizes) == 1


def test_whoever_is_missing_makes_the_round_void(work, ten, tmp_path):
    invited = begun(work, ten[:4], tmp_path)
    files = [one.sends_tables(tmp_path, invited) for one in ten[:3]]

    with pytest.raises(errors.RoundNotCounted, match="nothing has come from Shelter 3"):
        rounds.count(work, invited.round_id, FAMILY, files)
    void_rounds.give_up(work, invited.round_id)
    with pytest.raises(errors.RoundNotCounted, match="it was given up"):
        rounds.count(work, invited.round_id, FAMILY, [*files, ten[3].sends_tables(tmp_path, invited)])


def test_a_stranger_or_a_second_contribution_is_refused(work, ten, tmp_path):
    invited = begun(work, ten[:3], tmp_path)
    files = [one.sends_tables(tmp_path, invited) for one in ten[:3]]
    copy = Path(shutil.copy(files[0], tmp_path / "copy.rdf"))

    with pytest.raises(errors.AlreadyMerged, match="Shelter 0"):
        rounds.count(work, invited.round_id, FAMILY, [*files, copy])
    ten[4].introduced(work, tmp_path)
    with pytest.raises(errors.RoundNotCounted, match="Shelter 4 is not on its roster"):
        rounds.count(work, invited.round_id, FAMILY, [*files, ten[4].sends_tables(tmp_path, invited)])


def test_tables_of_an_earlier_round_do_not_count_in_this_one(work, ten, tmp_path):
    former = begun(work, ten[:3], tmp_path)
    old = ten[0].sends_tables(tmp_path, former).rename(tmp_path / "old.rdf")
    void_rounds.give_up(work, former.round_id)
    invited = begun(work, ten[:3], tmp_path)

    with pytest.raises(errors.RoundNotCounted, match="another round"):
        rounds.count(work, invited.round_id, FAMILY, [old, *(one.sends_tables(tmp_path, invited) for one in ten[1:3])])


def test_tables_sealed_to_another_desk_or_cut_are_refused(work, ten, tmp_path):
    invited = begun(work, ten[:3], tmp_path)
    files = [one.sends_tables(tmp_path, invited) for one in ten[:3]]
    elsewhere = figure_files.RoundFile(
        ten[5].party, invited.round_id, invited.family, invited.base, invited.period, invited.roster
    )
    ten[0].sends_tables(tmp_path, elsewhere)
    with pytest.raises(errors.SealedForAnother, match=r"Shelter 0-tables\.rdf"):
        rounds.count(work, invited.round_id, FAMILY, files)

    files[0].write_bytes(ten[0].sends_tables(tmp_path, invited).read_bytes()[:5000])
    with pytest.raises(errors.UnreadableFile, match="ends too early"):
        rounds.count(work, invited.round_id, FAMILY, files)
    assert [one.state for one in rounds.every(work)] == [rosters.OPEN]


def test_an_answer_that_is_in_no_list_is_damage(work, ten, tmp_path):
    invited = begun(work, ten[:3], tmp_path)
    paths = [one.sends_tables(tmp_path, invited) for one in ten[:2]]
    odd = {
        names: {tuple("*" if code == "0" else code for code in codes): number for codes, number in table.items()}
        for names, table in ten[2].exact.items()
    }
    paths.append(Shelter(ten[2].name, ten[2].secret, odd).sends_tables(tmp_path, invited))

    with pytest.raises(errors.UnreadableFile, match=paths[2].name):
        rounds.count(work, invited.round_id, FAMILY, paths)


def test_who_had_nobody_does_not_count_among_the_three(work, ten, tmp_path):
    """Of two organisations each would know the other's figures."""
    invited = begun(work, ten[:3], tmp_path)
    nobody = Shelter(ten[2].name, ten[2].secret, {names: {} for names in FAMILY.published})
    paths = [one.sends_tables(tmp_path, invited) for one in (*ten[:2], nobody)]

    with pytest.raises(errors.RoundNotCounted, match="fewer than three organisations had anybody"):
        rounds.count(work, invited.round_id, FAMILY, paths)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_are_no_round(work, ten, tmp_path, count):
    with pytest.raises(errors.NoRound, match="at least three"):
        begun(work, ten[:count], tmp_path)


def test_fewer_cases_than_close_a_period_are_no_sum(work, tmp_path):
    few = shelters(3, FAMILY, people=6, seed=70)
    invited = begun(work, few, tmp_path)

    with pytest.raises(errors.RoundNotCounted, match="fewer than 20"):
        rounds.count(work, invited.round_id, FAMILY, [one.sends_tables(tmp_path, invited) for one in few])


def test_a_period_that_has_not_ended_is_no_round(work, ten, tmp_path):
    roster = [shelter.introduced(work, tmp_path).identity for shelter in ten[:3]]
    open_year = type(YEAR)(YEAR.first.replace(year=2026), YEAR.last.replace(year=2026))

    with pytest.raises(errors.NoRound, match="not ended"):
        rounds.begin(work, FAMILY, open_year, roster)


def test_a_second_round_over_the_same_time_would_show_who_is_not_in_it(work, ten, tmp_path):
    begun(work, ten[:4], tmp_path)

    with pytest.raises(errors.NoRound, match="another one"):
        rounds.begin(work, FAMILY, YEAR, [one.party.identity for one in ten[:3]])
    rounds.begin(work, FAMILY, NEXT, [one.party.identity for one in ten[:3]])


def test_a_shelter_that_holds_nearly_everybody_is_refused(work, ten, tmp_path):
    large = Shelter("Large", b"\x77" * 32, crowds.exact(FAMILY, crowds.crowd(5000, 3)))
    members = [*ten[:2], large]
    invited = begun(work, members, tmp_path)

    with pytest.raises(errors.DominantShelter):
        rounds.count(work, invited.round_id, FAMILY, [one.sends_tables(tmp_path, invited) for one in members])
    assert rosters.PUBLISHED not in [one.state for one in rounds.every(work)]


def test_a_category_of_one_shelter_has_no_line_of_its_own(work, ten, tmp_path):
    """Only the last shelter has people of form 7; of everybody else they are of another."""
    people = [crowds.crowd(200, 60 + at) for at in range(3)]
    for one in people[:2]:
        one["form"] = one["form"] % 7
    people[2]["form"][:60] = 7
    members = [
        Shelter(f"House {at}", bytes([at + 100] * 32), crowds.exact(FAMILY, one)) for at, one in enumerate(people)
    ]
    invited = begun(work, members, tmp_path)
    block = rounds.count(work, invited.round_id, FAMILY, [one.sends_tables(tmp_path, invited) for one in members])

    assert "7" not in block.lists["form"]
    for name in block.lists:
        for code in block.lists[name]:
            held = [sum(n for (c,), n in one.exact[name,].items() if c == code) for one in members]
            assert code == "*" or max(held) <= 0.8 * sum(held) + 1e-9


def test_who_sends_rounded_blocks_is_in_no_round_of_the_same_time(work, ten, tmp_path):
    for shelter in ten[:3]:
        shelter.introduced(work, tmp_path)
    merging.take_in(work, FAMILY, [ten[0].sends_block(tmp_path, FAMILY)])

    with pytest.raises(errors.OtherLevel, match="Shelter 0"):
        rounds.begin(work, FAMILY, YEAR, [one.party.identity for one in ten[:3]])


def test_who_was_in_a_round_sends_no_rounded_block_of_the_same_time(work, ten, tmp_path):
    invited = begun(work, ten[:3], tmp_path)
    rounds.count(work, invited.round_id, FAMILY, [one.sends_tables(tmp_path, invited) for one in ten[:3]])

    with pytest.raises(errors.OtherLevel, match="Shelter 1"):
        merging.take_in(work, FAMILY, [ten[1].sends_block(tmp_path, FAMILY)])
    merging.take_in(work, FAMILY, [ten[1].sends_block(tmp_path, FAMILY, NEXT)])


def invited_here(work, ten, tmp_path, *, with_us=True):
    """Another desk coordinates, and its invitation lies here."""
    coordinator = ten[8]
    coordinator.introduced(work, tmp_path)
    ours = (partners.ourselves(work),) if with_us else (ten[7].party,)
    made = figure_files.RoundFile(
        coordinator.party, "a" * 32, FAMILY.hash, 5, YEAR, (*ours, *(one.party for one in ten[:2]))
    )
    file = tmp_path / "invitation.rdf"
    file.write_bytes(figure_files.round_file(made, coordinator.secret))
    return file


def test_our_tables_go_into_a_round_once_and_then_no_block_of_that_time(work, ten, tmp_path):
    file = invited_here(work, ten, tmp_path)
    target = tmp_path / "ours.rdf"
    target.write_bytes(rounds.contribution(work, file, FAMILY, ten[4].exact))

    tables = figure_files.read_tables(target)
    assert figure_files.unsealed(tables, ten[8].secret, FAMILY, target)[()][()] == 200
    with pytest.raises(errors.SealedForAnother):
        figure_files.unsealed(tables, figures_key.secret(work), FAMILY, target)
    with pytest.raises(errors.AlreadySealed):
        rounds.contribution(work, file, FAMILY, ten[4].exact)
    with pytest.raises(errors.OtherLevel):
        merging.our_block(work, ten[4].block(FAMILY))


def notice(by, round_id, tmp_path):
    """What a desk says of a round, whether or not it began it."""
    file = tmp_path / "void.rdf"
    file.write_bytes(void_rounds.notice(by.party, round_id, by.secret))
    return file


def test_after_a_round_that_was_given_up_its_time_goes_by_rounded_blocks(work, ten, tmp_path):
    rounds.contribution(work, invited_here(work, ten, tmp_path), FAMILY, ten[4].exact)

    freed = void_rounds.bring_in(work, notice(ten[8], "a" * 32, tmp_path))

    assert freed == YEAR
    assert rounds.our_sealed_periods(work) == []
    assert merging.our_block(work, ten[4].block(FAMILY))
    with pytest.raises(errors.OtherLevel):
        rounds.contribution(work, tmp_path / "invitation.rdf", FAMILY, ten[4].exact)


def test_only_the_desk_that_invited_says_that_a_round_is_over(work, ten, tmp_path):
    rounds.contribution(work, invited_here(work, ten, tmp_path), FAMILY, ten[4].exact)
    ten[1].introduced(work, tmp_path)

    with pytest.raises(errors.ForgedFile):
        void_rounds.bring_in(work, notice(ten[1], "a" * 32, tmp_path))
    with pytest.raises(errors.NoSuchRound):
        void_rounds.bring_in(work, notice(ten[8], "b" * 32, tmp_path))
    partners.forget(work, ten[8].party.identity)
    with pytest.raises(errors.UnknownPartner):
        void_rounds.bring_in(work, notice(ten[8], "a" * 32, tmp_path))

    assert rounds.our_sealed_periods(work) == [YEAR]


def test_who_gives_a_round_up_writes_the_notice_as_often_as_it_is_lost(work, ten, tmp_path):
    ours = [partners.ourselves(work).identity]
    roster = [*ours, *(one.introduced(work, tmp_path).identity for one in ten[:3])]
    file = tmp_path / "round.rdf"
    file.write_bytes(rounds.begin(work, FAMILY, YEAR, roster))
    invited = figure_files.read_round(file)
    rounds.contribution(work, file, FAMILY, ten[4].exact)

    first = void_rounds.give_up(work, invited.round_id)

    assert void_rounds.give_up(work, invited.round_id) == first
    assert rounds.our_sealed_periods(work) == []
    (tmp_path / "void.rdf").write_bytes(first)
    assert void_rounds.read(tmp_path / "void.rdf").round_id == invited.round_id


@pytest.mark.parametrize("name", ["2031", "2019", "banana"])
def test_a_time_of_which_there_is_no_round_is_said_to_be_none(work, name):
    with pytest.raises(errors.NoRound, match=f"{name} is no quarter"):
        rounds.period_named(name, work.today)
    with pytest.raises(errors.NoRound, match="began none"):
        rounds.named(work, FAMILY, name)
    with pytest.raises(errors.NoRound, match="began none"):
        rounds.count(work, "c" * 32, FAMILY, [])


def test_a_published_round_is_not_given_up(work, ten, tmp_path):
    invited = begun(work, ten[:3], tmp_path)
    rounds.count(work, invited.round_id, FAMILY, [one.sends_tables(tmp_path, invited) for one in ten[:3]])

    with pytest.raises(errors.NoSuchRound):
        void_rounds.give_up(work, invited.round_id)


def test_a_restored_desk_neither_counts_nor_gives_up_before_somebody_says_how_it_stands(work, ten, tmp_path):
    invited = begun(work, ten[:3], tmp_path)
    files = [one.sends_tables(tmp_path, invited) for one in ten[:3]]
    work.note(Act.RESTORED, "backup")

    with pytest.raises(errors.HowItStands):
        rounds.count(work, invited.round_id, FAMILY, files)
    with pytest.raises(errors.HowItStands):
        void_rounds.give_up(work, invited.round_id)

    restored.nothing_was_published(work)
    assert rounds.count(work, invited.round_id, FAMILY, files).total


def test_after_a_block_our_tables_go_into_no_round(work, ten, tmp_path):
    file = invited_here(work, ten, tmp_path)
    merging.our_block(work, ten[4].block(FAMILY))

    with pytest.raises(errors.OtherLevel):
        rounds.contribution(work, file, FAMILY, ten[4].exact)


def test_we_follow_no_invitation_that_leaves_us_out(work, ten, tmp_path):
    with pytest.raises(errors.NoRound, match="not on its roster"):
        rounds.contribution(work, invited_here(work, ten, tmp_path, with_us=False), FAMILY, ten[4].exact)


def test_we_follow_no_invitation_of_a_stranger(work, ten, tmp_path):
    file = invited_here(work, ten, tmp_path)
    partners.forget(work, ten[8].party.identity)

    with pytest.raises(errors.UnknownPartner):
        rounds.contribution(work, file, FAMILY, ten[4].exact)
