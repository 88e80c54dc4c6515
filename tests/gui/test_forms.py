"""Forms with many questions: what is wrong is said at each of them at once, and nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from referral_desk.gui.errands import Place
from referral_desk.gui.form import StepForm
from referral_desk.gui.partial_date import PartialDateLine
from referral_desk.nrm.fields import Question
from referral_desk.nrm.pathway import KINDS
from tests.gui.acting import answer, day, press, settle, show_form, texts_in


def errors_of(form):
    return {name for name, field in form.fields.items() if field.error.text()}


def test_everything_that_is_wrong_is_said_at_once_and_the_rest_is_kept(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("consent", ids["adult"])))
    answer(qtbot, form, scope="Sharing with a named", purpose="a place to sleep")
    form.fields["day"].editor.line.setText("yesterday")
    form.fields["expires_on"].editor.line.setText("2026-02-31")

    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert errors_of(form) == {"day", "status", "recipient", "expires_on"}
    assert "4 answers are missing or cannot be" in texts_in(form)
    assert form.fields["day"].editor.line.hasFocus()
    assert form.written()["purpose"] == "a place to sleep"
    assert form.written()["expires_on"] == "2026-02-31"


def test_a_date_that_lies_before_the_one_it_follows_is_said_at_its_question(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("consent", ids["adult"])))
    answer(qtbot, form, scope="An interview", status="Given", expires_on=day(30))

    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert errors_of(form) == {"expires_on"}


def test_a_text_that_is_no_entry_of_its_list_is_said_though_nobody_must_answer(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("person", ids["adult"])))
    answer(qtbot, form, language="qqq")

    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert errors_of(form) == {"language"}
    assert form.fields["language"].editor.box.currentText() == "qqq"


def test_what_is_wrong_comes_into_sight(qtbot, window, door, ids):
    window.resize(1280, 720)
    form = show_form(qtbot, window, Place("circumstances", ids["adult"]))
    form.area.verticalScrollBar().setValue(form.area.verticalScrollBar().maximum())
    form.fields["day"].editor.line.setText("x")

    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert not form.fields["day"].visibleRegion().isEmpty()


@pytest.fixture
def partial():
    return PartialDateLine(Question("began", "Since when?"))


@pytest.mark.parametrize("written", ["2019", "2019-05", "2019-05-20", "2019~", "2019-05~", "2018/2020", "2018-03/2019"])
def test_a_date_known_in_part_comes_back_as_it_was(qtbot, partial, written):
    qtbot.addWidget(partial)

    partial.fill(written)

    assert partial.written() == written
    assert partial.echo.text()


def test_how_exactly_a_date_is_known_is_chosen(qtbot, partial):
    qtbot.addWidget(partial)
    partial.line.setText("2018")
    assert partial.until.isHidden()

    partial.how.setCurrentIndex(1)
    assert (partial.written(), partial.echo.text()) == ("2018~", "about 2018")
    partial.how.setCurrentIndex(2)
    partial.until.setText("2020")

    assert partial.written() == "2018/2020"
    assert not partial.until.isHidden()


def test_who_knows_the_signs_types_them(qtbot, partial):
    qtbot.addWidget(partial)

    partial.line.setText("2018/2020")

    assert partial.written() == "2018/2020"


def test_keys_lead_from_one_group_of_questions_to_the_next(qtbot, window, ids):
    form = show_form(qtbot, window, Place("circumstances", ids["adult"]))
    form.fields["day"].setFocus()
    groups = [fields for section, fields in form.sections if not section.isHidden()]

    qtbot.keyClick(form, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    assert any(field.isAncestorOf(form.focusWidget()) for field in groups[1])
    qtbot.keyClick(form, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert any(field.isAncestorOf(form.focusWidget()) for field in groups[0])


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_opens_and_says_what_it_lacks(qtbot, window, door, ids, kind):
    form = show_form(qtbot, window, Place(kind, ids["adult"]))

    form.fields["day"].editor.line.setText("x")
    form.save()
    settle(qtbot, door)

    assert window.cases.form is form
    assert "day" in errors_of(form)


def test_a_sum_of_money_is_read_back_and_asks_for_its_currency(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("wages", ids["adult"])))
    assert form.fields["currency"].isHidden()

    answer(qtbot, form, owed="14200,50")

    assert form.fields["owed"].editor.echo.text().strip("\u2068\u2069") == "14,200.5"
    assert form.fields["currency"].isVisible()
    assert form.written()["currency"] == "RSD"
    assert "Serbian Dinar (RSD)" in form.fields["currency"].editor.box.currentText()


def test_a_sum_in_letters_is_said_at_its_question(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("wages", ids["adult"])))
    answer(qtbot, form, owed="about two")

    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert "owed" in errors_of(form)
    assert form.fields["owed"].editor.line.text() == "about two"
