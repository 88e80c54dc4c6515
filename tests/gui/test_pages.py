"""The pages of an open desk: list, case, form, letter, statistics."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from referral_desk.gui.case_page import CaseView
from referral_desk.gui.cases_page import CasesPage
from referral_desk.gui.errands import Place, case_rows
from referral_desk.gui.form import StepForm
from referral_desk.gui.letter_page import LetterPage
from referral_desk.gui.main_window import MainWindow
from referral_desk.gui.track_card import BarredStep
from referral_desk.nrm.terms import Track
from referral_desk.pages import case_row
from tests.gui.acting import answer, change, day, press, settle, take, texts_in, type_in

BEST_INTERESTS = "A child's return requires a best-interests determination"


def barred_step(page, kind):
    return next(step for step in page.findChildren(BarredStep) if step.kind == kind)


def test_a_childs_return_is_greyed_with_the_sentence_and_its_source(qtbot, door, ids, shown):
    page = shown(CaseView(door, ids["child"]))
    pressed: list[str] = []
    page.wants_step.connect(pressed.append)

    step = barred_step(page, "return")
    qtbot.mouseClick(step.button, Qt.MouseButton.LeftButton)

    assert BEST_INTERESTS in texts_in(step)
    assert "CETS 197, art. 16(7)" in texts_in(step)
    assert BEST_INTERESTS in step.button.accessibleDescription()
    assert pressed == []


def test_the_sentence_goes_when_the_determination_is_there(qtbot, door, ids, shown):
    page = shown(CaseView(door, ids["child"]))
    given = {"decision": "RETURN_IN_BI", "guardian_consents": "YES", "care_arranged": "YES"}

    def determine(work):
        take(work, work.case(ids["child"]), "best_interests", **given)
        return ids["child"]

    change(qtbot, door, determine)

    step = barred_step(page, "return")
    qtbot.mouseClick(step.button, Qt.MouseButton.LeftButton)
    assert BEST_INTERESTS not in texts_in(step)


def test_at_least_the_first_reason_is_in_sight_without_asking(door, ids, shown):
    step = barred_step(shown(CaseView(door, ids["child"])), "return")

    assert step.unmet[0].sentence in texts_in(step)
    assert "more reason" in texts_in(step)


def test_the_tracks_stand_side_by_side(door, ids, shown):
    page = shown(CaseView(door, ids["adult"]))
    page.resize(1900, 900)

    tops = {card.geometry().top() for card in page.tracks}
    assert len(page.tracks) == len(Track)
    assert len(tops) < len(Track)


def test_the_name_is_hidden_until_somebody_asks(qtbot, door, ids, shown):
    page = shown(CaseView(door, ids["adult"]))
    assert "Marija" not in texts_in(page)

    press(qtbot, page, "Show name")
    settle(qtbot, door)

    assert "Marija Nikolić" in texts_in(page)


def test_a_form_asks_only_what_the_answers_make_sense_of(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("consent", ids["adult"])))
    assert form.fields["recipient"].isHidden()

    answer(qtbot, form, scope="Sharing")

    assert not form.fields["recipient"].isHidden()


def test_what_is_missing_is_said_at_its_question(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("risk", ids["adult"])))

    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert "2 answers are missing" in texts_in(form)
    assert form.fields["purpose"].error.text()
    assert not form.fields["approved"].error.text()


def test_an_impossible_date_is_said_at_its_question_and_keeps_what_was_typed(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("interview", ids["adult"])))
    form.fields["began"].editor.line.setText("2019-13")

    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert form.fields["began"].error.text()
    assert form.fields["began"].written() == "2019-13"


def test_partial_dates_are_read_back_in_words(qtbot, door, ids, shown):
    editor = shown(StepForm(door, Place("interview", ids["adult"]))).fields["began"].editor
    for typed, read in (("2019-05-20", "20 May 2019"), ("2019~", "about 2019"), ("20", "")):
        editor.line.setText(typed)
        assert editor.echo.text() == read


def test_why_there_is_no_answer_is_kept(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("interview", ids["adult"])))
    answer(qtbot, form, in_private="did not want to answer")
    form.fields["account"].reason.menu().actions()[2].trigger()

    assert form.written() == {"day": day(0), "in_private": "?DECLINED", "account": "?UNK"}


def test_a_chip_can_be_taken_back(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("interview", ids["adult"])))
    answer(qtbot, form, in_private="Yes")
    answer(qtbot, form, in_private="Yes")
    assert "in_private" not in form.written()

    answer(qtbot, form, in_private="No")
    assert form.written()["in_private"] == "NO"


def test_a_long_list_is_searched_and_takes_several(qtbot, door, ids, shown):
    editor = shown(StepForm(door, Place("person", None))).fields["citizenships"].editor
    for wanted in ("Serbia", "Moldova"):
        editor.box.lineEdit().setText(wanted)
        editor.box.completer().activated.emit(wanted)

    settle(qtbot, door)
    assert editor.written() == ["MDA", "SRB"]
    press(qtbot, editor, "Take away: Moldova")
    assert editor.written() == ["SRB"]


def test_safeguards_are_said_with_their_source_when_a_form_is_saved(qtbot, door, ids, shown):
    def assist(work):
        take(work, work.case(ids["adult"]), "assistance", services="MED")
        return ids["adult"]

    change(qtbot, door, assist)
    form = shown(StepForm(door, Place("assistance_end", ids["adult"])))
    answer(qtbot, form, services="Medical care")
    form.fields["reason"].fill("REFLECTION_OVER")

    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert "The end of the reflection period ends no assistance." in texts_in(form)
    assert "CETS 197, art. 12(6)" in texts_in(form)


def test_a_step_is_corrected_with_a_reason_and_says_what_it_said_before(qtbot, door, ids, shown):
    page = shown(CasesPage(door))
    page.show_case(ids["adult"])
    settle(qtbot, door)
    person = next(step for step in page.case.page.timeline if step.kind == "person")
    page.show_form(Place("person", ids["adult"], person.id))
    settle(qtbot, door)
    assert page.form.fields["first_name"].written() == "Marija"

    page.form.fields["first_name"].fill("Marija Ana")
    press(qtbot, page.form, "Save")
    assert page.form.fields["why"].error.text()
    answer(qtbot, page.form, why="She told us her second name")
    press(qtbot, page.form, "Save")
    settle(qtbot, door)

    assert "corrected" in texts_in(page.case)


def test_a_click_on_the_case_that_is_marked_leaves_its_form(qtbot, door, ids, shown):
    page = shown(CasesPage(door))
    page.list.select(ids["adult"])
    page.show_form(Place("interview", ids["adult"]))
    settle(qtbot, door)

    row = page.list.view.visualRect(page.list.view.currentIndex()).center()
    qtbot.mouseClick(page.list.view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    settle(qtbot, door)

    assert page.form is None
    assert page.case.case_id == ids["adult"]


def test_the_preview_key_finds_no_case_that_is_no_longer_in_sight(qtbot, window, door, ids):
    window.cases.show_case(ids["adult"])
    settle(qtbot, door)
    window.cases.new_case()
    settle(qtbot, door)
    press(qtbot, window.cases.form, "Discard draft")
    settle(qtbot, door)

    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, door)

    assert "Choose a case on the list" in texts_in(window)


def test_a_chip_has_room_for_its_text_in_bold(door, ids, shown):
    form = shown(StepForm(door, Place("decision", ids["adult"])))
    chip = next(iter(form.fields["status"].editor.chips.values()))
    bold = QFont(chip.font())
    bold.setBold(True)

    assert chip.width() >= QFontMetrics(bold).horizontalAdvance(chip.text()) + 2 * 14


def test_what_is_cut_in_a_list_is_said_below_it(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("reflection", ids["adult"])))
    editor = form.fields["mechanism"].editor
    assert editor.whole.isHidden()

    editor.fill("COE")
    form.resize(560, 600)
    settle(qtbot, door)

    assert editor.whole.text().endswith("Not verified; check with a lawyer. Our own confidence is high.")
    assert editor.whole.isVisible()


def test_the_law_of_the_desk_need_not_be_chosen(door, ids, shown):
    form = shown(StepForm(door, Place("reflection", ids["adult"])))

    assert form.written()["mechanism"] == "SRB"


@pytest.mark.parametrize(("typed", "meant"), [("qqq", None), ("maced", "mkd"), ("ro", None)])
def test_a_few_letters_are_enough_where_they_fit_one_entry(qtbot, door, ids, shown, typed, meant):
    form = shown(StepForm(door, Place("person", ids["adult"])))

    qtbot.keyClicks(form.fields["language"].editor.box.lineEdit(), typed)

    assert form.written().get("language") == meant


def test_an_entry_that_reads_like_another_stays_what_it_was(door, ids, shown):
    field = shown(StepForm(door, Place("person", ids["adult"]))).fields["language"]

    field.fill("ron")

    assert field.written() == "ron"


def test_what_is_wrong_is_said_above_a_long_list_of_answers(qtbot, door, ids, shown):
    form = shown(StepForm(door, Place("referral", ids["adult"])))
    answer(qtbot, form, recipient="Safe House")

    press(qtbot, form, "Save")
    settle(qtbot, door)

    field = form.fields["services"]
    assert field.error.isVisible()
    assert field.error.geometry().bottom() < field.editor.geometry().top()
    assert not field.error.visibleRegion().isEmpty()


def test_the_search_narrows_as_one_types(qtbot, door, shown):
    page = shown(CasesPage(door))

    type_in(qtbot, page.list.search, "đor")

    qtbot.waitUntil(lambda: len(page.list.rows.ids) == 1)
    assert "1 of 2 cases" in texts_in(page.list)


def test_a_row_reads_few_kinds_of_step_and_shows_the_same(qtbot, door, ids):
    def both_ways(work):
        whole = [case_row(case, work.today) for case in work.cases(list(ids.values()))]
        return whole, case_rows(work, list(ids.values()))

    found: list[tuple[Any, ...]] = []
    door.ask(both_ways, found.append)
    qtbot.waitUntil(lambda: bool(found))

    whole, few = found[0]
    assert few == whole


def test_the_form_shows_what_it_tells_and_is_saved_under_a_neutral_name(qtbot, door, ids, windows, home, monkeypatch):
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr("referral_desk.gui.paper_page.ask_file", lambda *given: asked.append(given))
    window = MainWindow(door, lock=lambda _why: None)
    qtbot.addWidget(window)
    window.show()
    window.cases.show_case(ids["adult"])
    settle(qtbot, door)

    window.cases.case.preview_first_form()
    settle(qtbot, door)
    page = window.stack.currentWidget()
    assert isinstance(page, LetterPage)
    page.language.setCurrentIndex(page.language.findData("sr_Cyrl"))
    page.refresh()
    settle(qtbot, door)
    press(qtbot, page, "Save as PDF…")
    page.save_as(str(home / "form.pdf"))
    settle(qtbot, door)

    assert "Safe House" in texts_in(page)
    assert "Marija" not in texts_in(page)
    assert asked[0][2].startswith("RF-")
    assert (home / "form.pdf").read_bytes().startswith(b"%PDF")
    assert "Saved" in texts_in(page)
