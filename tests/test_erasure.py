"""A person asks to be erased, or to see everything; a court may stop the one, and nobody the other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from referral_desk import access, chronicle, erasure, errors, store
from referral_desk.erasure import Ground
from referral_desk.nrm import retention
from referral_desk.nrm.case import Base
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.store import backups, ledger, records, restoring
from tests.cast import TODAY, a_woman, days_ago, tells
from tests.crew import BO, CANARIES, RECOVERY_KEY, at, clock, opened


@pytest.fixture(scope="module")
def pattern(crew_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Zdravka's case with a correction, a referral on paper and a draft; and somebody else's."""
    folder = Path(shutil.copytree(crew_desk, tmp_path_factory.mktemp("pattern") / "desk"))
    with opened(folder) as desk:
        with desk.work() as work:
            case = work.case(work.case_ids("zdravka")[0])
            work.correct(case, case.steps[0], {"first_words": "Milivojska, of room 4."}, why="A slip.")
            said = {"status": "GIVEN", "scope": "SHARE_ORG", "recipient": "Clinic North", "items": "NEEDS"}
            work.take(case, step_from(kind_of("consent"), {"day": TODAY.isoformat(), **said}))
            asked = {"recipient": "Clinic North", "services": "MED", "urgency": "EMERG"}
            work.take(case, step_from(kind_of("referral"), {"day": TODAY.isoformat(), **asked}))
        with desk.work() as work:
            other = work.open_case(step_from(kind_of("first_contact"), {"day": TODAY.isoformat()}))  # type: ignore[arg-type]
            work.take(other, step_from(kind_of("person"), {"day": TODAY.isoformat(), "first_name": "Tarikandra"}))
    return folder


@pytest.fixture
def folder(pattern: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pattern, tmp_path / "desk"))


def code_of(desk: store.Desk, name: str = "zdravka") -> str:
    with desk.work() as work:
        return work.cases(work.case_ids(name))[0].code


def holds(desk: store.Desk, code: str, status: str) -> None:
    with desk.work() as work:
        step = step_from(kind_of("legal_hold"), {"day": TODAY.isoformat(), "status": status, "reason": "Court 4 K 12"})
        work.take(work.case(code), step)


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
        assert chronicle.read(desk)[1].sentence == "Ana erased a case."
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

    assert pointing | {"cases", "draft"} == {table.name for table in records.tables()}


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


def test_a_person_sees_everything_that_is_kept_and_who_read_it(folder: Path) -> None:
    with opened(folder) as desk:
        seen = access.of(desk, code_of(desk))

    told = {(one.label, one.revision, one.is_current) for one in seen.recorded}
    said = " ".join(answer.text for one in (*seen.recorded, *seen.drafts) for answer in one.answers)
    assert {("First contact", 1, False), ("First contact", 2, True), ("The person", 1, True)} <= told
    assert all(canary in said for canary in ("Zdravka", "Ždralović", "Milivojska", "1999", "began to tell"))
    assert [handed.recipient for handed in seen.handed] == ["Clinic North"]
    assert any("read names or notes" in sentence for _at, sentence in seen.acts)
    assert seen.kept_until.year == 2027


def test_nothing_of_anybody_else_is_in_what_a_person_sees(folder: Path) -> None:
    with opened(folder) as desk:
        seen = access.of(desk, code_of(desk))

    assert not any(name in repr(seen) for name in ("Ana", "Bo ", "Cora", "Tarikandra"))
    marked = {answer.name for one in seen.recorded for answer in one.answers if answer.may_name_others}
    assert {"first_words", "recipient"} <= marked
    assert not marked & {"first_name", "phone", "gender"}


def test_what_speaks_of_somebody_else_is_withheld_and_says_so(folder: Path) -> None:
    with opened(folder) as desk:
        first = next(one for one in access.of(desk, code_of(desk)).recorded if one.label == "First contact")
        assert first.id
        seen = access.of(desk, code_of(desk), withheld={(first.id, "first_words")})

    assert "room 4" not in repr(seen)
    assert "Withheld: it speaks of somebody else." in repr(seen)
