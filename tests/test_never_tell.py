"""Who must not learn of a person, and who exploited somebody: held against everything that would let them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from referral_desk import chronicle, erasure, letters, store
from referral_desk.erasure import Ground
from referral_desk.errors import SafeguardsUnmet, WarningsUnanswered
from referral_desk.letters import documents
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.circumstances import RelatedPerson
from referral_desk.nrm.directory import Organisation
from referral_desk.nrm.never_tell import in_force, may_not_be_told_yet
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import FirstContact
from referral_desk.nrm.referral import Referral, Urgency
from referral_desk.nrm.terms import Service
from referral_desk.store import listed
from tests.cast import TODAY
from tests.crew import BO, code_of, opened

CONSENT = {"status": "GIVEN", "scope": "SHARE_ORG", "items": "NEEDS", "given_by": "GUARDIAN"}


def said(kind: str, **written: str) -> Step:
    return step_from(kind_of(kind), {"day": TODAY.isoformat(), **written})


def stopped_by(work: store.Work, case: Case, kind: str, **written: str) -> set[str]:
    with pytest.raises(SafeguardsUnmet) as caught:
        work.take(case, said(kind, **written))
    return {guard.id for guard in caught.value.unmet}


@pytest.fixture
def desk(two_cases: Path, tmp_path: Path) -> store.Desk:
    return opened(Path(shutil.copytree(two_cases, tmp_path / "desk")))


def test_a_recipient_on_the_list_is_stopped_by_every_name_it_has(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        case = work.case(code_of(desk, "tarikandra"))
        listed.add(work, Organisation, {"name": "Embassy of Moldova", "other_names": "Moldavski konzulat"})
        work.take(case, said("never_tell", sort="ORGANISATION", organisation="Embassy of Moldova", status="IN_FORCE"))

        assert stopped_by(work, case, "consent", recipient="Moldavski Konzulat", **CONSENT) == {"N1"}
        assert stopped_by(work, case, "consent", recipient="Молдавски конзулат", **CONSENT) == {"N1"}
        work.take(case, said("consent", recipient="Embassy of France", **CONSENT))


@pytest.mark.parametrize(
    "called",
    [
        *("The Lantern Clinic", "Lantern Clinic, Belgrade", "Lantern Klinik", "Лантерн Клиник", "Lantern Clinic Ltd"),
        *("Clinic Lantern", "Lantren Clinic", "Fanar Clinic of Niš"),
    ],
)
def test_a_name_that_is_only_like_one_on_the_list_waits_for_a_reason(desk: store.Desk, called: str) -> None:
    with desk, desk.work() as work:
        case = work.case(code_of(desk, "tarikandra"))
        listed.add(work, Organisation, {"name": "Lantern Clinic", "other_names": "Fanar Clinic"})
        work.take(case, said("never_tell", sort="ORGANISATION", organisation="Lantern Clinic", status="IN_FORCE"))

        with pytest.raises(WarningsUnanswered):
            work.take(case, said("consent", recipient=called, **CONSENT))
        assert may_not_be_told_yet(case, called, TODAY)
        work.take(case, said("consent", recipient=called, **CONSENT), because={"N1": "It is in another town."})
        assert not may_not_be_told_yet(case, called, TODAY)


@pytest.mark.parametrize("called", ["Lantern Clinic.", "Lantern-Clinic", "„Lantern” Clinic", "Lantern\u200bClinic"])
def test_a_dot_makes_no_other_organisation(desk: store.Desk, called: str) -> None:
    with desk, desk.work() as work:
        case = work.case(code_of(desk, "tarikandra"))
        work.take(case, said("never_tell", sort="ORGANISATION", organisation="Lantern Clinic", status="IN_FORCE"))

        assert stopped_by(work, case, "consent", recipient=called, **CONSENT) == {"N1"}


def test_not_even_a_question_without_a_name_goes_to_what_is_like_one_on_the_list(desk: store.Desk) -> None:
    with desk:
        with desk.work() as work:
            case = work.case(code_of(desk, "tarikandra"))
            work.take(case, said("never_tell", sort="ORGANISATION", organisation="Lantern Clinic", status="IN_FORCE"))
            code = case.code
        services = frozenset({Service.ACC})
        asked = letters.Errand(
            "enquiry", code, recipient="Lantern Clinic Ltd", services=services, urgency=Urgency.NORMAL
        )

        with pytest.raises(SafeguardsUnmet):
            documents.looked_at(desk, asked)


def test_a_form_prepared_before_is_not_printed_any_more(desk: store.Desk) -> None:
    with desk:
        with desk.work() as work:
            case = work.case(code_of(desk))
            referral = case.taken(Referral)[-1].id
            work.take(case, said("never_tell", sort="ORGANISATION", organisation="Clinic North", status="IN_FORCE"))

        with pytest.raises(SafeguardsUnmet):
            letters.checked_referral_form(desk, referral, language="en")


def test_the_name_of_a_person_on_the_list_is_sealed_and_still_stops_others(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        case = work.case(code_of(desk, "tarikandra"))
        work.take(
            case, said("never_tell", sort="INTERPRETER", name="Drita Hodža", status="IN_FORCE", reason="CONFLICT")
        )
        work.take(case, said("consent", recipient="Clinic North", **CONSENT))
        asked = {"recipient": "Clinic North", "services": "MED", "urgency": "EMERG"}
        code = case.code

        assert stopped_by(work, case, "referral", recipient_contact="Дрита Хоџа", **asked) == {"N1"}

    with opened(desk.folder, BO) as other, other.work() as work:
        [never] = in_force(work.case(code), TODAY)
        assert "Drita" not in str(never.answers())


def test_the_list_goes_with_the_person(desk: store.Desk) -> None:
    with desk:
        code = code_of(desk)
        with desk.work() as work:
            work.take(work.case(code), said("never_tell", sort="PERSON", name="Drita Hodža", status="IN_FORCE"))

        certificate = erasure.erase(desk, code, Ground.REQUEST)

        assert ("Never tell", 1) in certificate.plan.goes


def exploited_by(work: store.Work, **told: str) -> Case:
    case = work.open_case(FirstContact(day=TODAY))
    work.take(case, said("exploiter", wished="YES", **told))
    return case


DRAGAN = {"name": "Dragan Milošević", "phone": "064/555-0199", "address": "Lipov Lad 17, Niš"}


def test_what_is_an_exploiters_in_any_case_is_nobodys_contact_in_another(desk: store.Desk) -> None:
    with desk:
        with desk.work() as work:
            exploited_by(work, **DRAGAN)
        with desk.work() as work:
            case = work.case(code_of(desk, "tarikandra"))
            work.take(case, said("consent", recipient="Clinic North", **CONSENT))
            asked = {"recipient": "Clinic North", "services": "MED", "urgency": "EMERG"}

            assert stopped_by(work, case, "referral", recipient_contact="+381 64 5550 199", **asked) == {"N2"}
            assert stopped_by(work, case, "related_person", relation="OTH", contact="Lipov lad br. 17") == {"N2"}
            with pytest.raises(WarningsUnanswered):
                work.take(case, said("related_person", relation="OTH", name="Милошевић Драган"))
            work.take(case, said("related_person", relation="OTH", name="Milan Milošević"))
            work.take(case, said("related_person", relation="PARTNER", name="Dragan Milošević", complicit="YES"))

        told = [one.sentence for one in chronicle.read(desk)]
    assert any("compared with those who exploited" in sentence for sentence in told)


LAWYER = {"lawyer": "drago@mail.example"}


@pytest.mark.parametrize(
    ("kind", "relied_on"),
    [
        ("person", {"email": "Drago@Mail.example"}),
        ("person", {"may_write": "YES", "post_street": "Lipov Lad 17"}),
        ("safety_plan", {"contacts": "her uncle, 064 5550 199"}),
        ("safety_plan", {"places": "at Lipov Lad br. 17, Niš"}),
        ("remedies", {"legal_advice": "YES", "proceedings": "NONE", "compensation": "WANTED", **LAWYER}),
    ],
)
def test_whatever_the_person_relies_on_is_held_against_exploiters(
    desk: store.Desk, kind: str, relied_on: dict[str, str]
) -> None:
    with desk, desk.work() as work:
        exploited_by(work, **DRAGAN, online="drago@mail.example")
        case = work.open_case(FirstContact(day=TODAY))

        assert "N2" in stopped_by(work, case, kind, **relied_on)


def test_somebody_told_of_in_the_same_piece_of_work_is_known_and_one_refused_is_not(desk: store.Desk) -> None:
    with desk:
        with pytest.raises(RuntimeError), desk.work() as work:
            case = exploited_by(work, **DRAGAN)
            assert stopped_by(work, case, "related_person", relation="OTH", contact="0645550199") == {"N2"}
            raise RuntimeError
        with desk.work() as work:
            case = work.case(code_of(desk, "tarikandra"))
            work.take(case, said("related_person", relation="OTH", contact="0645550199"))


def test_a_corrected_or_erased_exploiter_warns_as_it_is_now(desk: store.Desk) -> None:
    with desk:
        with desk.work() as work:
            wrong = exploited_by(work, **DRAGAN)
        with desk.work() as work:
            case = work.case(code_of(desk, "tarikandra"))
            assert stopped_by(work, case, "related_person", relation="OTH", contact="0645550199") == {"N2"}
            work.correct(wrong, wrong.steps[-1], {"phone": "064/555-0200"}, why="A slip.")
        with desk.work() as work:
            case = work.case(code_of(desk, "tarikandra"))
            assert stopped_by(work, case, "related_person", relation="OTH", contact="064 555 0200") == {"N2"}
            work.take(case, said("related_person", relation="OTH", contact="0645550199"))
        erasure.erase(desk, wrong.id, Ground.REQUEST)
        with desk.work() as work:
            work.take(
                work.case(code_of(desk, "tarikandra")), said("related_person", relation="OTH", contact="0645550200")
            )


def test_an_older_contact_does_not_hinder_the_correction_of_another_answer(desk: store.Desk) -> None:
    with desk:
        with desk.work() as work:
            case = work.case(code_of(desk, "tarikandra"))
            near = work.take(case, said("related_person", relation="OTH", contact="0645550199"))
            exploited_by(work, **DRAGAN)
        with desk.work() as work:
            case = work.case(case.id)
            near = next(step for step in case.steps if step.id == near.id)

            work.correct(case, near, {"in_danger": "YES"}, why="Told later.")
            related = case.latest(RelatedPerson)
            assert related
            with pytest.raises(SafeguardsUnmet):
                work.correct(case, related, {"name": "0645550199"}, why="Told later.")


def test_nothing_of_it_is_on_the_disk(desk: store.Desk) -> None:
    code = code_of(desk, "tarikandra")
    with desk, desk.work() as work:
        exploited_by(work, **DRAGAN)
        case = work.case(code)
        stopped_by(work, case, "related_person", relation="OTH", contact="0645550199")

    held = b"".join(file.read_bytes() for file in desk.folder.iterdir() if file.is_file())
    assert b"5550199" not in held
    assert "Milošević".encode() not in held
