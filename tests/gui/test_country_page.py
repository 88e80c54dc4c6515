"""The country profile: every line with its source and whether it is verified; a keeper changes it and takes it back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from referral_desk.gui.country_page import CountryPage
from referral_desk.nrm import mechanism
from tests.gui.acting import day, press, settle, texts_in, type_in


def line_of(page, key):
    return next(part for one, part in page.parts if one.key == key)


def changing(qtbot, door, page, name):
    qtbot.keyClicks(page.search, name)
    press(qtbot, page, f"Change: {name}")
    settle(qtbot, door)
    return page.form


def test_every_line_says_how_far_one_may_rely_on_it(door, shown):
    page = shown(CountryPage(door))

    assert page.box.currentText() == "Serbia"
    assert "best before" in texts_in(page)
    assert "Not verified; check with a lawyer." in texts_in(line_of(page, "reflection"))
    assert "lines are not verified" in texts_in(page)


def test_a_value_that_a_lawyer_verified_stands_in_the_place_of_the_published_one(qtbot, door, shown):
    page = shown(CountryPage(door))
    form = changing(qtbot, door, page, "Reflection period")
    form.fields["value"].editor.line.clear()
    type_in(qtbot, form.fields["value"].focusProxy(), "at least 60 days")
    for name, text in (("source", "Law on foreigners, art. 72"), ("verified_by", "a lawyer"), ("verified_on", day(1))):
        type_in(qtbot, form.fields[name].focusProxy(), text)
    qtbot.keyClick(form.fields["note"].focusProxy(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, door)

    assert page.form is None
    line = texts_in(line_of(page, "reflection"))
    assert "60 days" in line
    assert f"Verified by a lawyer on {day(1)}" in line
    assert "value of this office" in line

    press(qtbot, page, "Change: Reflection period")
    assert page.form is not None
    press(qtbot, page.form, "Let the published value stand again")
    settle(qtbot, door)
    assert "value of this office" not in texts_in(line_of(page, "reflection"))


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(qtbot, door, shown):
    page = shown(CountryPage(door))
    form = changing(qtbot, door, page, "Reflection period")
    form.fields["value"].editor.line.setText("a long while")
    form.save()
    assert form.fields["source"].error.text()
    form.fields["source"].editor.line.setText("Somebody said so")
    form.save()
    settle(qtbot, door)

    assert form.wrong.text()
    assert form.fields["value"].written() == "a long while"
    assert form.save_button.isEnabled()


def test_another_country_can_be_looked_at(qtbot, door, shown):
    page = shown(CountryPage(door))

    page.look_at("BIH")
    settle(qtbot, door)

    assert "Bosnia" in page.box.currentText()


def test_who_keeps_no_desk_reads_and_changes_nothing(qtbot, door, shown, monkeypatch):
    monkeypatch.setattr(door, "facts", type(door.facts)("REAL", entitled=True, is_kept_by_me=False))
    page = shown(CountryPage(door))

    assert "A keeper of the desk changes this." in texts_in(page)
    assert not [one for one in page.findChildren(QAbstractButton) if one.text().strip() == "Change…"]


def test_the_place_is_reached_by_keyboard(qtbot, window, door):
    qtbot.keyClick(window, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, door)

    assert isinstance(window.stack.currentWidget(), CountryPage)


def test_content_past_its_best_before_date_is_said_where_people_look(qtbot, window, door, monkeypatch):
    monkeypatch.setattr(mechanism.Mechanism, "is_past_its_best", lambda _one, _on: True)
    for place in ("today", "country"):
        window.go(place)
        settle(qtbot, door)

        assert "its best-before date" in texts_in(window.stack.currentWidget())
