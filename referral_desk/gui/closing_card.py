"""Closing periods: a bar that says how far it is, and a button that stops it after the period in hand."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.gui import desk_figures
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import button, column, emptied, notice, row
from referral_desk.words import _, ngettext


class ClosingCard(QWidget):
    """Hidden unless something is due or being closed."""

    closed = Signal()

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.stops = Event()
        self.said = QVBoxLayout()
        self.close_now = button(_("Close what is due"), self.close_due, icon="check", look="primary")
        self.stop = button(_("Stop"), self.stop_closing, icon="x")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Periods are being closed"))
        door.progress.connect(self._show_progress)
        waiting = row(self.bar, self.stop, gap=12)
        waiting.setStretch(0, 1)
        self.setLayout(column(self.said, waiting, row(self.close_now, 1), gap=8))
        self._wait(waiting=False)

    def offer(self, *, due: bool) -> None:
        self.close_now.setVisible(due and self.bar.isHidden())

    def close_due(self) -> None:
        """Freeze every period that is due; each is kept for itself."""
        self.stops.clear()
        self._wait(waiting=True)
        self._tell(_("Figures are being rounded and checked. Each period takes some seconds …"), "accent", "clock")
        self.stop.setFocus()
        desk_figures.close_due(self.door, self.stops.is_set, self._closed, self._refused)

    def stop_closing(self) -> None:
        """Nothing is half closed: the period in hand is finished, and no other one begun."""
        self.stops.set()
        self.stop.setEnabled(False)
        self._tell(_("Stopping after this period …"), "accent", "clock")

    def _closed(self, count: int) -> None:
        self._wait(waiting=False)
        said = ngettext("%(count)d period is closed.", "%(count)d periods are closed.", count) % {"count": count}
        never = _("These figures never change again.")
        rest = _("You stopped: the rest can be closed at any time.")
        if self.stops.is_set():
            self._tell(f"{said} {rest}", "warn", "circle-alert")
        elif count:
            self._tell(f"{said} {never}", "good", "circle-check")
        else:
            self._tell(_("Nothing could be closed; below it says why."), "warn", "circle-alert")
        self.closed.emit()

    def _refused(self, error: DeskError) -> None:
        self._wait(waiting=False)
        self._tell(str(error), "danger", "circle-alert")
        self.closed.emit()

    def _show_progress(self, done: int, of: int) -> None:
        if self.bar.isVisible():
            self.bar.setRange(0, of)
            self.bar.setValue(done)

    def _wait(self, *, waiting: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(waiting)
        self.stop.setVisible(waiting)
        self.stop.setEnabled(waiting)
        self.close_now.setVisible(not waiting)

    def _tell(self, text: str, tone: str, icon: str) -> None:
        emptied(self.said)
        self.said.addWidget(notice(text, tone, icon=icon))
