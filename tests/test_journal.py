"""The journal: who did what, told in sentences; and a chain that shows when somebody rewrote it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from referral_desk import chronicle, errors, journal, staff, store
from referral_desk.chronicle import Subject, Wanted
from referral_desk.journal import Act
from tests.crew import BO, CANARIES, CORA, opened


@pytest.fixture
def folder(crew_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


def verified(desk: store.Desk, *anchors: str) -> int:
    with desk.work() as work:
        return journal.verify(work.session, anchors)


def test_the_keeper_reads_the_journal_in_sentences(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            code = work.cases(work.case_ids("zdravka"))[0].code
        staff.remove(desk, "Bo")
        told = [entry.sentence for entry in chronicle.read(desk)]

    assert told[0] == "Ana removed the member Bo and changed the keys."
    assert "Ana added the member Cora." in told
    assert f"Ana recorded “The person” in the case {code}." in told
    assert "Ana opened the list of names to search in it." in told
    assert not any(canary in sentence for canary in CANARIES for sentence in told)


def test_who_keeps_no_desk_reads_no_journal(folder: Path) -> None:
    with opened(folder, BO) as desk, pytest.raises(errors.KeeperNeeded):
        chronicle.read(desk)
    with opened(folder, CORA) as desk:
        assert chronicle.read(desk, newest=1)[0].sentence == "Cora opened the desk."


def test_every_act_has_a_sentence() -> None:
    assert {act for act in Act if act not in chronicle.SENTENCES} == set()


def test_every_act_is_found_under_one_subject() -> None:
    found = [act for subject in Subject for act in subject.acts]

    assert sorted(found, key=list(Act).index) == list(Act)


def sentences(desk: store.Desk, wanted: Wanted) -> list[str]:
    numbers = [number for _day, found in chronicle.find(desk, wanted) for number in found]
    return [entry.sentence for entry in chronicle.these(desk, numbers)]


def test_entries_are_found_by_member_subject_and_case(folder: Path) -> None:
    with opened(folder) as desk:
        staff.rename(desk, "Bo", "Bobo")
        bo = next(one.id for one in staff.colleagues(desk) if one.name == "Bobo")
        with desk.work() as work:
            code = work.cases(work.case_ids())[0].code

        assert sentences(desk, Wanted(member=bo)) == [
            "Ana gave the member Bobo this name.",
            "Ana added the member Bobo.",
        ]
        assert sentences(desk, Wanted(case=code.lower()))[-1] == f"Ana opened the case {code}."
        assert len(sentences(desk, Wanted(member=bo, subject=Subject.CASES))) == 0
        assert len(sentences(desk, Wanted())) > len(sentences(desk, Wanted(subject=Subject.CASES))) > 1
        with pytest.raises(errors.UnknownCase):
            chronicle.find(desk, Wanted(case="RD-0000-0000"))


def test_entries_stand_under_the_day_that_the_clock_here_showed(folder: Path) -> None:
    with opened(folder) as desk:
        found = chronicle.find(desk, Wanted())
        told = {entry.number: entry.at for entry in chronicle.read(desk, newest=1000)}

    assert all(chronicle.on_this_clock(told[one]).date() == day for day, numbers in found for one in numbers)
    assert [number for _day, numbers in found for number in numbers] == sorted(told, reverse=True)


def test_who_keeps_no_desk_finds_no_entry(folder: Path) -> None:
    with opened(folder, BO) as desk:
        for ask in (lambda: chronicle.find(desk, Wanted()), lambda: chronicle.these(desk, [1])):
            with pytest.raises(errors.KeeperNeeded):
                ask()


def test_following_the_chain_says_how_far_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MANY", 4)
    told: list[tuple[int, int]] = []
    with opened(folder) as desk:
        found = chronicle.verify(desk, on_progress=lambda *far: told.append(far))

    assert told == [(done, found.entries) for done in range(4, found.entries + 1, 4)]


def test_a_whole_chain_is_followed_to_its_end(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            number, head = journal.head(work.session)

        assert verified(desk) == number
        assert verified(desk, head) == number


CHANGES = (
    "UPDATE journal SET act = 'COUNTED' WHERE number = :number",
    "UPDATE journal SET by = '' WHERE number = :number",
    "UPDATE journal SET record = 'case' WHERE number = :number",
    "UPDATE journal SET at = '2020-01-01 00:00:00.000000' WHERE number = :number",
    "UPDATE journal SET chain = '' WHERE number = :number",
    "DELETE FROM journal WHERE number = :number",
    "UPDATE journal SET number = 1000 WHERE number = :number",
)


@pytest.fixture(scope="module")
def desk(crew_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Desk]:
    with opened(shutil.copytree(crew_desk, tmp_path_factory.mktemp("copy") / "desk")) as desk:
        yield desk


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=st.sampled_from(CHANGES), number=st.integers(2, 6))
def test_any_entry_changed_moved_or_removed_breaks_the_chain_there(desk: store.Desk, change: str, number: int) -> None:
    with desk.work() as work:
        work.session.execute(text(change), {"number": number})
        with pytest.raises(errors.JournalBroken) as caught:
            journal.verify(work.session)
        work.session.rollback()

    assert caught.value.evidence == {"number": number}


def test_a_chain_rewritten_as_a_whole_is_noticed_by_an_anchor(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            _number, anchor = journal.head(work.session)
        with desk.work() as work:
            rewrite_without(work, number=4)

        assert verified(desk) > 0
        with pytest.raises(errors.JournalBroken):
            verified(desk, anchor)


def rewrite_without(work: store.Work, number: int) -> None:
    """What somebody with the database key and time can do."""
    entries = sorted(journal.newest(work.session, 1000), key=lambda entry: entry.number)
    for entry in entries[number - 1 :]:
        work.session.delete(entry)
    work.session.flush()
    for entry in entries[number:]:
        journal.note(work.session, Act[entry.act], at=entry.at, by=entry.by, record=entry.record)
