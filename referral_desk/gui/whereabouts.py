"""Where somebody was when the desk locked: written down sealed, and gone back to once.

Texts are kept as they stood in their editors: an answer loses its last space, and a name half typed into a search
is no answer at all.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QScrollArea, QScrollBar, QWidget

from referral_desk.gui.errands import WHERE, Place

SETTLED = 400
"""Milliseconds after which a page has its length."""


@dataclass(frozen=True)
class Typing:
    """A text in its editor; what is marked lies between `anchor` and `cursor`. `height` in pixels."""

    text: str
    anchor: int
    cursor: int
    height: int = 0


@dataclass(frozen=True)
class Spot:
    """Where somebody was in a form: how far down, in which part of which question, and what stood in each editor."""

    height: int = 0
    focused: str = ""
    part: int = 0
    typing: dict[str, Typing] = field(default_factory=dict)


@dataclass(frozen=True)
class Whereabouts:
    """What was in sight. `form` is a form with a draft, or None."""

    page: str = "cases"
    search: str = ""
    case_id: UUID | None = None
    case_height: int = 0
    form: Place | None = None
    spot: Spot = field(default_factory=Spot)


def written(where: Whereabouts) -> dict[str, Any]:
    """As a draft holds it."""
    held = asdict(where)
    for place in filter(None, (held, held["form"])):
        place |= {name: str(id_) for name, id_ in place.items() if isinstance(id_, UUID)}
    return held


def read(held: dict[str, Any]) -> Whereabouts:
    """What `written` wrote."""
    form, spot = held["form"], held["spot"]
    typing = {name: Typing(**typed) for name, typed in spot["typing"].items()}
    return Whereabouts(
        **held
        | {"case_id": _id(held["case_id"]), "spot": Spot(**spot | {"typing": typing})}
        | {"form": Place(form["kind"], _id(form["case_id"]), _id(form["step_id"])) if form else None}
    )


def remember(work: Any, where: Whereabouts) -> None:
    """Note it. A form without a draft was only looked at, or is saved by now."""
    if where.form and work.draft(where.form.key, where.form.case_id) is None:
        where = replace(where, form=None)
    work.keep_draft(WHERE, None, written(where))


def where_before(work: Any) -> Whereabouts | None:
    """Where somebody was when the desk locked, unless that case is gone; asked for once, then forgotten."""
    held = work.draft(WHERE, None)
    if held is None or "spot" not in held:
        return None
    work.drop_draft(WHERE, None)
    where = read(held)
    return where if where.case_id is None or work.holds(where.case_id) else None


def typing_in(field: QWidget) -> Typing | None:
    """What stands in the editor of a question, and where in it somebody is; None where nothing is typed."""
    editor = _editor(field)
    if isinstance(editor, QLineEdit):
        anchor = editor.selectionStart() + editor.selectionEnd() - editor.cursorPosition()
        anchor = anchor if editor.hasSelectedText() else editor.cursorPosition()
        return Typing(editor.text(), anchor, editor.cursorPosition())
    if isinstance(editor, QPlainTextEdit):
        cursor = editor.textCursor()
        height = editor.verticalScrollBar().value()
        return Typing(editor.toPlainText(), cursor.anchor(), cursor.position(), height)
    return None


def type_again(field: QWidget, typed: Typing) -> None:
    """Let the editor of a question stand as it stood."""
    editor = _editor(field)
    if isinstance(editor, QLineEdit):
        if editor.text() != typed.text:
            editor.setText(typed.text)
        editor.setCursorPosition(typed.anchor)
        editor.cursorForward(typed.cursor != typed.anchor, typed.cursor - typed.anchor)
    elif isinstance(editor, QPlainTextEdit):
        if editor.toPlainText() != typed.text:
            editor.setPlainText(typed.text)
        cursor = editor.textCursor()
        cursor.setPosition(typed.anchor)
        cursor.setPosition(typed.cursor, QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        go_down_to(editor.verticalScrollBar(), typed.height)


def parts_of(field: QWidget) -> list[QWidget]:
    """The parts of a question that can have the focus, in an order that is always the same."""
    return [one for one in field.findChildren(QWidget) if one.focusPolicy() is not Qt.FocusPolicy.NoFocus]


def height_of(area: QScrollArea | None) -> int:
    """How far down a page is scrolled."""
    return area.verticalScrollBar().value() if area else 0


def go_down_to(bar: QScrollBar, height: int) -> None:
    """Scroll to where it was; a page takes a moment to become so long again."""

    def again() -> None:
        bar.setValue(height)

    again()
    bar.rangeChanged.connect(again)
    QTimer.singleShot(SETTLED, bar, lambda: bar.rangeChanged.disconnect(again))


def _editor(field: QWidget) -> QWidget | None:
    """Where the answer to a question is typed."""
    proxy = field.focusProxy()
    return proxy.lineEdit() if isinstance(proxy, QComboBox) else proxy


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
