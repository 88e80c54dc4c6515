"""The directory in the window: searched, filled, verified; and what must not be in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from referral_desk import store
from referral_desk.gui.desk_listed import EntryPlace
from referral_desk.gui.directory_page import DirectoryPage
from referral_desk.gui.entry_form import EntryForm
from referral_desk.gui.errands import Place
from referral_desk.nrm.directory import ListedService, Location, Organisation
from referral_desk.store import listed
from tests.crew import BO
from tests.gui.acting import answer, change, day, press, settle, show_form, texts_in, type_in

SECRET = "Lipov Lad 17"


def fill(work: store.Work):
    house = listed.add(work, Organisation, {"name": "Safe House", "sort": "SHELTER", "place": "Niš"})
    listed.add(work, Location, {"name": "The blue one", "address": SECRET}, of=house.id)
    free = {"free_places": "2", "free_as_of": day(0)}
    listed.add(work, ListedService, {"name": "Beds", "services": "ACC", "not_admitted": "MEN"} | free, of=house.id)
    listed.add(work, Organisation, {"name": "Clinic North", "vetted_on": day(3)})
    return house.id


@pytest.fixture
def page(qtbot, door, shown):
    change(qtbot, door, fill)
    return shown(DirectoryPage(door))


def test_an_empty_directory_says_what_to_do(door, shown):
    assert "The directory is empty" in texts_in(shown(DirectoryPage(door)))


def test_who_helps_is_found_by_what_is_needed(qtbot, door, page):
    assert "Clinic North" in texts_in(page)

    page.service.setCurrentIndex(page.service.findData("ACC"))
    settle(qtbot, door)

    assert "Safe House" in texts_in(page)
    assert "2 places free" in texts_in(page)
    assert "Clinic North" not in texts_in(page)

    page.audience.setCurrentIndex(page.audience.findData("MEN"))
    settle(qtbot, door)

    assert "Nobody in the directory fits" in texts_in(page)


def test_words_are_searched_as_one_types(qtbot, door, page):
    type_in(qtbot, page.search, "nis")
    qtbot.waitUntil(lambda: "Clinic North" not in texts_in(page) and "Safe House" in texts_in(page))

    assert "Safe House" in texts_in(page)


def test_an_address_is_in_sight_only_while_asked_for(qtbot, door, page):
    press(qtbot, page, "Safe House")
    settle(qtbot, door)
    view = page.room.currentWidget()
    assert SECRET not in texts_in(view)
    assert "It was not vetted." in texts_in(view)

    press(qtbot, view, "Show addresses")
    settle(qtbot, door)
    assert SECRET in texts_in(view)

    press(qtbot, view, "Hide addresses")
    settle(qtbot, door)
    assert SECRET not in texts_in(view)


def test_an_organisation_is_added_and_changed_and_keeps_its_history(qtbot, door, page):
    press(qtbot, page, "Add an organisation")
    settle(qtbot, door)
    form = page.room.currentWidget()
    press(qtbot, form, "Save")
    settle(qtbot, door)
    assert "1 answer is missing" in texts_in(form)

    answer(qtbot, form, name="Legal Aid")
    press(qtbot, form, "Save")
    settle(qtbot, door)
    view = page.room.currentWidget()
    press(qtbot, view, "Verified today: Legal Aid")
    settle(qtbot, door)
    assert "verified" in texts_in(view)

    press(qtbot, view, "What it said before: Legal Aid")
    settle(qtbot, door)
    assert any("Revision 1" in texts_in(dialog) for dialog in page.window().findChildren(QDialog))


def test_what_was_typed_waits_as_a_draft(qtbot, door, page):
    page.add()
    settle(qtbot, door)
    answer(qtbot, page.room.currentWidget(), name="Half")
    qtbot.keyClick(page.room.currentWidget(), Qt.Key.Key_Escape)
    settle(qtbot, door)

    page.add()
    settle(qtbot, door)
    form = page.room.currentWidget()

    assert form.fields["name"].written() == "Half"
    press(qtbot, form, "Discard draft")
    settle(qtbot, door)
    page.add()
    settle(qtbot, door)
    assert page.room.currentWidget().fields["name"].written() is None


def test_a_number_that_is_none_is_said_at_its_question(qtbot, door, page):
    press(qtbot, page, "Safe House")
    settle(qtbot, door)
    press(qtbot, page.room.currentWidget(), "Change: Beds")
    settle(qtbot, door)
    form = page.room.currentWidget()
    form.fields["free_places"].fill("two")
    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert "whole number" in form.fields["free_places"].error.text()


def test_the_directory_leaves_without_a_secret_address(qtbot, door, page, tmp_path):
    page.export_to(str(tmp_path / "out.csv"))
    settle(qtbot, door)
    page.bring_in_from(str(tmp_path / "out.csv"))
    settle(qtbot, door)

    assert "Lipov" not in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "0 new, 0 changed, 4 alike." in texts_in(page)


def test_the_sheet_has_no_address(qtbot, door, page):
    import pypdfium2

    page.prepare_sheet()
    qtbot.waitUntil(lambda: hasattr(page.room.currentWidget(), "pdf"))
    pdf = pypdfium2.PdfDocument(page.room.currentWidget().pdf)
    text = "".join(one.get_textpage().get_text_bounded() for one in pdf)

    assert "Safe House" in text
    assert "Lipov" not in text
    assert "blue one" not in text


def test_a_coordinator_sees_no_button_for_addresses(qtbot, crew_window):
    window = crew_window(BO)
    change(qtbot, window.door, lambda work: listed.add(work, Organisation, {"name": "Open Door"}).id)
    window.go("directory")
    settle(qtbot, window.door)
    press(qtbot, window.stack.currentWidget(), "Open Door")
    settle(qtbot, window.door)

    assert "addresses" not in texts_in(window)


def test_a_recipient_is_chosen_from_the_directory_and_may_still_be_typed(qtbot, door, page, window, ids):
    form = show_form(qtbot, window, Place("consent", ids["adult"]))
    line = form.fields["recipient"].editor.line

    type_in(qtbot, line, "house")
    line.completer().setCompletionPrefix("house")

    assert line.completer().currentCompletion() == "Safe House"
    form.fields["recipient"].fill("Somebody else")
    assert form.fields["recipient"].written() == "Somebody else"


def test_nothing_can_be_typed_before_the_draft_is_there(qtbot, door, shown):
    """What was typed earlier would lie under it, and be lost."""
    place = EntryPlace("organisation")
    change(qtbot, door, lambda work: work.keep_draft(place.key, None, {"name": "Kept House"}))

    form = EntryForm(door, place)
    qtbot.addWidget(form)
    form.show()
    [line] = form.fields["name"].editor.findChildren(QLineEdit)
    type_in(qtbot, line, "lost")

    assert form.fields["name"].written() is None

    settle(qtbot, door)

    assert form.fields["name"].written() == "Kept House"
