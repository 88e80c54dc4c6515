"""Icons in a colour of the theme, sharp at every scale, mirrored where the language runs from right to left."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from referral_desk import resources, words
from referral_desk.gui import theme

POINTING = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "send", "undo-2", "log-out", "plane-takeoff"}
)
SCALES = (1, 2, 3)
_SHARP = 2.0
"""Points of a picture to a point of the window: enough for any screen."""

TRACK_ICONS = {
    "IDENT": "user",
    "CONSENT": "file-check",
    "REFLECT": "leaf",
    "ASSIST": "heart-handshake",
    "RISK": "shield-alert",
    "REFER": "send",
    "CHILD": "baby",
    "RETURN": "plane",
    "INCLUDE": "house",
    "JUSTICE": "scale",
    "CASE": "folder",
}


def icon(name: str, colour: str = "ink", size: int = 18) -> QIcon:
    """An icon for a button; `colour` is the name of a purpose in the theme."""
    return _icon(name, theme.colour(colour), theme.colour("muted"), size, words.is_right_to_left())


def picture(name: str, colour: str = "ink", size: int = 18, ratio: float = 1.0) -> QPixmap:
    """An icon for a label or a painter; `ratio` is that of the screen."""
    return _drawn(name, theme.colour(colour), size, ratio, words.is_right_to_left())


def on_ground(name: str, colour: str, ground: str, size: int, *, around: int, corner: int) -> QPixmap:
    """An icon with so much ground around it, whose corners are round."""
    return _on_ground(picture(name, colour, size, _SHARP), theme.colour(ground), around, corner)


def dot(colour: str, size: int = 10) -> QPixmap:
    """A round sign."""
    return _on_ground(None, theme.colour(colour), size // 2, size // 2)


@cache
def _icon(name: str, colour: str, disabled: str, size: int, mirrored: bool) -> QIcon:
    made = QIcon()
    for scale in SCALES:
        made.addPixmap(_drawn(name, colour, size * scale, 1, mirrored))
    made.addPixmap(_drawn(name, disabled, size * 2, 1, mirrored), QIcon.Mode.Disabled)
    return made


@cache
def _on_ground(drawn: QPixmap | None, ground: str, around: int, corner: int) -> QPixmap:
    side = (drawn.deviceIndependentSize().width() if drawn else 0) + 2 * around
    made = QPixmap(QSize(int(side), int(side)) * _SHARP)
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(_SHARP)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(0, 0, side, side), corner, corner)
    if drawn:
        painter.drawPixmap(around, around, drawn)
    painter.end()
    return made


@cache
def _drawn(name: str, colour: str, size: int, ratio: float, mirrored: bool) -> QPixmap:
    drawing = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    if mirrored and name in POINTING:
        pixmap = pixmap.transformed(QTransform().scale(-1, 1))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
