"""The rows of the page Today: headings, and under each what is due or waits; painted, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from referral_desk import words
from referral_desk.gui import theme
from referral_desk.gui.case_row import beside, smaller, write
from referral_desk.gui.errands import Place, Unfinished, place_of
from referral_desk.today import DueLine, Group
from referral_desk.words import N_, _

ROW = Qt.ItemDataRole.UserRole
SHOWN_ROLES = (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
SIDE, EDGE, GAP, STRIPE = 18, 9, 3, 4


@dataclass(frozen=True)
class Heading:
    """Stands above the lines of a group; `count` is how many there are, shown or not."""

    text: str
    count: int
    tone: str


@dataclass(frozen=True)
class Task:
    """One line: what, until when, in which case; the form that answers it, or the enquiry that waits, if any."""

    title: str
    when: str
    about: str
    tone: str
    case_id: object
    place: Place | None
    enquiry: DueLine | None = None


GROUPS = {
    "overdue": (N_("Overdue"), "danger"),
    "today": (N_("Due today"), "warn"),
    "coming": (N_("Coming"), "plain"),
    "drafts": (N_("Not finished"), "accent_text"),
    "letters": (N_("Unanswered letters"), "plain"),
    "expiring": (N_("Ending soon"), "plain"),
}
"""Everything the page can show, by code: its heading and its colour."""
AT_ONCE = ("overdue", "today", "coming", "drafts")
"""Each thing once; the others are views of the same."""


def tasks_of(group: Group) -> list[Task]:
    return [_due_task(line) for line in group.lines]


def drafts(forms: Sequence[Unfinished]) -> list[Task]:
    """Forms that were left before they were saved."""
    new = _("a new case")
    return [Task(f.label, "", f.case_code or new, "accent_text", f.place.case_id, f.place) for f in forms]


def _due_task(line: DueLine) -> Task:
    place = place_of(line)
    about = [words.isolate(line.case_code), line.kind_label if line.kind_label != line.label else ""]
    until = f"{line.left} · {line.until}"
    enquiry = line if line.reference else None
    return Task(line.label, until, " · ".join(filter(None, about)), line.when.tone, line.case_id, place, enquiry)


class TaskRows(QAbstractListModel):
    """Headings and tasks in one list; the arrows pass headings over."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Heading | Task] = []

    def show(self, rows: Sequence[Heading | Task]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        is_heading = index.isValid() and isinstance(self.rows[index.row()], Heading)
        return Qt.ItemFlag.NoItemFlags if is_heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in SHOWN_ROLES or not index.isValid():
            return None
        return self.rows[index.row()] if role == ROW else spoken(self.rows[index.row()])

    def task(self, index: QModelIndex) -> Task | None:
        found = index.data(ROW) if index.isValid() else None
        return found if isinstance(found, Task) else None


def spoken(found: Heading | Task) -> str:
    """A row as it is read aloud."""
    if isinstance(found, Heading):
        return f"{found.text}: {found.count}"
    return ", ".join(part for part in (found.title, found.when, found.about) if part)


class TaskPainter(QStyledItemDelegate):
    """Two lines of text for a task, one for a heading; as high as the font asks for."""

    def sizeHint(self, option, index) -> QSize:
        text, small = QFontMetrics(option.font), QFontMetrics(smaller(option.font))
        return QSize(0, 2 * EDGE + text.height() + small.height() + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:
        painter.save()
        found = index.data(ROW)
        if isinstance(found, Heading):
            _paint_heading(painter, option, found)
        elif isinstance(found, Task):
            _paint_ground(painter, option)
            _paint_task(painter, option, found)
        painter.restore()


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, heading: Heading) -> None:
    painter.fillRect(option.rect, QColor(theme.colour("page")))
    bold = QFont(option.font)
    bold.setBold(True)
    height = QFontMetrics(bold).height()
    place = QRect(option.rect.left() + SIDE, option.rect.bottom() - height - EDGE, option.rect.width() - SIDE, height)
    said = f"{heading.text} ({heading.count})"
    write(painter, option, beside(option, place), said, bold, heading.tone, Qt.AlignmentFlag.AlignLeft)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    over = bool(option.state & QStyle.StateFlag.State_MouseOver)
    painter.fillRect(option.rect, QColor(theme.colour("accent_soft" if chosen else "raised" if over else "card")))
    edge = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
    painter.fillRect(edge, QColor(theme.colour("line")))


def _paint_task(painter: QPainter, option: QStyleOptionViewItem, task: Task) -> None:
    stripe = QRect(option.rect.topLeft(), QSize(STRIPE, option.rect.height() - 1))
    painter.fillRect(beside(option, stripe), QColor(theme.colour(task.tone)))
    inner = option.rect.adjusted(SIDE, EDGE, -SIDE, -EDGE)
    bold, small = QFont(option.font), smaller(option.font)
    bold.setBold(True)
    first = QRect(inner.left(), inner.top(), inner.width(), QFontMetrics(bold).height())
    second = QRect(inner.left(), first.bottom() + GAP, inner.width(), QFontMetrics(small).height())
    taken = QFontMetrics(option.font).horizontalAdvance(task.when) + SIDE
    title = beside(option, QRect(first.left(), first.top(), first.width() - taken, first.height()))
    write(painter, option, title, task.title, bold, "ink", Qt.AlignmentFlag.AlignLeft)
    write(painter, option, first, task.when, option.font, task.tone, Qt.AlignmentFlag.AlignRight)
    write(painter, option, second, task.about, small, "muted", Qt.AlignmentFlag.AlignLeft)
