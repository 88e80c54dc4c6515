"""Where an answer is chosen: chips for few entries, a list for more, check boxes for several, search for many."""

from __future__ import annotations

from functools import cache, partial
from textwrap import wrap
from typing import Any

from PySide6.QtCore import QCollator, QLocale, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QCompleter, QPushButton

from referral_desk import words
from referral_desk.gui import theme
from referral_desk.gui.editors import Editor, mark_wrong
from referral_desk.gui.finding import has_all
from referral_desk.gui.layouts import CardGrid, Flow
from referral_desk.gui.pieces import Button, SteadyBox, button, column, directed, emptied, label
from referral_desk.gui.secret_field import PRIVATE
from referral_desk.nrm.answers import Written
from referral_desk.nrm.fields import Question
from referral_desk.words import _

FEW = 5
MANY = 60
LONGEST_LINE = 40
ROOM_FOR_ARROW = 44

Entries = list[tuple[str, str]]
"""Code and label."""


_ARROWS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class Chips(Editor):
    """Few answers beside each other; a second press takes the answer back."""

    def __init__(self, question: Question, entries: Entries) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.chips = {code: _chip(question, text) for code, text in entries}
        for chip in self.chips.values():
            self.group.addButton(chip)
            chip.pressed.connect(partial(self._press, chip))
        self.group.buttonToggled.connect(self._toggled)
        self.setLayout(Flow(list(self.chips.values())))
        self.setFocusProxy(next(iter(self.chips.values())))

    def written(self) -> Written:
        return next((code for code, chip in self.chips.items() if chip.isChecked()), None)

    def fill(self, written: Written) -> None:
        self.group.setExclusive(False)
        for code, chip in self.chips.items():
            chip.setChecked(code == written)
        self.group.setExclusive(True)

    def _press(self, chip: QPushButton) -> None:
        """A group lets nobody take an answer back, unless it is told so before the press is over."""
        self.group.setExclusive(not chip.isChecked())

    def _toggled(self, _chip: object, _on: bool) -> None:
        if not self.group.exclusive():
            self.group.setExclusive(True)
        self.edited.emit()


class Chip(Button):
    """Has room for its text in bold, as it is written once it is chosen; arrows lead through the answers in order."""

    def keyPressEvent(self, event) -> None:
        """Qt looks for a neighbour on the side of the arrow, and finds none where answers stand below each other."""
        step = _ARROWS.get(event.key(), 0)
        if words.is_right_to_left() and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -step
        if step and self.group() is not None:
            others = self.group().buttons()
            others[(others.index(self) + step) % len(others)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setBold(True)
        wider = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(wider, 0)


class Choice(Editor):
    """One entry of a list; a list of many is searched as one types."""

    def __init__(self, question: Question, entries: Entries) -> None:
        super().__init__()
        self.box = SteadyBox()
        self.box.setAccessibleName(question.label)
        self.box.addItem("", None)
        for code, text in entries:
            self.box.addItem(text, code)
        if len(entries) > MANY:
            make_searchable(self.box)
            self.box.lineEdit().editingFinished.connect(self._settle)
        self.whole = label("", "small", wraps=True)
        self.box.currentTextChanged.connect(self._show_whole)
        self.box.currentTextChanged.connect(self.edited)
        self.setLayout(column(self.box, self.whole, gap=4))
        self.setFocusProxy(self.box)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._show_whole()

    def _show_whole(self) -> None:
        """Say below what is cut in the box."""
        text = self.box.currentText()
        self.whole.setText(directed(text))
        self.whole.setVisible(self.box.fontMetrics().horizontalAdvance(text) > self.box.width() - ROOM_FOR_ARROW)

    def written(self) -> Written:
        """The code chosen; a text that fits no entry, or several, is no answer, and says so under the field."""
        at = self._at()
        return self.box.itemData(at) if at > 0 else None

    def trouble(self) -> str:
        is_clear = not self.box.currentText().strip() or self._at() >= 0
        return "" if is_clear else _("No entry of the list, or more than one, is meant by this. Choose one.")

    def _at(self) -> int:
        """Which entry is meant: two may read alike, so only what was typed is looked up."""
        typed, at = self.box.currentText(), self.box.currentIndex()
        if self.box.itemText(at) == typed:
            return at
        at = self.box.findText(typed, Qt.MatchFlag.MatchFixedString)
        if at >= 0 or not typed.strip():
            return at
        fitting = [one for one in range(1, self.box.count()) if has_all(typed, self.box.itemText(one))]
        return fitting[0] if len(fitting) == 1 else -1

    def _settle(self) -> None:
        """Whoever leaves the field sees which entry was meant."""
        if (at := self._at()) > 0:
            self.box.setCurrentIndex(at)

    def fill(self, written: Written) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(written)))

    def mark(self, wrong: bool) -> None:
        mark_wrong(self.box, wrong)


class EarlierStep(Choice):
    """One of the steps that were taken before; which those are only the case knows."""

    def __init__(self, question: Question) -> None:
        super().__init__(question, [])

    def offer(self, entries: Entries) -> None:
        while self.box.count() > 1:
            self.box.removeItem(1)
        for code, text in entries:
            self.box.addItem(text, code)


class Checks(Editor):
    """Several entries of a list, all in sight."""

    def __init__(self, question: Question, entries: Entries) -> None:
        super().__init__()
        self.boxes = {code: _check_box(question, text) for code, text in entries}
        for box in self.boxes.values():
            box.toggled.connect(self.edited)
        self.setLayout(column(CardGrid(list(self.boxes.values()), narrowest=_letters_wide(self.boxes), gap=2)))
        self.setFocusProxy(next(iter(self.boxes.values())))

    def written(self) -> Written:
        return [code for code, box in self.boxes.items() if box.isChecked()] or None

    def fill(self, written: Written) -> None:
        for code, box in self.boxes.items():
            box.setChecked(code in (written or []))


class SearchedSeveral(Editor):
    """Several entries of a long list: search, and what was found stays as a chip that can be taken away."""

    def __init__(self, question: Question, entries: Entries) -> None:
        super().__init__()
        self.texts = dict(entries)
        self.codes: list[str] = []
        self.box = SteadyBox()
        self.box.setAccessibleName(question.label)
        self.box.addItem("", None)
        for code, text in entries:
            self.box.addItem(text, code)
        make_searchable(self.box)
        self.box.lineEdit().setPlaceholderText(_("Search and choose, as many as needed"))
        self.box.activated.connect(lambda at: self._add(self.box.itemData(at)))
        self.box.completer().activated.connect(lambda text: self._add(self._code_of(text)))
        self.chosen = Flow()
        self.setLayout(column(self.box, self.chosen, gap=6))
        self.setFocusProxy(self.box)

    def written(self) -> Written:
        return sorted(self.codes) or None

    def fill(self, written: Written) -> None:
        self.codes = list(written or [])
        self._show()

    def mark(self, wrong: bool) -> None:
        mark_wrong(self.box, wrong)

    def _code_of(self, text: str) -> str | None:
        return next((code for code, label in self.texts.items() if label == text), None)

    def _add(self, code: str | None) -> None:
        if code and code not in self.codes:
            self.codes.append(code)
            self._show()
            self.edited.emit()
        self.box.setCurrentIndex(0)
        self.box.clearEditText()

    def _remove(self, code: str) -> None:
        self.codes.remove(code)
        self._show()
        self.box.setFocus()
        self.edited.emit()

    def _show(self) -> None:
        emptied(self.chosen)
        for code in self.codes:
            says = _("Take away: %(entry)s") % {"entry": self.texts[code]}
            self.chosen.addWidget(
                button(self.texts[code], partial(self._remove, code), icon="x", look="chip", says=says)
            )


def entries_of(question: Question) -> Entries:
    return list(_entries(question.vocabulary, words.language()))


@cache
def _entries(vocabulary: Any, _language: str) -> Entries:
    """The entries of a vocabulary; long lists by the alphabet of the language spoken."""
    entries = [(entry.code, entry.label) for entry in vocabulary.every()]
    return by_alphabet(entries) if len(entries) > MANY else entries


def by_alphabet(entries: Entries) -> Entries:
    order = QCollator(QLocale(words.language()))
    return sorted(entries, key=lambda entry: order.sortKey(entry[1]))


def make_searchable(box: QComboBox) -> None:
    """Let any part of an entry be typed; the list narrows as one types."""
    box.setInputMethodHints(PRIVATE)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.lineEdit().setInputMethodHints(PRIVATE)
    box.lineEdit().setAccessibleName(box.accessibleName())
    box.lineEdit().setPlaceholderText(_("Search and choose"))
    completer = QCompleter(box.model(), box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    box.setCompleter(completer)
    completer.popup().setStyleSheet(_popup_style())


def _chip(question: Question, text: str) -> QPushButton:
    made = Chip(text)
    made.setProperty("look", "chip")
    made.setCheckable(True)
    made.setAccessibleName(f"{question.label}: {text}")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def _check_box(question: Question, text: str) -> QCheckBox:
    made = QCheckBox("\n".join(wrap(text, LONGEST_LINE)))  # a check box breaks no lines by itself
    made.setAccessibleName(f"{question.label}: {text}")
    made.ensurePolished()
    return made


def _letters_wide(boxes: dict[str, QCheckBox]) -> int:
    """How many letters wide a column must be so that no entry is cut."""
    widest = max(box.sizeHint().width() for box in boxes.values())
    return -(-widest // next(iter(boxes.values())).fontMetrics().averageCharWidth())


def _popup_style() -> str:
    """A completer's list belongs to no box: the style sheet cannot tell it from the list of cases."""
    edge, ground, ink = (theme.colour(name) for name in ("edge", "accent_soft", "accent_text"))
    chosen = f"QListView::item:selected {{ background: {ground}; color: {ink}; }}"
    return f"QListView {{ border: 1px solid {edge}; padding: 4px; }} QListView::item {{ padding: 3px 5px; }} {chosen}"
