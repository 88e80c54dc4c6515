"""After the rules have changed: deadlines are reckoned anew piece by piece, and nothing old is shown as new."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from referral_desk import profile, store, today, words
from referral_desk.cli import due as command
from referral_desk.exchange import practice
from referral_desk.nrm.deadlines import what_is_due
from referral_desk.nrm.mechanism import Value
from referral_desk.nrm.person import FirstContact
from referral_desk.store import reckoning
from referral_desk.store.reckoning import HowFar
from tests.cast import PASSPHRASE, TODAY, days_ago
from tests.test_cli import Typist, ana  # noqa: F401 - a fixture
from tests.test_due import kept_and_said, new_desk

CASES = 8
NO_TIME = 0.0
OLD = "1999-01-01"


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose deadlines are those of former rules, all of them wrong."""
    folder = tmp_path_factory.mktemp("former") / "desk"
    with new_desk(folder, purpose=store.Purpose.PRACTICE) as desk:
        practice.fill(desk, cases=CASES)
        with desk.work(unsealed=False) as work:
            outdate(work)
    return folder


@pytest.fixture
def desk(pattern: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[store.Desk]:
    monkeypatch.setattr(reckoning, "FEW", 3)
    monkeypatch.setattr(reckoning, "PIECE", NO_TIME)
    with opened(Path(shutil.copytree(pattern, tmp_path / "former"))) as desk:
        yield desk


def opened(folder: Path) -> store.Desk:
    return store.open_desk(folder, passphrase=PASSPHRASE)


def outdate(work: store.Work) -> None:
    """Let what is due be what other rules said."""
    work.session.execute(text("UPDATE due SET due_on = :old, shown_on = :old"), {"old": OLD})
    work.about().reckoned = "other rules"
    work.has_written = True


def a_piece(desk: store.Desk) -> HowFar | None:
    with desk.work(unsealed=False) as work:
        return reckoning.go_on(work)


def test_nothing_that_was_reckoned_by_former_rules_is_shown_as_due(desk: store.Desk) -> None:
    for done in (0, 3, 6):
        with desk.work(unsealed=False) as work:
            page = today.today(work)
            assert page.reckoned == HowFar(done, CASES)
            assert f"{done} of {CASES} cases" in page.sentence
            assert page.overdue.is_empty
            assert page.today.is_empty
            assert page.coming.is_empty
            assert page.letters.is_empty
            assert page.expiring.is_empty
        a_piece(desk)
    with desk.work(unsealed=False) as work:
        page = today.today(work)
    assert page.reckoned is None
    assert str(page.overdue.lines[0].due_on) > OLD
    kept_and_said(desk)


def test_the_page_of_a_case_says_what_is_due_by_the_rules_in_force_before_its_turn_has_come(desk: store.Desk) -> None:
    with desk.work(unsealed=False) as work:
        cases = work.cases(work.case_ids())
        said = [[(line.key, line.due_on, line.due_at) for line in today.of_case(work, case.id)] for case in cases]
        assert said == [[(one.key, one.due_on, one.due_at) for one in what_is_due(case)] for case in cases]
    assert any(said)


def test_a_piece_is_kept_for_itself_and_the_next_opening_goes_on_there(desk: store.Desk) -> None:
    assert a_piece(desk) == HowFar(3, CASES)
    desk.close()

    with opened(desk.folder) as again:
        assert a_piece(again) == HowFar(6, CASES)
        assert a_piece(again) is None
        kept_and_said(again)


def test_rules_that_change_meanwhile_let_it_begin_anew(desk: store.Desk) -> None:
    a_piece(desk)
    a_piece(desk)

    profile.put(desk, "SRB", "needs", Value("10 days", source="The office"))

    with desk.work(unsealed=False) as work:
        assert reckoning.how_far(work.session) == HowFar(0, CASES)
    reckoning.finish(desk)
    kept_and_said(desk)


def test_what_is_recorded_meanwhile_is_due_by_the_rules_in_force_wherever_its_turn_is(desk: store.Desk) -> None:
    a_piece(desk)
    with desk.work() as work:
        new = [work.open_case(FirstContact(day=days_ago(3))).id for _time in range(6)]
    with desk.work(unsealed=False) as work:
        assert all("needs" in {line.key for line in today.of_case(work, id_)} for id_ in new)

    reckoning.finish(desk)

    kept_and_said(desk)
    with desk.work(unsealed=False) as work:
        assert len(work.case_ids()) == CASES + 6


def test_a_changed_profile_reckons_every_case_anew_and_tells_how_far(desk: store.Desk) -> None:
    reckoning.finish(desk)
    profile.put(desk, "SRB", "needs", Value("10 days", source="The office"))
    with desk.work() as work:
        id_ = work.open_case(FirstContact(day=TODAY)).id
    heard: list[HowFar] = []

    reckoning.finish(desk, heard.append)

    with desk.work(unsealed=False) as work:
        lines = {line.key: line.due_on for line in today.of_case(work, id_)}
        assert reckoning.how_far(work.session) is None
    assert lines["needs"] == days_ago(-10)
    assert [far.of for far in heard] == [CASES + 1] * len(heard)


@pytest.mark.parametrize(
    ("language", "said"), [("sr_Cyrl", "3 од 8"), ("ar", "3"), ("en", "3 of 8 cases have been looked at")]
)
def test_it_is_said_in_the_language_spoken(language: str, said: str) -> None:
    english = today.still_reckoned(HowFar(3, 8))
    try:
        words.use(language)
        told = today.still_reckoned(HowFar(3, 8))
    finally:
        words.use("en")

    assert said in told
    assert (told == english) is (language == "en")


_CHILD = """
import sys
from referral_desk import store
from referral_desk.store import reckoning

reckoning.FEW, reckoning.PIECE = 1, 0
with store.open_desk(sys.argv[1], passphrase=sys.argv[2]) as desk:
    reckoning.finish(desk, lambda far: print(far.done, flush=True))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed there")
def test_a_process_that_is_killed_in_the_middle_does_no_harm_and_the_next_goes_on(desk: store.Desk) -> None:
    desk.close()
    told: list[int] = []
    while not told or told[-1] < CASES - 2:
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(desk.folder), PASSPHRASE], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        with child.stdout:
            told += [int(child.stdout.readline()) for _piece in range(2)]
            os.kill(child.pid, signal.SIGKILL)
        child.wait()

    assert told == sorted(told)
    with opened(desk.folder) as again:
        with again.work(unsealed=False) as work:
            far = reckoning.how_far(work.session)
        assert far is None or far.done >= CASES - 2
        reckoning.finish(again)
        kept_and_said(again)


def test_a_command_waits_and_says_why_if_it_takes_longer_than_a_moment(
    ana: Typist,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _case in range(2):
        ana.opens_a_case()
    with opened(ana.folder) as desk, desk.work(unsealed=False) as work:
        outdate(work)
    for name, value in (("FEW", 1), ("PIECE", NO_TIME)):
        monkeypatch.setattr(reckoning, name, value)

    monkeypatch.setattr(command, "MOMENT", NO_TIME)
    first = ana.types("today")
    second = ana.types("today")

    assert first.count("being reckoned anew, because the rules") == 1
    assert "1 of 2 cases" in first
    assert OLD not in first
    assert "reckoned" not in second
    assert first.startswith(second)
