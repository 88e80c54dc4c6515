"""For those who hear the windows, use no mouse, read from the right, or need contrast; and what no window may tell."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QTransform
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from referral_desk.gui import icons, qt_words, theme
from referral_desk.gui.errands import Place
from referral_desk.gui.frame_parts import PLACES
from referral_desk.gui.main_window import MainWindow
from referral_desk.gui.shortcuts import SHORTCUTS, ShortcutsDialog
from referral_desk.nrm.pathway import KINDS
from tests.gui.acting import change, settle, take, texts_in

TEXTS = ("ink", "muted", "accent_text", "good", "warn", "danger", "plain")
GROUNDS = ("page", "card", "raised")
PAIRS = [
    *product(TEXTS, GROUNDS),
    *((tone, f"{tone}_soft") for tone in ("good", "warn", "danger", "plain")),
    ("accent_text", "accent_soft"),
    ("accent_ink", "accent"),
    ("accent_ink", "accent_over"),
    ("accent_ink", "danger"),
    ("side_ink", "side"),
    ("side_muted", "side"),
    ("side_ink", "side_over"),
    ("practice_ink", "practice"),
    ("muted", "field"),
    ("ink", "accent_soft"),
    ("muted", "accent_soft"),
    *((f"track_{code}", f"track_{code}_soft") for code in icons.TRACK_ICONS),
]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(name):
    colours = theme.colours(name)

    faint = {f"{a} on {b}": round(contrast(colours[a], colours[b]), 2) for a, b in PAIRS}

    assert {pair: value for pair, value in faint.items() if value < 4.5} == {}


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: QColor) -> float:
    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


@pytest.fixture
def window(qtbot, door):
    made = MainWindow(door, lock=lambda _why: None)
    qtbot.addWidget(made)
    made.show()
    made.go("cases")
    settle(qtbot, door)
    return made


def test_everything_that_takes_the_focus_has_a_name(qtbot, window, door, windows):
    nameless = [f"window: {one}" for one in without_name(window)]
    for at in range(len(window.cases.list.rows.ids)):
        window.cases.show_case(window.cases.list.rows.ids[at])
        settle(qtbot, door)
        nameless += [f"case: {one}" for one in without_name(window)]
        if window.cases.case.page.referrals:
            window.cases.case.preview_first_form()
            settle(qtbot, door)
            nameless += [f"letter: {one}" for one in without_name(window)]
    for place, *_more in PLACES:
        window.go(place)
        settle(qtbot, door)
        nameless += [f"{place}: {one}" for one in without_name(window)]
    for kind in KINDS:
        window.cases.show_form(Place(kind, window.cases.list.rows.ids[0]))
        settle(qtbot, door)
        nameless += [f"{kind}: {one}" for one in without_name(window)]

    assert nameless == []


def test_the_first_windows_have_names_too(windows, desk_folder):
    windows.unlock()
    nameless = without_name(windows.shown)
    windows.create()
    nameless += without_name(windows.shown)

    assert nameless == []


def without_name(window: QWidget) -> list[str]:
    focusable = [one for one in window.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    ours = [one for one in focusable if not belongs_to_qt(one)]
    return [f"{type(one).__name__} {one.objectName()}" for one in ours if not spoken_name(one)]


def belongs_to_qt(one: QWidget) -> bool:
    """Parts that Qt puts into its own widgets: the page of a calendar, the list of a combo box."""
    parent = one.parentWidget()
    while parent is not None:
        if isinstance(parent, QCalendarWidget) or parent.metaObject().className() == "QComboBoxPrivateContainer":
            return True
        parent = parent.parentWidget()
    return one.objectName() == "qt_spinbox_lineedit"


def spoken_name(one: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).strip()


def test_tab_leaves_every_box(window, qtbot, door):
    window.cases.show_form(Place("interview", window.cases.list.rows.ids[0]))

    assert all(box.tabChangesFocus() for box in window.findChildren(QPlainTextEdit))


def test_no_keyboard_learns_what_is_typed(window, qtbot, door):
    window.cases.show_form(Place("person", window.cases.list.rows.ids[0]))
    settle(qtbot, door)

    for field in (*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)):
        assert field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData, field.accessibleName()


@pytest.mark.parametrize("language", ["en", "sr_Latn", "ar"])
def test_nothing_is_wider_than_the_window_allows(qtbot, windows, door, ids, language):
    change(qtbot, door, refer_to_a_long_name(ids["adult"]))
    qt_words.use(windows.app, language)
    windows.door = door
    windows.work()
    windows.shown.resize(960, 600)
    cases = windows.shown.cases
    cases.show_case(ids["adult"])
    cases.case.turn_name()
    settle(qtbot, door)

    too_wide = {"case": narrow_places(windows.shown)}
    for kind in KINDS:
        cases.show_form(Place(kind, ids["adult"]))
        settle(qtbot, door)
        too_wide[kind] = narrow_places(windows.shown)

    assert {place: found for place, found in too_wide.items() if found} == {}


@pytest.mark.parametrize("language", ["en", "sr_Latn", "ar"])
def test_no_other_page_is_wider_than_the_window_allows_either(qtbot, windows, door, language):
    qt_words.use(windows.app, language)
    windows.door = door
    windows.work()
    windows.shown.resize(960, 600)
    too_wide = {}
    for place in (*(place for place, *_more in PLACES), "passphrase"):
        windows.shown.go(place)
        settle(qtbot, door)
        too_wide[place] = narrow_places(windows.shown)
    windows.shown.go("members")
    windows.shown.stack.currentWidget().ask_to_add()
    settle(qtbot, door)
    too_wide["add"] = narrow_places(windows.shown)

    assert {place: found for place, found in too_wide.items() if found} == {}
    assert windows.shown.width() == 960


def refer_to_a_long_name(case_id):
    name = "Safe House for Women and Children who were Trafficked, Centre for Social Work"

    def refer(work):
        given = {"scope": "SHARE_ORG", "recipient": name, "items": ["NEEDS"], "given_by": "PERSON"}
        take(work, work.case(case_id), "consent", status="GIVEN", **given)
        take(work, work.case(case_id), "referral", recipient=name, services=["MED"], urgency="URGENT", shares=["NEEDS"])
        return case_id

    return refer


def narrow_places(window):
    """The scroll areas whose content is wider than they are, so that something is cut at the side."""
    areas = [area for area in window.findChildren(QScrollArea) if area.isVisible() and area.objectName() == "page"]
    return [area.widget().width() - area.viewport().width() for area in areas if too_wide(area)]


def too_wide(area):
    return area.widget().width() > area.viewport().width()


def test_arabic_is_mirrored(qtbot, windows, desk_folder):
    windows.speak("ar", windows.unlock)

    assert windows.shown.layoutDirection() is Qt.LayoutDirection.RightToLeft
    plain, mirrored = (icons._drawn("arrow-left", "#000000", 24, 1.0, turned).toImage() for turned in (False, True))
    assert plain == mirrored.transformed(QTransform().scale(-1, 1))


@pytest.mark.parametrize("keys", [keys for keys, act, _text in SHORTCUTS if act])
def test_every_key_is_obeyed(window, keys):
    act = next(act for listed, act, _text in SHORTCUTS if listed == keys)

    assert callable(window.act(act))


def test_the_keys_can_be_read(qtbot, window):
    dialog = ShortcutsDialog(window)
    qtbot.addWidget(dialog)

    assert "Lock the desk at once" in texts_in(dialog)


def test_the_focus_stays_with_the_case_when_its_parts_are_made_anew(qtbot, window, door):
    window.cases.show_case(window.cases.list.rows.ids[0])
    settle(qtbot, door)
    qtbot.waitUntil(window.isActiveWindow)

    window.cases.case.name_button.setFocus()
    qtbot.keyClick(window.cases.case.name_button, Qt.Key.Key_Space)
    settle(qtbot, door)

    assert window.cases.case.is_open
    assert window.cases.case.name_button.hasFocus()


def test_after_saving_tab_leads_to_the_undoing_and_then_into_the_case(qtbot, window, door):
    window.cases.show_form(Place("interview", window.cases.list.rows.ids[0]))
    settle(qtbot, door)
    qtbot.waitUntil(window.isActiveWindow)

    qtbot.keyClick(window.cases.form.save_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, door)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)

    assert window.focusWidget().text().strip() == "Undo"
    for _further in ("close the message", "into the case"):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.cases.case.isAncestorOf(window.focusWidget())
