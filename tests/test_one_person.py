"""Two cases of one person: told with the reason, kept apart, merged, and taken apart again without a trace of loss."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from referral_desk import chronicle, erasure, one_person, pages, store, undoing
from referral_desk.erasure import Ground
from referral_desk.errors import CannotMerge, UnknownCase
from referral_desk.nrm.case import Case
from referral_desk.nrm.keeping import LinkedCase
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import FirstContact, Person
from referral_desk.nrm.retention import kept_until
from referral_desk.statistics import counting
from referral_desk.store import records
from referral_desk.store.likeness import Reason, identity, is_slip, reasons
from referral_desk.store.tables import DueRow
from tests.cast import TODAY, days_ago
from tests.crew import BO, code_of, opened
from tests.test_cli import Typist, ana  # noqa: F401 - a fixture


@pytest.fixture
def desk(two_cases: Path, tmp_path: Path) -> store.Desk:
    return opened(Path(shutil.copytree(two_cases, tmp_path / "desk")))


def take(work: store.Work, case: Case, kind: str, **written: Any) -> None:
    work.take(case, step_from(kind_of(kind), {"day": TODAY.isoformat(), **written}))


def somebody(work: store.Work, **person: str) -> Case:
    case = work.open_case(FirstContact(day=days_ago(3)))
    take(work, case, "person", **person)
    return case


def who(**told: str) -> Any:
    numbers = tuple(told.pop("number", "").split("|"))
    return identity(told, numbers)


ZDRAVKA = who(first_name="Zdravka", last_name="Ždralović", date_of_birth="1999-04-17", phone="+381 64 000 111")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (who(first_name="Здравка", last_name="Ждраловић", date_of_birth="1999"), [Reason.NAME_AND_YEAR]),
        (who(first_name="Ždralović", last_name="Zdravka"), [Reason.NAME]),
        (who(first_name="Zdravka", last_name="Zdralovoć", date_of_birth="1999~"), [Reason.NAME_AND_YEAR]),
        (who(first_name="Milena", phone="00381 64000111"), [Reason.PHONE]),
        (who(first_name="Mila", other_names="Zdravka Zdralovic"), [Reason.ALIAS]),
        (who(first_name="Zdravka", last_name="Ždralović", date_of_birth="1975"), []),
        (who(first_name="Zdravka", last_name="Petrović", date_of_birth="1999"), []),
        (who(first_name="Zdravka"), []),
        (who(), []),
    ],
)
def test_the_reason_is_told_and_no_more_than_there_is(other: Any, why: list[Reason]) -> None:
    assert list(reasons(ZDRAVKA, other)) == why
    assert list(reasons(other, ZDRAVKA)) == why


def test_the_number_of_a_document_tells_in_any_spacing() -> None:
    assert reasons(who(number="00 123-456 A"), who(number="00123456a")) == (Reason.NUMBER,)
    assert reasons(who(number="123"), who(number="123")) == ()


@given(st.text("abcdefg", min_size=4, max_size=9), st.data())
def test_one_slip_is_forgiven(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    slips = [word[:at] + "x" + word[at + 1 :], word[:at] + word[at + 1 :], word[:at] + "x" + word[at:]]

    assert all(is_slip(word, slip) and is_slip(slip, word) for slip in slips)
    assert is_slip(word, word[: at - 1] + word[at - 1 : at + 1][::-1] + word[at + 1 :]) or at == 1
    assert not is_slip(word, f"{word}xy")


def test_a_case_shows_its_likes_with_the_reason_until_somebody_knows_better(desk: store.Desk) -> None:
    with desk:
        code = code_of(desk)
        with desk.work() as work:
            twin = somebody(work, first_name="Zdravka", last_name="Zdralovic", date_of_birth="1999")
            mine = work.case(code).id
        with desk.work() as work:
            [found] = one_person.candidates(work, mine)
            assert found.row.code == twin.code
            assert found.reasons == (Reason.NAME_AND_YEAR.label,)
            assert [one.row.code for one in one_person.candidates(work, twin.id)] == [code]

            one_person.keep_apart(work, mine, twin.id)
        with desk.work() as work:
            assert one_person.candidates(work, mine) == one_person.candidates(work, twin.id) == ()
            assert one_person.linked(work, mine) == ()


def test_a_corrected_name_is_no_longer_alike_and_a_failed_one_never_was(desk: store.Desk) -> None:
    with desk:
        mine = work_id(desk)
        with desk.work() as work:
            assert one_person.candidates(work, mine) == ()
            twin = somebody(work, first_name="Zdravka", last_name="Ždralović", phone="+381 64 000 111")
        with desk.work() as work:
            [found] = one_person.candidates(work, mine)
            assert found.reasons[0] == Reason.PHONE.label
            again = work.case(twin.id)
            person = again.latest(Person)
            assert person
            work.correct(again, person, {"first_name": "Mila", "phone": None}, why="Another person.")
        with desk.work() as work:
            assert one_person.candidates(work, mine) == ()
        with pytest.raises(RuntimeError), desk.work() as work:
            somebody(work, first_name="Zdravka", last_name="Ždralović")
            raise RuntimeError
        with desk.work() as work:
            assert one_person.candidates(work, mine) == ()


def work_id(desk: store.Desk, name: str = "zdravka") -> Any:
    with desk.work() as work:
        return work.case_ids(name)[0]


def test_without_the_seal_nobody_is_alike(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        somebody(work, first_name="Zdravka", last_name="Ždralović")
        mine = work.case_ids("zdravka")[0]
    with opened(desk.folder, BO) as other, other.work() as work:
        assert one_person.candidates(work, mine) == ()
        assert one_person.linked(work, mine) == ()


def test_linked_cases_show_one_another_and_the_link_can_be_undone(desk: store.Desk) -> None:
    with desk:
        mine, other = work_id(desk), work_id(desk, "tarikandra")
        with desk.work() as work:
            case, sister = work.case(mine), work.case(other)
            take(work, case, "linked_case", case_code=sister.code, link="SIBLING", status="LINKED", may_know="NO")
        with desk.work() as work:
            [there] = one_person.linked(work, mine)
            [here] = one_person.linked(work, other)
            assert (there.row.id, here.row.id) == (other, mine)
            assert (here.link, here.may_know) == ("Brother or sister", False)
        with desk.work() as work:
            undoing.undo(work, desk.acts.last)
        with desk.work() as work:
            assert one_person.linked(work, mine) == one_person.linked(work, other) == ()


def test_a_link_to_nowhere_is_refused(desk: store.Desk) -> None:
    with desk:
        mine = work_id(desk)
        for wrong in ("RD-0000-0000", code_of(desk)):
            with pytest.raises(UnknownCase), desk.work() as work:
                take(work, work.case(mine), "linked_case", case_code=wrong, link="SIBLING", status="LINKED")
        with desk.work() as work:
            assert work.case(mine).taken(LinkedCase) == []


def state(work: store.Work, case: Case) -> list[tuple[Any, ...]]:
    """All that a case holds now, as it would be read."""
    return sorted((str(step.id), step.kind, json.dumps(step.answers(), default=str)) for step in case.steps)


def told(work: store.Work, case: Case) -> list[tuple[str, str]]:
    answers = ((step.kind, {k: v for k, v in step.answers().items() if k != "why_corrected"}) for step in case.steps)
    return sorted((kind, json.dumps(given, default=str, sort_keys=True)) for kind, given in answers)


def test_two_cases_become_one_and_are_taken_apart_again(desk: store.Desk) -> None:
    with desk:
        code = code_of(desk)
        with desk.work() as work:
            twin = somebody(work, first_name="Verica", last_name="Ždralović", date_of_birth="1999")
            take(work, twin, "interview", account="The second account.")
            take(work, twin, "assistance", services="ACC")
            before = told(work, twin), told(work, work.case(code))
        with desk.work() as work:
            one_person.merge(work, away=twin.code, into=code)
        with desk.work() as work:
            kept = work.case(code)
            assert work.case(twin.code).id == work.case(twin.id).id == kept.id
            assert {"interview", "assistance"} <= {step.kind for step in kept.steps}
            assert [one.first_name for one in kept.taken(Person)] == ["Zdravka"]
            assert work.case_ids("verica") == work.case_ids(twin.code) == [kept.id]
            assert twin.id not in work.case_ids()
            assert [one.code for one in one_person.merged(work, kept.id)] == [twin.code]
            assert len(pages.case_page(kept, work.today).timeline) == len(kept.steps)
            assert any(step.account == "The second account." for step in kept.taken(kind_of("interview")))  # type: ignore[attr-defined]
            take(work, kept, "assistance", services="MED")
            assert kept_until(kept) == kept_until(work.case(twin.code))
        with desk.work() as work:
            one_person.take_apart(work, twin.code)
        with desk.work() as work:
            again, kept = work.case(twin.code), work.case(code)
            assert told(work, again) == before[0]
            assert [one for one in told(work, kept) if "MED" not in one[1]] == [
                o for o in before[1] if "MED" not in o[1]
            ]
            assert work.case_ids("verica") == [again.id]
            assert one_person.merged(work, kept.id) == ()
        said = [one.sentence for one in chronicle.read(desk)]
    assert any(f"merged the case {twin.code} into the case {code}" in sentence for sentence in said)
    assert any(f"took the case {twin.code} out of the case {code}" in sentence for sentence in said)


def test_a_person_who_was_recorded_in_one_of_them_alone_comes_along(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        bare = work.open_case(FirstContact(day=TODAY))
        twin = somebody(work, first_name="Verica")

        one_person.merge(work, away=twin.id, into=bare.id)

        assert [one.first_name for one in work.case(bare.id).taken(Person)] == ["Verica"]


def test_what_makes_no_sense_is_not_merged(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        one, two, three = (somebody(work, first_name=name) for name in ("Ena", "Dva", "Tri"))
        with pytest.raises(CannotMerge):
            one_person.merge(work, away=one.id, into=one.id)
        with pytest.raises(CannotMerge):
            one_person.take_apart(work, one.id)

        one_person.merge(work, away=one.id, into=two.id)
        one_person.merge(work, away=two.id, into=three.id)

        with pytest.raises(CannotMerge):
            one_person.merge(work, away=one.id, into=three.id)
        with pytest.raises(CannotMerge):
            one_person.take_apart(work, one.id)
        assert work.case(one.code).id == three.id
        one_person.take_apart(work, two.id)
        one_person.take_apart(work, one.id)
        assert {work.case(case.id).latest(Person).first_name for case in (one, two, three)} == {"Ena", "Dva", "Tri"}  # type: ignore[union-attr]


def test_a_merged_person_is_counted_once_and_erased_whole(desk: store.Desk) -> None:
    with desk:
        code = code_of(desk)
        with desk.work() as work:
            twin = somebody(work, first_name="Verica", gender="F")
            take(work, twin, "interview", account="The second account.")
            before = counting.unprotected(work.session, []).total
            one_person.merge(work, away=twin.id, into=code)
            assert counting.unprotected(work.session, []).total == before - 1

        certificate = erasure.erase(desk, twin.code, Ground.REQUEST)

        assert certificate.plan.code == code
        with desk.work() as work:
            assert {twin.id} < records.erased(work.session)
            for number in (twin.code, code):
                with pytest.raises(UnknownCase):
                    work.case(number)
            for table in records.tables():
                column = table.c.id if table.name == "cases" else table.c.case_id
                rows = work.session.execute(table.select().where(column.in_([twin.id, certificate.plan.case_id])))
                assert rows.all() == [], table.name


def test_a_merged_case_is_not_listed_for_the_end_of_its_time(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        twin = somebody(work, first_name="Verica")
        one_person.merge(work, away=twin.id, into=code_of_first(work))

        assert twin.id not in records.quiet_since(work.session, TODAY)


def code_of_first(work: store.Work) -> str:
    return work.cases(work.case_ids("zdravka"))[0].code


def test_the_commands_tell_merge_and_take_apart(ana: Typist) -> None:  # noqa: F811
    one, two = ana.opens_a_case(), ana.opens_a_case()
    for code in (one, two):
        ana.types("take", "person", code, answers={"first_name": "Tijana", "last_name": "Vuk", "phone": "064 000 1112"})

    alike = ana.types("case", "alike", one)
    ana.types("case", "merge", two, "--into", one)
    shown = ana.types("case", "show", two)
    ana.types("case", "merge", two, "--into", one, code=CannotMerge.exit_code)
    ana.types("case", "take-apart", two)

    assert two in alike
    assert "the same phone" in alike
    assert one in shown
    assert two in ana.types("case", "show", two)
    ana.types("case", "keep-apart", one, two)
    assert two not in ana.types("case", "alike", one)


def test_what_is_due_moves_with_the_steps(desk: store.Desk) -> None:
    def due(work: store.Work, case_id: Any) -> int:
        return len(work.session.scalars(select(DueRow).where(DueRow.case_id == case_id)).all())

    with desk, desk.work() as work:
        kept = work.case_ids("zdravka")[0]
        twin = somebody(work, first_name="Verica")
        before = due(work, twin.id)
        assert before > 0

        one_person.merge(work, away=twin.id, into=kept)
        assert due(work, twin.id) == 0

        one_person.take_apart(work, twin.id)
        assert due(work, twin.id) == before
