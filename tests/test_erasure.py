"""A person asks to be erased, or to see everything; a court may stop the one, and nobody the other."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from referral_desk import access, chronicle, erasure, errors, store
from referral_desk.erasure import Ground
from referral_desk.nrm import retention
from referral_desk.nrm.case import Base
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.referral import Referral
from referral_desk.store import backups, ledger, records, restoring
from tests.cast import TODAY, a_woman, days_ago, tells
from tests.crew import BO, CANARIES, RECOVERY_KEY, at, clock, code_of, opened


@pytest.fixture
def folder(two_cases: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two_cases, tmp_path / "desk"))


def holds(desk: store.Desk, code: str, status: str, **more: str) -> None:
    with desk.work() as work:
        said = {"day": TODAY.isoformat(), "status": status, "reason": "Court 4 K 12"}
        work.take(work.case(code), step_from(kind_of("legal_hold"), said | more))


def every_value(desk: store.Desk) -> str:
    with desk.engine.connect() as connection:
        tables = [table.name for table in Base.metadata.sorted_tables]
        rows = [row for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))]  # noqa: S608
    return " ".join(str(value) for row in rows for value in row)


def test_before_an_erasure_it_is_said_what_goes_and_what_stays(folder: Path) -> None:
    with opened(folder) as desk:
        planned = erasure.plan(desk, code_of(desk))

        assert dict(planned.goes) == {
            "The case itself": 1,
            "The person": 1,
            "First contact": 2,
            "Consent": 1,
            "Referral": 1,
            "Half-filled forms": 1,
        }
        assert planned.recipients == ("Clinic North",)
        assert "24 Dec 2027" in planned.stays[2]
        assert code_of(desk) == planned.code


def test_an_erased_person_is_gone_and_everybody_else_is_there(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        certificate = erasure.erase(desk, code, Ground.REQUEST)
        case_id = certificate.plan.case_id

        with pytest.raises(errors.UnknownCase):
            erasure.plan(desk, code)
        with desk.work() as work:
            assert work.case_ids("zdravka") == []
            assert len(work.case_ids()) == 1
            assert records.counts(work.session, case_id) == {}
        assert code not in every_value(desk)
        assert chronicle.read(desk)[0].sentence == "Ana erased a case at the person's own request."
    assert f"The case {code} was erased on 23 Nov 2026 at the person's own request" in certificate.text
    assert "  First contact: 2 records" in certificate.text
    assert "Clinic North" in certificate.text
    assert not any(canary in certificate.text for canary in CANARIES)


def test_what_is_removed_is_overwritten(folder: Path) -> None:
    with opened(folder) as desk, desk.engine.connect() as connection:
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1


def test_every_table_that_belongs_to_a_case_is_cleared() -> None:
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name == "cases" for key in table.foreign_keys)
    }

    assert pointing | {"cases", "draft", "disclosure", "merged", "figures_case", "figures_sealed"} == {
        table.name for table in records.tables()
    }


@pytest.mark.parametrize("name", ["data-0001.before-1", "data-0001.before-27", "data-0001.copying"])
def test_every_copy_made_before_a_migration_goes_too(folder: Path, name: str) -> None:
    copy = folder / name
    copy.write_bytes(b"everything that was there")

    with opened(folder) as desk:
        erasure.erase(desk, code_of(desk), Ground.REQUEST)

    assert not copy.exists()


def test_a_legal_hold_stops_erasure_until_every_hold_is_lifted(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        holds(desk, code, "IN_FORCE")
        holds(desk, code, "IN_FORCE")
        holds(desk, code, "LIFTED")

        assert erasure.plan(desk, code).on_legal_hold
        with pytest.raises(errors.OnLegalHold):
            erasure.erase(desk, code, Ground.REQUEST)
        holds(desk, code, "LIFTED")
        erasure.erase(desk, code, Ground.REQUEST)


def test_a_case_is_kept_for_twelve_months_after_its_last_step_unless_the_person_asks(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        with pytest.raises(errors.KeptUntil) as caught:
            erasure.erase(desk, code, Ground.RETENTION)
        assert "23 Nov 2027" in str(caught.value)

        desk.clock = lambda: clock().replace(year=2027, day=24)
        assert erasure.erase(desk, code, Ground.RETENTION).plan.code == code


def test_the_last_step_counts_and_a_case_without_steps_is_kept_from_its_opening() -> None:
    case = a_woman()
    tells(case, "assistance", 20, services="MED")

    assert retention.kept_until(case) == days_ago(20).replace(year=2027)
    case.steps.clear()
    assert retention.kept_until(case).year == 2027


def test_who_reads_no_names_erases_nobody_and_gives_no_access(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
    with opened(folder, BO) as desk:
        for refused in (erasure.plan, access.of):
            with pytest.raises(errors.NotEntitled):
                refused(desk, code)
        with pytest.raises(errors.NotEntitled):
            erasure.erase(desk, code, Ground.REQUEST)


def test_an_erasure_survives_the_restore_of_a_backup_on_a_stick_that_was_away(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(folder) as desk:
        backups.name_place(desk, stick)
        older = backups.make(desk)
        away = stick.rename(tmp_path / "away")
        erasure.erase(desk, code_of(desk), Ground.REQUEST)
        away.rename(stick)
        desk.clock = lambda: at(1)
        backups.make(desk)
        assert desk.seal
        assert len(ledger.read(ledger.file_in(stick, desk.keys.store_salt), desk.seal)) == 1

    again = restoring.restore(stick / older.name, tmp_path / "again", RECOVERY_KEY, clock=clock)
    with again as desk, desk.work() as work:
        assert work.case_ids("zdravka") == []
        assert len(work.case_ids()) == 1


def test_a_lifting_where_there_is_no_hold_lifts_none_to_come(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        holds(desk, code, "LIFTED")
        holds(desk, code, "IN_FORCE")

        with pytest.raises(errors.OnLegalHold):
            erasure.erase(desk, code, Ground.REQUEST)


def test_a_hold_says_who_needs_the_case_and_does_not_end_on_the_day_that_was_named(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        with pytest.raises(errors.AnswersMissing):
            holds(desk, code, "IN_FORCE", reason="")
        holds(desk, code, "IN_FORCE", until="2026-12-24")
        desk.clock = lambda: clock().replace(year=2029)

        planned = erasure.plan(desk, code)
        assert planned.held_until == date(2026, 12, 24)
        assert planned.on_legal_hold


def test_no_draft_of_an_erased_case_comes_back(folder: Path) -> None:
    with opened(folder) as desk:
        case_id = erasure.erase(desk, code_of(desk), Ground.REQUEST).plan.case_id

        with pytest.raises(errors.UnknownCase), desk.work() as work:
            work.keep_draft("interview", case_id, {"account": "Zdravka went on …"})
        with desk.work() as work:
            assert work.drafts() == []


def test_where_somebody_was_and_what_was_searched_for_is_forgotten_too(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            work.keep_draft("open", None, {"search": "zdravka"})
        erasure.erase(desk, code_of(desk), Ground.REQUEST)

        with desk.work() as work:
            assert work.drafts() == []


def test_the_names_in_memory_lose_the_erased_one(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        erasure.erase(desk, code, Ground.REQUEST)
        with desk.work() as work:
            found = work.case_ids("zdravka"), work.case_ids("tarikandra")

        assert [len(ids) for ids in found] == [0, 1]


def test_who_was_told_before_a_referral_was_corrected_is_told_of_the_erasure_too(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            case = work.case(work.case_ids("zdravka")[0])
            referral = case.taken(Referral)[0]
            said = {
                "status": "GIVEN",
                "scope": "SHARE_ORG",
                "recipient": "Clinic South",
                "items": "NEEDS",
                "given_by": "GUARDIAN",
            }
            work.take(case, step_from(kind_of("consent"), {"day": TODAY.isoformat(), **said}))
            work.correct(case, referral, {"recipient": "Clinic South"}, why="It moved.")

        assert erasure.plan(desk, code_of(desk)).recipients == ("Clinic North", "Clinic South")


def test_a_stick_that_is_away_is_said_before_and_certified(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(folder) as desk:
        backups.name_place(desk, stick)
        assert erasure.plan(desk, code_of(desk)).warning == ""
        stick.rename(tmp_path / "away")

        warning = erasure.plan(desk, code_of(desk)).warning
        assert "bring the case back" in warning
        assert warning in erasure.erase(desk, code_of(desk), Ground.REQUEST).text


def test_cases_whose_time_has_ended_are_listed_without_a_name_and_held_ones_say_so(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        holds(desk, code, "IN_FORCE", until="2027-03-01")
        with desk.work(unsealed=False) as work:
            assert erasure.ended(work, at_most=9) == ((), 0)

        desk.clock = lambda: clock().replace(year=2027, day=24)
        with desk.work(unsealed=False) as work:
            listed, count = erasure.ended(work, at_most=1)
            everyone, _count = erasure.ended(work, at_most=9)
        assert (len(listed), count) == (1, 2)
        assert {one.row.code: one.held_until for one in everyone}[code] == date(2027, 3, 1)
        assert not any(canary in repr(everyone) for canary in CANARIES)


@pytest.mark.parametrize("on", [date(2028, 2, 29), date(2027, 3, 1), date(2027, 2, 28), date(2026, 11, 24)])
def test_the_list_and_the_rule_agree_on_every_day(on: date) -> None:
    quiet = retention.quiet_long_enough(on)

    assert retention.KEPT.end(quiet) < on <= retention.KEPT.end(quiet + timedelta(days=1))


@pytest.mark.parametrize(
    ("typed", "is_it"), [("rd 7k3m 9qxf", True), ("RD-7K3M-9QXF", True), ("", False), ("RD", False)]
)
def test_the_code_is_typed_as_one_reads_it_from_paper(typed: str, is_it: bool) -> None:
    planned = erasure.Plan(
        *(uuid4(), "RD-7K3M-9QXF", (), TODAY, (), TODAY), may_be_kept_no_longer=True, held_since=None, held_until=None,
        place_is_away=False,
        others_are_half_filled=False,
    )  # fmt: skip

    assert planned.is_named_by(typed) is is_it


def test_a_form_that_belongs_to_no_case_yet_is_pointed_out(folder: Path) -> None:
    with opened(folder) as desk:
        assert not erasure.plan(desk, code_of(desk)).others_are_half_filled
        with desk.work() as work:
            work.keep_draft("first_contact", None, {"first_words": "Zdravka came back"})

        assert "not opened yet" in erasure.plan(desk, code_of(desk)).stays[-1]


def test_an_erasure_that_failed_leaves_no_word_that_it_happened(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(folder) as desk:
        backups.name_place(desk, stick)
        made = backups.make(desk)
        ledger.file_in(stick, desk.keys.store_salt).mkdir()  # nothing can be written in its place
        with pytest.raises(errors.DeskError):
            erasure.erase(desk, code_of(desk), Ground.REQUEST)

    again = restoring.restore(folder / "backups" / made.name, tmp_path / "again", RECOVERY_KEY, clock=clock)
    with again as desk, desk.work() as work:
        assert len(work.case_ids("zdravka")) == 1
