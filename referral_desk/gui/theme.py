"""Colours, fonts and the style sheet: from resources/theme and resources/fonts, never from code."""

from __future__ import annotations

import tomllib
from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from referral_desk import resources, words

_name_used = ["light"]

_ROLES = {
    QPalette.ColorRole.Window: "page",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "card",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "accent_ink",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "card",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.Mid: "line",
}


def use(app: QApplication, theme: str) -> None:
    """Dress the program in `light`, `dark`, or what the system prefers; also takes the language's fonts."""
    _name_used[0] = _system_theme(app) if theme == "system" else theme
    dress = f"{_name_used[0]} {words.language()}"
    if app.property("dress") == dress:
        return
    app.setProperty("dress", dress)
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette())
    app.setFont(font())
    app.setStyleSheet(_style_sheet(_name_used[0]))


def colour(name: str) -> str:
    """The colour for a purpose, in the theme in use."""
    return colours(_name_used[0])[name]


@cache
def colours(theme: str) -> dict[str, str]:
    held = tomllib.loads(resources.path("theme", "colours.toml").read_text(encoding="utf-8"))
    return dict(held[theme])


def _system_theme(app: QApplication) -> str:
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(colour(name)))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colour("muted")))
    return palette


def font() -> QFont:
    """The letters of the language spoken."""
    names = [_family("NotoSans")]
    if words.is_right_to_left():
        names.append(_family("NotoSansArabic"))
    font = QFont(names)
    font.setPointSizeF(10)
    return font


@cache
def _family(file: str) -> str:
    """Load a font that comes with the program; what the system has may lack half of the letters."""
    for weight in ("Regular", "Bold"):
        number = QFontDatabase.addApplicationFont(str(resources.path("fonts", f"{file}-{weight}.ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _style_sheet(theme: str) -> str:
    sheet = Template(resources.path("theme", "windows.qss").read_text(encoding="utf-8"))
    return sheet.substitute(colours(theme), pictures=resources.path("theme", theme).as_posix())
