"""Pages that need a little more to be there: the directory, likeness, papers, corrections, consent that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from referral_desk.gui.errands import Place
from referral_desk.nrm import pathway
from scripts.look.finding import case_with, is_adult_with_letter
from scripts.look.waiting import rest

TOLD = "+381 64 555 010"
"""A number that should never stand on a form without a name."""


def others(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    """What is prepared here stays on the practice desk of the pictures."""
    case_id = case_with(windows.door, is_adult_with_letter)
    yield from _country(windows, window)
    yield from _directory(windows, window)
    yield from _two_of_one(windows, window)
    yield from _papers(windows, window, case_id)
    yield from _without_consent(windows, window, case_id)
    yield from _corrected(windows, window, case_id)
    yield from _withdrawn(windows, window, case_id)


def _country(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    window.go("country")
    rest(windows.door)
    yield "country", window
    page = window.stack.currentWidget()
    page.change(page.parts[0][0])
    rest(windows.door)
    yield "country-change", window
    page.close_form()


def _directory(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    from referral_desk.gui.desk_listed import EntryPlace
    from referral_desk.nrm.directory import Organisation

    window.go("directory")
    rest(windows.door)
    yield "directory", window
    page = window.stack.currentWidget()
    page.show_form(EntryPlace(Organisation.code))
    rest(windows.door)
    yield "directory-form", window
    page.back_to_list()
    found: list[Any] = []
    windows.door.ask(lambda work: [one.id for one in _organisations(work)], found.extend)
    rest(windows.door)
    if found:
        page.show_organisation(found[0])
        rest(windows.door)
        yield "directory-organisation", window


def _organisations(work: Any) -> Any:
    from referral_desk import directory

    return directory.rows(work, directory.Wanted())


def _two_of_one(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    """Somebody came twice."""
    from referral_desk.gui.beside_card import BesideCard
    from referral_desk.gui.compare_dialog import CompareDialog

    ids: list[UUID] = []

    def come_twice(work: Any) -> UUID:
        for spelled in ("Milica Stanković", "Милица Станковић"):
            case = work.open_case(_step("first_contact", work, contact="OUTREACH"))
            first, last = spelled.split()
            work.take(case, _step("person", work, first_name=first, last_name=last, phone=TOLD, age_band="24--26"))
            ids.append(case.id)
        return ids[-1]

    windows.door.change(come_twice, ids.append)
    rest(windows.door)
    window.show_case(ids[0])
    rest(windows.door)
    window.cases.case.turn_name()
    rest(windows.door)
    yield "case-twice", window
    card = window.cases.case.findChild(BesideCard)
    offers = [one for one in card.findChildren(QWidget) if "ompare" in getattr(one, "text", str)()]
    if offers:
        offers[0].click()
        rest(windows.door)
        yield from _dialog(window, CompareDialog, "compare")


def _papers(windows: Any, window: Any, case_id: UUID) -> Iterator[tuple[str, QWidget]]:
    window.show_right("papers", case_id)
    rest(windows.door)
    yield "papers", window
    told = {"recipient": "Lantern Clinic", "services": "MED", "urgency": "EMERG", "shares": "NEEDS"}

    def telling(work: Any) -> UUID:
        case = work.case(case_id)
        given = {"status": "GIVEN", "scope": "SHARE_ORG", "recipient": "Lantern Clinic", "items": "NEEDS"}
        work.take(case, _step("consent", work, **given))
        work.take(case, _step("referral", work, **told, need=f"A doctor. Call {TOLD}."))
        return case_id

    done: list[Any] = []
    windows.door.change(telling, done.append, refused=done.append)
    rest(windows.door)
    window.show_case(case_id)
    rest(windows.door)
    window.cases.case.preview_first_form()
    rest(windows.door)
    yield "letter-findings", window


def _without_consent(windows: Any, window: Any, case_id: UUID) -> Iterator[tuple[str, QWidget]]:
    """A referral of which nobody was asked, and the way on for two."""
    window.cases.show_form(Place("referral", case_id))
    window.show_case(case_id) if window.stack.currentWidget() is not window.cases else None
    window.cases.show_form(Place("referral", case_id))
    rest(windows.door)
    form = window.cases.form
    for name, answer in (("recipient", "Police station"), ("services", ["MED"]), ("urgency", "EMERG")):
        form.fields[name].fill(answer)
    form.save()
    rest(windows.door)
    yield "form-consent-missing", window
    form.go_on_all_the_same()
    rest(windows.door)
    form.all_the_same.agree()
    yield "form-all-the-same", window
    form.discard()
    rest(windows.door)


def _corrected(windows: Any, window: Any, case_id: UUID) -> Iterator[tuple[str, QWidget]]:
    from referral_desk.gui.changes_dialog import ChangesDialog

    def correct(work: Any) -> UUID:
        case = work.case(case_id)
        person = next(step for step in case.steps if step.kind == "person")
        work.correct(case, person, {"age_band": "27--29", "first_name": "Mila"}, why="The passport says otherwise.")
        return case_id

    done: list[Any] = []
    windows.door.change(correct, done.append, refused=done.append)
    rest(windows.door)
    window.show_case(case_id)
    rest(windows.door)
    person = next(step for step in window.cases.case.page.timeline if step.kind == "person")
    window.cases.show_former(person)
    rest(windows.door)
    yield from _dialog(window, ChangesDialog, "changes")


def _withdrawn(windows: Any, window: Any, case_id: UUID) -> Iterator[tuple[str, QWidget]]:
    """What a withdrawal asks for, beside tasks and what the indicators suggest."""

    def withdraw(work: Any) -> UUID:
        case = work.case(case_id)
        seen = {"deceptive": ["D1.01=YES", "D1.02=YES"], "conditions": ["D4.01=YES", "D4.02=YES"]}
        work.take(case, _step("indicators", work, profile="DELPHI_LAB_A", **seen))
        work.take(case, _step("task", work, what="Call the interpreter", who="Bo", due_on=work.today.isoformat()))
        recipient = next(step.recipient for step in reversed(case.steps) if step.kind == "referral")
        work.take(case, _step("consent", work, status="WITHDRAWN", scope="SHARE_ORG", recipient=recipient))
        return case_id

    done: list[Any] = []
    windows.door.change(withdraw, done.append, refused=done.append)
    rest(windows.door)
    window.show_case(case_id)
    rest(windows.door)
    yield "case-withdrawn", window
    area = window.cases.case.area
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    yield "case-withdrawn-below", window


def _step(kind: str, work: Any, **told: Any) -> Any:
    return pathway.step_from(pathway.kind_of(kind), {"day": work.today.isoformat(), **told})


def _dialog(window: Any, kind: type[QDialog], name: str) -> Iterator[tuple[str, QWidget]]:
    for dialog in window.findChildren(kind)[-1:]:
        yield f"dialog-{name}", dialog
        dialog.close()
