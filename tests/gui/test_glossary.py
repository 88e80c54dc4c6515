"""The words of the field: shown in the program, explained where they are met, and the same as in GLOSSARY.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from referral_desk import glossary
from referral_desk.gui.errands import Place
from referral_desk.gui.glossary_dialog import GlossaryDialog
from tests.gui.acting import press, show_form, texts_in

FILE = Path(__file__).parent.parent.parent / "GLOSSARY.md"


def test_the_program_explains_the_words_it_uses_itself():
    written = {
        word.lower() for word in re.findall(r"^\| \*\*(.+?)\*\*", FILE.read_text(encoding="utf-8"), re.MULTILINE)
    }

    missing = [word.english for word in glossary.WORDS if word.english.lower() not in written]

    assert [word for word in missing if f"{word.lower()} (nrm)" not in written] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The best-interests determination", ["best-interests determination"]),
        ("Consents and a referral", ["referral", "consent"]),
        ("Stepping stones", []),
    ],
)
def test_words_are_found_in_a_text(text, words):
    assert [word.english for word in glossary.words_in(text)] == words


def test_f1_explains_the_words_of_the_question_in_which_one_is(qtbot, window, ids):
    form = show_form(qtbot, window, Place("interview", ids["adult"]))
    form.fields["account"].setFocus()

    qtbot.keyClick(form.fields["account"].focusProxy(), Qt.Key.Key_F1)

    assert "in her or his own words" in texts_in(window.help)


def test_the_words_are_searched_as_one_types(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    dialog = window.findChildren(GlossaryDialog)[0]
    assert "non-punishment" in texts_in(dialog)

    qtbot.keyClicks(dialog.search, "permit")

    qtbot.waitUntil(lambda: "residence permit" in texts_in(dialog))
    assert "non-punishment" not in texts_in(dialog)


def test_the_help_leads_to_the_words(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)

    press(qtbot, window.help, "Words of the field")

    assert window.findChildren(GlossaryDialog)
