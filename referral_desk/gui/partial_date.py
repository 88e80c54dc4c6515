"""A date of which only a part is known: a day, a month or a year, as it is; about; or between two of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from referral_desk.gui.editors import Editor, in_words, mark_wrong
from referral_desk.gui.pieces import SteadyBox, column, directed, label, row
from referral_desk.gui.secret_field import private_line
from referral_desk.nrm.answers import Written
from referral_desk.nrm.fields import Question
from referral_desk.words import N_, _

EXACTLY, ABOUT, BETWEEN = range(3)
HOW = (N_("As typed"), N_("About"), N_("Between"))


class PartialDateLine(Editor):
    """Reads `2019`, `2019-05`, `2019-05-20`; who knows the signs may type `2019~` or `2018/2020` as well."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.line = _line(question.label)
        self.until = _line(_("%(question)s: until") % {"question": question.label})
        self.how = _how_box(question)
        self.between = label(_("and"), "muted")
        self.echo = label("", "muted", wraps=True)
        dates = row(self.how, self.line, self.between, self.until, 1, gap=6)
        self.setLayout(column(dates, self.echo, gap=2))
        self.setFocusProxy(self.line)
        for line in (self.line, self.until):
            line.textChanged.connect(self._tell)
        self.how.currentIndexChanged.connect(self._follow)
        self._follow()

    def written(self) -> Written:
        first, last = self.line.text().strip(), self.until.text().strip()
        how = self.how.currentIndex()
        if how == BETWEEN and (first or last):
            return f"{first}/{last}"
        return f"{first}~" if how == ABOUT and first and not first.endswith("~") else first or None

    def fill(self, written: Written) -> None:
        first, slash, last = str(written or "").partition("/")
        how = BETWEEN if slash else ABOUT if first.endswith("~") else EXACTLY
        self.how.setCurrentIndex(how)
        self.line.setText(first.rstrip("~") if how == ABOUT else first)
        self.until.setText(last)

    def mark(self, wrong: bool) -> None:
        for line in (self.line, self.until):
            mark_wrong(line, wrong)

    def _follow(self) -> None:
        is_between = self.how.currentIndex() == BETWEEN
        self.between.setVisible(is_between)
        self.until.setVisible(is_between)
        self._tell()

    def _tell(self) -> None:
        """Say how it is understood, so that 03/12 is never misread."""
        self.echo.setText(directed(in_words(str(self.written() or ""), partial=True)))
        self.echo.setVisible(bool(self.echo.text()))
        self.edited.emit()


def _line(says: str) -> QLineEdit:
    made = private_line(says)
    made.setPlaceholderText(_("2019 or 2019-05 or 2019-05-20"))
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    made.setFixedWidth(made.fontMetrics().averageCharWidth() * 32)
    return made


def _how_box(question: Question) -> SteadyBox:
    made = SteadyBox(shortest=9)
    made.setAccessibleName(_("How exactly: %(question)s") % {"question": question.label})
    for text in HOW:
        made.addItem(_(text))
    return made
