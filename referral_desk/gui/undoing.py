"""The last act, offered for taking back: beside the word that it was saved, and by Ctrl+Z outside of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from referral_desk import undoing
from referral_desk.gui.pieces import button
from referral_desk.undoing import Undoable
from referral_desk.words import _, isolate

if TYPE_CHECKING:
    from referral_desk.gui.main_window import MainWindow


class Undoing(QObject):
    """Knows which act was offered last; whether it can still be taken back only the desk knows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.offered: Any = None
        window.door.changed.connect(self._look)

    def undo(self) -> None:
        """Take the last act back, unless a form is open: it may be the correction of just that step."""
        if self.window.cases.form is not None:
            self.window.refuse(_("Save or leave the form first; then what was recorded last can be taken back."))
        else:
            self.window.door.do(_undo, self._undone)

    def _look(self, _case_id: object) -> None:
        self.window.door.do(_last, self._offer)

    def _offer(self, found: Undoable | None) -> None:
        """Say that it was saved, once for each act, with the way back."""
        if found is None or found.done == self.offered:
            return
        self.offered = found.done
        back = button(_("Undo"), self.undo, icon="undo-2", look="quiet")
        back.setToolTip("Ctrl+Z")
        self.window.say(found.sentence, "good", "circle-check", back)

    def _undone(self, taken_back: Undoable) -> None:
        self.offered = None
        told = {"step": taken_back.label, "case": isolate(taken_back.code)}
        self.window.say(_("Taken back: %(step)s (%(case)s). It stays readable.") % told, "plain", "undo-2")
        self.window.door.changed.emit(taken_back.done.case_id)


def _last(desk: Any) -> Undoable | None:
    with desk.work(unsealed=False) as work:
        return undoing.last(work, desk.acts.last)


def _undo(desk: Any) -> Undoable | None:
    with desk.work() as work:
        found = undoing.last(work, desk.acts.last)
        undoing.undo(work, desk.acts.last)
        return found
