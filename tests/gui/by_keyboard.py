"""A whole case recorded by keys alone, as on a laptop with a broken touch pad: for the tests and for the pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

CONTROL = Qt.KeyboardModifier.ControlModifier
MOST_TABS = 400
MOST_ANSWERS = 60

CASE: tuple[tuple[str, dict[str, str]], ...] = (
    ("first safety", {"in_danger": "No"}),
    ("consent", {"status": "Given", "scope": "Keeping personal data"}),
    ("the person", {"first_name": "Jelena", "last_name": "Đurić", "age_band": "24", "gender": "Woman"}),
    ("consent", {"status": "Given", "scope": "An interview"}),
    ("identification interview", {"in_private": "Yes", "account": "She was told there was a job."}),
    ("needs assessment", {}),
    ("reflection period", {"granted": "Granted", "mechanism": "Serbia"}),
    ("risk assessment", {"purpose": "Before a referral", "level": "Low"}),
    (
        "consent",
        {
            "status": "Given",
            "scope": "Sharing with a named",
            "recipient": "Safe House",
            "items": "Needs",
            "given_by": "The person",
        },
    ),
    ("referral", {"recipient": "Safe House", "services": "Medical care", "urgency": "Urgent", "shares": "Needs"}),
    ("news of a referral", {"referral": "Referral", "news": "Sent"}),
)
"""What is typed to find each step, and the answers by question."""


class Hands:
    """Ten fingers at the keyboard of a window; `rest` waits until the desk has done what it was asked."""

    def __init__(self, window: Any, rest: Callable[[], object]) -> None:
        self.window, self.rest = window, rest

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, where the focus is."""
        QTest.keyClick(self.held(), key, modifiers)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Letters, where the focus is; those beyond English ones come from an input method."""
        for sign in text:
            if sign.isascii():
                QTest.keyClicks(self.held(), sign)
            else:
                event = QInputMethodEvent()
                event.setCommitString(sign)
                QApplication.sendEvent(self.held(), event)
        QApplication.processEvents()

    def held(self) -> QWidget:
        """What has the focus; the window itself where nothing has."""
        found: QWidget = QApplication.focusWidget() or self.window
        return found

    def go_to(self, reached: Callable[[QWidget], bool]) -> None:
        """Press Tab until one is there."""
        for _again in range(MOST_TABS):
            if reached(self.held()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead there, but to {self.held().accessibleName()}")

    def record(self, wanted: str) -> Any:
        """Find a step by typing, and be in its form."""
        self.press(Qt.Key.Key_R, CONTROL)
        self.type(wanted)
        self.press(Qt.Key.Key_Return)
        self.rest()
        return self.window.cases.form

    def save(self) -> None:
        """Save; where a rule warns, say why it is done all the same, and save again."""
        self.press(Qt.Key.Key_Return, CONTROL)
        self.rest()
        form = self.window.cases.form
        for field in list(form.why_despite.values()) if form else []:
            self.go_to(field.isAncestorOf)
            self.type("It cannot wait")
        if form and form.why_despite:
            self.press(Qt.Key.Key_Return, CONTROL)
            self.rest()

    def answer(self, form: Any, name: str, text: str) -> None:
        """Go to a question and answer it, whatever its editor is."""
        field = form.fields[name]
        assert field.isVisible(), f"{name} is not asked"
        self.go_to(lambda held: held is not field.reason and field.isAncestorOf(held))
        buttons = [one for one in field.editor.findChildren(QAbstractButton) if one.text().strip().startswith(text)]
        if buttons and isinstance(self.held(), QAbstractButton):
            self._choose(buttons[0])
        elif isinstance(self.held(), QComboBox | QLineEdit):
            self.type(text)
            self._close_list()
        else:
            self.type(text)

    def _choose(self, wanted: QAbstractButton) -> None:
        """Arrows lead through the answers; Space takes one."""
        for _again in range(MOST_ANSWERS):
            if self.held() is wanted:
                break
            self.press(Qt.Key.Key_Right)
        assert self.held() is wanted, f"no arrow leads to {wanted.text()}"
        if not wanted.isChecked():
            self.press(Qt.Key.Key_Space)

    def _close_list(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.hide()
            QApplication.processEvents()


def record_a_case(hands: Hands, seen: Callable[[str], object]) -> None:
    """From the first word to the letter; `seen` is told what is in sight."""
    window = hands.window
    hands.press(Qt.Key.Key_N, CONTROL)
    hands.rest()
    hands.answer(window.cases.form, "contact", "Outreach")
    seen("first_contact")
    hands.save()
    assert window.cases.form is None, "the first contact was not taken"
    for wanted, given in CASE:
        form = hands.record(wanted)
        assert form is not None, f"{wanted} was not found"
        for name, text in given.items():
            hands.answer(form, name, text)
        seen(form.kind.kind)
        hands.save()
        assert window.cases.form is None, f"{wanted} was not taken: {wrong_in(form)}"
    seen("case")
    hands.press(Qt.Key.Key_P, CONTROL)
    hands.rest()
    seen("letter")


def wrong_in(form: Any) -> list[str]:
    """What a form says that it lacks, above all and beside its questions."""
    above = [form.above.itemAt(at).widget() for at in range(form.above.count())]
    said = [one.text() for part in above for one in part.findChildren(QLabel)]
    return [*said, *(f"{name}: {field.error.text()}" for name, field in form.fields.items() if field.error.text())]
