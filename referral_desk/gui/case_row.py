"""How one case looks in the list: code and day, what is known, and its marks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from referral_desk import words
from referral_desk.gui import theme
from referral_desk.pages import CaseRow, Mark

SIDE, EDGE, GAP, STRIPE = 14, 10, 4, 4
ROW = Qt.ItemDataRole.UserRole


class CaseRowPainter(QStyledItemDelegate):
    """Two lines of text and one of marks, as high as the font asks for."""

    def sizeHint(self, option, index) -> QSize:
        text, small = QFontMetrics(option.font), QFontMetrics(smaller(option.font))
        return QSize(0, 2 * EDGE + text.height() + small.height() + mark_height(small) + 2 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        case = index.data(ROW)
        if case is not None:
            _paint_case(painter, option, case)
        painter.restore()


def smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() - 1)
    return made


def mark_height(small: QFontMetrics) -> int:
    return small.height() + 2


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    over = bool(option.state & QStyle.StateFlag.State_MouseOver)
    ground = "accent_soft" if chosen else "raised" if over else "card"
    painter.fillRect(option.rect, QColor(theme.colour(ground)))
    painter.fillRect(
        beside(option, QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)),
        QColor(theme.colour("line")),
    )
    if chosen:
        stripe = QRect(option.rect.topLeft(), QSize(STRIPE, option.rect.height()))
        painter.fillRect(beside(option, stripe), QColor(theme.colour("accent")))


def _paint_case(painter: QPainter, option: QStyleOptionViewItem, case: CaseRow) -> None:
    inner = option.rect.adjusted(SIDE, EDGE, -SIDE, -EDGE)
    bold, small = QFont(option.font), smaller(option.font)
    bold.setBold(True)
    first = QRect(inner.topLeft(), QSize(inner.width(), QFontMetrics(bold).height()))
    second = QRect(first.bottomLeft() + QPoint(0, GAP), QSize(inner.width(), QFontMetrics(small).height()))
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    write(painter, option, first, case.code, bold, "ink", Qt.AlignmentFlag.AlignLeft)
    write(painter, option, first, words.day(case.opened_on), small, "muted", Qt.AlignmentFlag.AlignRight)
    write(painter, option, second, case.summary, small, "ink" if chosen else "muted", Qt.AlignmentFlag.AlignLeft)
    _paint_marks(painter, option, second.bottomLeft() + QPoint(0, GAP + 1), inner, case.marks)


def write(painter, option, place: QRect, text: str, font: QFont, colour: str, side: Qt.AlignmentFlag) -> None:
    """A line of text on one side of a place, cut where it does not fit."""
    painter.setFont(font)
    painter.setPen(QColor(theme.colour(colour)))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    towards = QStyle.visualAlignment(option.direction, side | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(place, towards | Qt.AlignmentFlag.AlignAbsolute, shown)


def _paint_marks(painter, option, start: QPoint, inner: QRect, marks: tuple[Mark, ...]) -> None:
    font = smaller(option.font)
    metrics = QFontMetrics(font)
    left = start.x()
    for mark in marks:
        width = metrics.horizontalAdvance(mark.text) + 16
        if left + width > inner.right() + 1:
            return
        pill = beside(option, QRect(left, start.y(), width, mark_height(metrics)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour(f"{mark.tone}_soft")))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(font)
        painter.setPen(QColor(theme.colour(mark.tone)))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, mark.text)
        left += width + 6


def beside(option: QStyleOptionViewItem, place: QRect) -> QRect:
    """The same place, mirrored where the language runs from right to left."""
    return QStyle.visualRect(option.direction, option.rect, place)
