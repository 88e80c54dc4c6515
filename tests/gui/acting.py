"""What people do in the stories of the windows: they type, press and wait; and the little that was there before."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from referral_desk import store
from referral_desk.gui.case_page import CaseView
from referral_desk.gui.painted_button import PaintedButton
from referral_desk.nrm import pathway
from tests.crew import opened
from tests.recorder.watching import keep_secret

PASSPHRASE = "lantern orbit cedar mosaic velvet"
UNMISTAKABLE = 8
"""Letters that a text needs, not to be found by chance among random bytes."""
TODAY = date.today()  # noqa: DTZ011 - the day on the clock of this computer


def day(back: int) -> str:
    return (TODAY - timedelta(days=back)).isoformat()


def begin(work, **person):
    """A case with its first contact and the person, twenty days ago."""
    case = work.open_case(pathway.step_from(pathway.kind_of("first_contact"), {"day": day(20), "contact": "OUTREACH"}))
    take(work, case, "person", back=20, **person)
    return case


def take(work, case, kind, *, back=5, **given):
    work.take(case, pathway.step_from(pathway.kind_of(kind), {"day": day(back), **given}))


def given_by_a_keeper(folder, *names: str) -> None:
    """Whose passphrases a keeper knows; everybody else of the crew has chosen one."""
    with opened(folder) as desk, desk.work() as work:
        for row in store.roster.rows(work.session):
            row.given = row.name in names
        work.has_written = True


def settle(qtbot, door):
    """Wait until all work that was sent through the door, and what it sends in turn, has come back."""
    for _again in range(3):
        qtbot.waitUntil(lambda: _is_painted() and door.pieces.is_at_rest, timeout=30_000)
        back: list[object] = []
        door.ask(lambda _work: None, back.append)
        qtbot.waitUntil(lambda back=back: bool(back), timeout=30_000)


def _is_painted() -> bool:
    """Whether every case in sight was painted: what there is beside it is looked for only then."""
    views = [one for one in QApplication.allWidgets() if isinstance(one, CaseView) and one.isVisible()]
    return all(view.beside is None or view.beside.has_asked for view in views)


def back_after_lock(qtbot, windows, passphrase=PASSPHRASE):
    """The window of the fresh process, after the passphrase."""
    windows.unlock()
    page = windows.shown.centralWidget()
    qtbot.keyClicks(page.passphrase.line, passphrase)
    page.open_desk()
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases"), timeout=30_000)
    settle(qtbot, windows.door)
    return windows.shown


def show_form(qtbot, window, place):
    window.cases.show_form(place)
    settle(qtbot, window.door)
    return window.cases.form


def change(qtbot, door, do):
    """Let a piece of work be done, as in another window or on another day."""
    done: list[object] = []
    door.change(do, done.append)
    qtbot.waitUntil(lambda: bool(done))
    settle(qtbot, door)


def press(qtbot, parent: QWidget, text: str) -> None:
    """Click the one button in sight that says this."""
    qtbot.mouseClick(button_saying(parent, text), Qt.MouseButton.LeftButton)


def go_on(qtbot, page) -> None:
    """Go to the next page of those that make a desk, and wait until it is there."""
    at = page.pages.currentIndex()
    press(qtbot, page, "Go on")
    qtbot.waitUntil(lambda: page.pages.currentIndex() == at + 1)


def button_saying(parent: QWidget, text: str) -> QAbstractButton:
    found = [one for one in parent.findChildren(QAbstractButton) if says(one, text) and one.isVisibleTo(parent)]
    assert len(found) == 1, f"{len(found)} buttons say {text!r}"
    return found[0]


def says(button: QAbstractButton, text: str) -> bool:
    return text in (button.text().strip(), button.accessibleName())


def answer(qtbot, form, **given: str) -> None:
    """Fill in questions of a form as keys and clicks do: chips by pressing, lines by typing."""
    for name, text in given.items():
        field = form.fields[name]
        chips = [one for one in field.findChildren(QAbstractButton) if one.text() == text]
        if chips:
            qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton, pos=QPoint(10, chips[0].height() // 2))
        else:
            keep_secret(*([text] if len(text) >= UNMISTAKABLE else []))
            field.focusProxy().setFocus()
            type_in(qtbot, field.focusProxy(), text)


def type_in(qtbot, widget: QWidget, text: str) -> None:
    """Type a text; the test keyboard knows no letters beyond English ones, which an input method brings."""
    for sign in text:
        if sign.isascii():
            qtbot.keyClicks(widget, sign)
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            QApplication.sendEvent(widget, event)


def texts_in(widget: QWidget) -> str:
    """All that can be read on a page, without what is hidden."""
    read = [*widget.findChildren(QLabel), *widget.findChildren(PaintedButton)]
    return "\n".join(one.text() if isinstance(one, QLabel) else one.painted for one in read if one.isVisibleTo(widget))
