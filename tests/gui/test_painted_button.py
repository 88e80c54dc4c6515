"""Buttons that paint what they say are laid out like the labels they stand for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from referral_desk.gui import icons
from referral_desk.gui.painted_button import PaintedButton, Piece

MARGIN = (8, 4, 8, 4)
LONG = "Assessment of the best interests of a child before a return"


@pytest.fixture
def pressed():
    return []


@pytest.fixture
def made(shown, pressed):
    def make(text: str) -> PaintedButton:
        sign = Piece(picture=icons.picture("plus", "ink", 16, 2.0))
        name = Piece(text, stretches=True)
        return shown(PaintedButton(lambda: pressed.append(text), "step", text, sign, name, margin=MARGIN))

    return make


def test_a_text_takes_as_many_lines_as_it_needs(made):
    one = made(LONG)
    wide, narrow = one.sizeHint().width(), one.minimumSizeHint().width()

    assert one.heightForWidth(wide) == one.sizeHint().height()
    assert one.heightForWidth(wide // 2) > one.heightForWidth(wide)
    assert one.heightForWidth(narrow) > one.heightForWidth(wide // 2)


def test_no_word_is_wider_than_the_narrowest_button(made):
    one = made(LONG)

    assert one.minimumSizeHint().width() > one.fontMetrics().horizontalAdvance("Assessment")


def test_it_is_pressed_by_mouse_and_keyboard_and_has_a_name(qtbot, made, pressed):
    one = made("Interview")

    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    qtbot.keyClick(one, Qt.Key.Key_Return)
    qtbot.keyClick(one, Qt.Key.Key_Space)

    assert pressed == ["Interview"] * 3
    assert one.accessibleName() == "Interview"


def test_the_sign_stands_where_the_language_begins(qtbot, made):
    one = made("Interview")
    one.resize(400, 40)
    left = painted(one)

    one.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert left[0] < 30
    assert painted(one)[1] > 370


def painted(one: PaintedButton) -> tuple[int, int]:
    """From where to where something stands in the middle line of the picture, inside its border."""
    picture = one.grab().toImage()
    ratio, middle = picture.devicePixelRatio(), picture.height() // 2
    ground = picture.pixelColor(picture.width() // 2, 5)
    inside = range(int(4 * ratio), picture.width() - int(4 * ratio))
    found = [x for x in inside if any(picture.pixelColor(x, middle + y) != ground for y in range(-4, 5))]
    return int(found[0] / ratio), int(found[-1] / ratio)
