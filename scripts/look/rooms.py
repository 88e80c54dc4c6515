"""Every page of an open desk, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from referral_desk.gui.desk import PRACTICE_PASSPHRASE
from referral_desk.gui.errands import Place
from referral_desk.words import _
from scripts.look.finding import (
    at_the_end,
    case_with,
    choose,
    is_adult_with_letter,
    is_child_who_may_not_return,
    is_held,
    press,
)
from scripts.look.others import others
from scripts.look.waiting import rest, until

FORMS = ("person", "interview", "referral", "consent", "risk", "reflection")


def walk(app: QApplication, size: tuple[int, int]) -> Iterator[tuple[str, QWidget]]:
    """Every page there is, as somebody who does everything would meet them."""
    from referral_desk.gui.app import Windows

    windows = Windows(app, lock=lambda _why: None, why_locked="idle")
    yield from before_the_door(windows, size)
    yield from behind_the_door(windows, windows.shown)
    windows.door.close()
    if windows.shown:
        windows.shown.close()


def before_the_door(windows: Any, size: tuple[int, int]) -> Iterator[tuple[str, QWidget]]:
    windows.unlock()
    windows.shown.resize(*size)
    yield "unlock", windows.shown
    page = windows.shown.centralWidget()
    page.passphrase.line.setText("a wrong one")
    page.open_desk()
    yield "unlock-busy", windows.shown
    until(lambda: bool(page.error.text()))
    yield "unlock-wrong", windows.shown
    windows.create()
    creating = windows.shown.centralWidget()
    windows.shown.turn_help()
    yield "create-help", windows.shown
    windows.shown.turn_help()
    for at in range(len(creating.steps)):
        creating._show_page(at)  # noqa: SLF001 - a picture of each page, without filling it in
        yield f"create-{at + 1}", windows.shown
    windows.unlock()
    page = windows.shown.centralWidget()
    page.passphrase.line.setText(PRACTICE_PASSPHRASE)
    page.open_desk()
    until(lambda: hasattr(windows.shown, "cases"))


def behind_the_door(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    rest(windows.door)
    yield "today", window
    window.go("cases")
    rest(windows.door)
    yield "cases", window
    for name, fits in (("case-adult", is_adult_with_letter), ("case-child", is_child_who_may_not_return)):
        choose(windows, window, fits)
        yield name, window
    yield from recording(window)
    window.cases.case.turn_name()
    rest(windows.door)
    entry = next(iter(window.cases.case.timeline.entries))
    window.cases.case._show_taken(entry)  # noqa: SLF001 - as a click on a step that was taken
    rest(windows.door)
    yield "case-open", window
    yield from forms(windows, window)
    yield from other_pages(windows, window)


def recording(window: Any) -> Iterator[tuple[str, QWidget]]:
    """What can be recorded, and the words of the field."""
    from referral_desk.gui.glossary_dialog import GlossaryDialog
    from referral_desk.gui.record_dialog import RecordDialog

    window.cases.case.record()
    dialog = window.findChildren(RecordDialog)[-1]
    yield "record", dialog
    dialog.close()
    words = GlossaryDialog(window)
    words.open()
    yield "glossary", words
    words.close()


def turned(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    """What the person sees of a consent, and what the caseworker is told before."""
    from referral_desk.gui.turned_words import Asking
    from referral_desk.gui.turning import TurnDialog

    asked = Asking("SHARE_ORG", "Safe House", items=("NEEDS", "HEALTH", "LANGUAGE"), speaks="ara")
    dialog = TurnDialog(asked, window)
    dialog.open()
    yield "turning", dialog
    dialog.close()
    size = window.size()
    for language in ("en", "ar"):
        window.turning.begin(asked, language)
        window.showNormal()
        window.resize(size)
        for at in range(window.turning.view.pages.count()):
            window.turning.view._show(at)  # noqa: SLF001 - a picture of each page
            yield f"turned-{language}-{at + 1}", window
        window.turning.back()
        rest(windows.door)


def forms(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    case_id = window.cases.case.case_id
    window.cases.new_case()
    rest(windows.door)
    yield "form-first_contact", window
    for kind in FORMS:
        window.cases.show_form(Place(kind, case_id))
        rest(windows.door)
        yield f"form-{kind}", window
    yield from turned(windows, window)
    window.cases.form.save()
    rest(windows.door)
    yield "form-errors", window
    window.cases.form.discard()
    rest(windows.door)


def other_pages(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    choose(windows, window, is_adult_with_letter)
    window.cases.case.preview_first_form()
    rest(windows.door)
    yield "letter", window
    yield from others(windows, window)
    yield from rights(windows, window)
    for place in ("statistics", "retention", "settings", "passphrase"):
        window.go(place)
        rest(windows.door)
        yield place, window
    window.go("statistics")
    for part in ("merging", "records", "inside"):
        window.stack.currentWidget().go(part)
        rest(windows.door)
        yield f"statistics-{part}", window
    yield from people(windows, window)
    yield from journal(windows, window)
    window.go("cases")
    window.cases.list.search.setText("nobody of this name")
    rest(windows.door)
    window.refuse("The disk is full. Nothing was changed; free some space and try again.")
    rest(windows.door)
    yield "nothing-found", window
    from referral_desk.gui.messages import DefectDialog
    from referral_desk.gui.shortcuts import ShortcutsDialog

    for name, dialog in (
        ("keys", ShortcutsDialog(window)),
        ("defect", DefectDialog("KeyError at form.py:120", window)),
    ):
        dialog.open()
        yield f"dialog-{name}", dialog
        dialog.close()


def people(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    window.go("members")
    rest(windows.door)
    yield "members", window
    window._on_help()  # noqa: SLF001 - as F1
    yield "members-help", window
    window._on_help()  # noqa: SLF001
    page = window.stack.currentWidget()
    for at, name in enumerate(("New passphrase or roles…", "Rename…", "Remove…")):
        press(page, _(name), last=True)
        yield f"members-{at + 1}", window
        page.panel.left.emit()
    page.ask_to_add()
    page.panel.give()
    yield "members-add", window
    page.panel.left.emit()


def journal(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    window.go("journal")
    rest(windows.door)
    page = window.stack.currentWidget()
    page.view.setCurrentIndex(page.rows.index(1))
    rest(windows.door)
    yield "journal", window
    page._turn_verifying()  # noqa: SLF001 - as a click
    page.verifying.verify()
    rest(windows.door)
    page.case.setText("RD-0000-0000")
    page.refresh()
    rest(windows.door)
    yield "journal-verified", window
    page.case.clear()
    page.prepare_sheet()
    rest(windows.door)
    yield "journal-sheet", window


def rights(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    """Erasing, and showing everything; the one of the pictures is gone afterwards."""
    from referral_desk.erasure import Ground
    from referral_desk.gui import desk_erasing

    for name, fits in (("erasing", is_adult_with_letter), ("erasing-held", is_held)):
        case_id = case_with(windows.door, fits)
        window.show_right("erase", case_id)
        rest(windows.door)
        yield name, window
    window.show_case(case_with(windows.door, is_adult_with_letter))
    rest(windows.door)
    yield "case-rights", at_the_end(window)
    for name in ("access", "own_file"):
        window.show_right(name, case_with(windows.door, is_adult_with_letter))
        rest(windows.door)
        yield name, window
    page = window.stack.currentWidget()
    desk_erasing.erase(windows.door, page.case_id, Ground.REQUEST, print)
    rest(windows.door)
    yield "certificate", window
