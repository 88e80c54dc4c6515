"""Where an answer is typed: lines, long texts, whole and partial dates.

Every editor reads and writes the one written form of an answer (`nrm.answers`); the windows never parse it.
"""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCalendarWidget, QCompleter, QLineEdit, QMenu, QWidget, QWidgetAction

from referral_desk import words
from referral_desk.errors import DeskError
from referral_desk.gui.copying import PrivateText
from referral_desk.gui.pieces import button, column, directed, label, row
from referral_desk.gui.secret_field import PRIVATE, private_line
from referral_desk.nrm import answers
from referral_desk.nrm.answers import Written
from referral_desk.nrm.dates import PartialDate, day_of
from referral_desk.nrm.fields import Question
from referral_desk.words import _

FEWEST_LINES, MOST_LINES = 4, 18
EDGE = 10


class Editor(QWidget):
    """What a form knows of any editor."""

    edited = Signal()

    def written(self) -> Written:
        raise NotImplementedError

    def fill(self, written: Written) -> None:
        """Show an answer; None empties the editor."""
        raise NotImplementedError

    def trouble(self) -> str:
        """What is the matter with what was typed, where it is no answer at all; empty where nothing was typed."""
        return ""

    def mark(self, wrong: bool) -> None:
        """Show by the edge of the field whether something is the matter with the answer."""


class TextLine(Editor):
    def __init__(self, question: Question) -> None:
        super().__init__()
        self.line = private_line(question.label)
        self.line.textChanged.connect(self.edited)
        self.setLayout(column(self.line))
        self.setFocusProxy(self.line)

    def offer(self, texts: tuple[str, ...]) -> None:
        """Suggest texts as one types any part of them; Down shows all."""
        self.line.setCompleter(suggestions(texts, self.line))
        self.line.setPlaceholderText(_("Type, or choose with the arrow down"))

    def written(self) -> Written:
        return self.line.text().strip() or None

    def fill(self, written: Written) -> None:
        self.line.setText(str(written or ""))

    def mark(self, wrong: bool) -> None:
        mark_wrong(self.line, wrong)


def suggestions(texts: tuple[str, ...], line: QLineEdit) -> QCompleter:
    """A list under a line; Down opens it whole where nothing is typed yet."""
    made = QCompleter(list(texts), line)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setMaxVisibleItems(10)
    opener = QShortcut(QKeySequence("Down"), line, context=Qt.ShortcutContext.WidgetShortcut)
    opener.activated.connect(lambda: _open(made, line))
    return made


def _open(made: QCompleter, line: QLineEdit) -> None:
    made.setCompletionPrefix(line.text())
    made.complete()


class NumberLine(TextLine):
    """A whole number; what is none is said under the question, because nothing that was typed may vanish."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.line.setInputMethodHints(PRIVATE | Qt.InputMethodHint.ImhDigitsOnly)
        self.line.setFixedWidth(self.fontMetrics().averageCharWidth() * 14)
        self.layout().setAlignment(self.line, Qt.AlignmentFlag.AlignLeading)


class MoneyLine(TextLine):
    """A sum of money, read back with separators: a nought too many is seen before it is claimed."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.question = question
        self.line.setInputMethodHints(PRIVATE | Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.line.setFixedWidth(self.fontMetrics().averageCharWidth() * 18)
        self.line.setPlaceholderText("1250.50")
        self.echo = label("", "muted")
        self.layout().removeWidget(self.line)
        self.layout().addLayout(row(self.line, self.echo, 1, gap=6))
        self.line.textChanged.connect(self._tell)

    def _tell(self) -> None:
        try:
            read = answers.read(self.question, self.written())
        except DeskError:
            read = None
        self.echo.setText(directed(words.isolate(words.number(read))) if read is not None else "")


class LongText(Editor):
    """Several lines; Tab goes on to the next question, as everywhere."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.text = PrivateText()
        self.text.setAccessibleName(question.label)
        self.text.setTabChangesFocus(True)
        self.text.setInputMethodHints(PRIVATE)
        self.text.textChanged.connect(self._grow)
        self.text.textChanged.connect(self.edited)
        self.setLayout(column(self.text))
        self.setFocusProxy(self.text)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        """As high as the text asks for, within bounds: a form is scrolled as one page."""
        lines = min(max(self.text.document().size().height() + 1, FEWEST_LINES), MOST_LINES)
        self.text.setFixedHeight(int(lines * self.text.fontMetrics().lineSpacing()) + 2 * EDGE)

    def written(self) -> Written:
        return self.text.toPlainText().strip() or None

    def fill(self, written: Written) -> None:
        self.text.setPlainText(str(written or ""))

    def mark(self, wrong: bool) -> None:
        mark_wrong(self.text, wrong)


class DateLine(Editor):
    """A date as `2026-03-09`, read back with the month in words so that 03/12 is never misread."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.line = private_line(question.label)
        self.line.setPlaceholderText(_("year-month-day"))
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.line.setFixedWidth(self.fontMetrics().averageCharWidth() * 20)
        self.echo = label("", "muted")
        self.menu, self.calendar = _calendar(self._pick)
        self.opener = button(
            "", self._open_calendar, icon="calendar", says=_("Calendar: %(question)s") % {"question": question.label}
        )
        self.line.textChanged.connect(self._tell)
        self.setLayout(column(row(self.line, self.opener, self.echo, 1, gap=6)))
        self.setFocusProxy(self.line)

    def written(self) -> Written:
        return self.line.text().strip() or None

    def fill(self, written: Written) -> None:
        self.line.setText(str(written or ""))

    def mark(self, wrong: bool) -> None:
        mark_wrong(self.line, wrong)

    def _tell(self) -> None:
        self.echo.setText(directed(in_words(self.line.text(), partial=False)))
        self.edited.emit()

    def _open_calendar(self) -> None:
        chosen = QDate.fromString(self.line.text().strip(), Qt.DateFormat.ISODate)
        self.calendar.setSelectedDate(chosen if chosen.isValid() else QDate.currentDate())
        self.menu.popup(self.opener.mapToGlobal(self.opener.rect().bottomLeft()))
        self.calendar.setFocus()

    def _pick(self, day: QDate) -> None:
        self.menu.close()
        self.line.setText(QLocale.c().toString(day, "yyyy-MM-dd"))
        self.line.setFocus()


def in_words(typed: str, *, partial: bool) -> str:
    """How the program understands a date while it is typed; empty while it does not."""
    try:
        return str(PartialDate.of(typed)) if partial else words.day(day_of(typed, label=""))
    except DeskError:
        return ""


def mark_wrong(field: QWidget, wrong: bool) -> None:
    field.setProperty("wrong", wrong)
    field.style().unpolish(field)
    field.style().polish(field)


def _calendar(pick) -> tuple[QMenu, QCalendarWidget]:
    menu = QMenu()
    calendar = QCalendarWidget()
    calendar.setAccessibleName(_("Calendar"))
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.activated.connect(pick)
    calendar.clicked.connect(pick)
    action = QWidgetAction(menu)
    action.setDefaultWidget(calendar)
    menu.addAction(action)
    return menu, calendar
