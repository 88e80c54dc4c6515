"""Everything that can be recorded in a case, by track, searched as one types; what cannot be says why not."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QDialog, QListView, QWidget

from referral_desk.gui import icons, theme
from referral_desk.gui.finding import has_all
from referral_desk.gui.pieces import button, column, directed, label, rename, row
from referral_desk.gui.secret_field import private_line
from referral_desk.pages import OpenStepRow, TrackPage
from referral_desk.words import _

STEP = Qt.ItemDataRole.UserRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class RecordDialog(QDialog):
    """One line to type in and the list beneath it: arrows move, Enter takes. `track` shows that one alone."""

    chosen = Signal(str)

    def __init__(self, tracks: Iterable[TrackPage], parent: QWidget | None, *, track: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Referral Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.tracks = [one for one in tracks if one.open and track in ("", one.code)]
        self.search = private_line(_("Search what can be recorded"))
        self.search.setPlaceholderText(_("Type a few letters: interview, consent, referral…"))
        self.rows = QStandardItemModel(self)
        self.view = _list_of(self.rows)
        self.why = label("", "small", wraps=True)
        self.none = label(_("Nothing that can be recorded is called so."), "muted", wraps=True)
        self.does = button(_("Record"), self.take, look="primary")
        cancel = button(_("Cancel"), self.reject)
        title = label(_("What do you want to record?"), "heading")
        foot = row(1, cancel, self.does)
        self.setLayout(column(title, self.search, self.none, self.view, self.why, foot, gap=10, margin=16))
        self.resize(560, 600)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.view.selectionModel().currentChanged.connect(self._say_why_not)
        self.view.activated.connect(lambda _index: self.take())
        self._fill("")
        self.search.setFocus()

    @property
    def step(self) -> OpenStepRow | None:
        """The step that is marked."""
        found: OpenStepRow | None = self.view.currentIndex().data(STEP)
        return found

    def take(self) -> None:
        """Go to the form of what is marked, unless something stands in its way."""
        if self.step is not None and not self.step.is_barred:
            self.chosen.emit(self.step.kind)
            self.accept()

    def eventFilter(self, watched, event) -> bool:
        """While one types, the arrows move in the list and Enter takes what is marked."""
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in MOVES:
            QApplication.sendEvent(self.view, QKeyEvent(event))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return True
        return False

    def _fill(self, wanted: str) -> None:
        self.rows.clear()
        for track in self.tracks:
            found = [step for step in track.open if has_all(wanted, step.label, track.label)]
            if found:
                self.rows.appendRow(_heading(track))
                for step in found:
                    self.rows.appendRow(_item(step, track))
        self.none.setVisible(not self.rows.rowCount())
        if self.rows.rowCount():
            self.view.setCurrentIndex(self.rows.index(1, 0))
        self._say_why_not()

    def _say_why_not(self, *_indexes: object) -> None:
        unmet = self.step.unmet if self.step else ()
        said = [f"{one.sentence} ({one.source})" for one in unmet]
        self.why.setText(directed("\n".join(said + [one.otherwise for one in unmet[:1] if one.otherwise])))
        self.why.setVisible(bool(unmet))
        rename(
            self.does,
            _("To the form all the same…") if unmet and self.step and not self.step.is_barred else _("Record"),
        )
        self.does.setEnabled(self.step is not None and not self.step.is_barred)


def _heading(track: TrackPage) -> QStandardItem:
    made = QStandardItem(icons.icon(icons.TRACK_ICONS[track.code], f"track_{track.code}"), track.label)
    made.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QApplication.font()
    font.setBold(True)
    made.setFont(font)
    made.setForeground(QColor(theme.colour(f"track_{track.code}")))
    return made


def _item(step: OpenStepRow, track: TrackPage) -> QStandardItem:
    barred = bool(step.unmet)
    made = QStandardItem(
        icons.icon("lock" if barred else "plus", "muted" if barred else "accent_text", 14), f"   {step.label}"
    )
    made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    made.setData(step, STEP)
    why = [_("not possible yet"), *(one.sentence for one in step.unmet)] if barred else []
    made.setData(", ".join([step.label, track.label, *why]), SPOKEN)
    if barred:
        made.setForeground(QColor(theme.colour("muted")))
    return made


def _list_of(rows: QStandardItemModel) -> QListView:
    made = QListView()
    made.setProperty("look", "menu")
    made.setAccessibleName(_("What can be recorded"))
    made.setModel(rows)
    made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
