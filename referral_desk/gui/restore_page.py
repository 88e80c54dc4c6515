"""From a backup to a desk again: which one, the recovery key, what comes back, a new folder, and what to do next.

The same steps before a desk is open, on a computer that has none any more, and beside one that is open.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk import settings, words
from referral_desk.errors import DeskError
from referral_desk.gui.backup_table import BackupTable
from referral_desk.gui.desk import Door
from referral_desk.gui.desk_backups import find, restore, summary
from referral_desk.gui.pieces import (
    Content,
    button,
    card,
    column,
    directed,
    emptied,
    label,
    notice,
    rename,
    row,
    scrolled,
)
from referral_desk.gui.recovery_pages import Errand
from referral_desk.gui.secret_field import SecretField, captioned, error_line, private_line, tell
from referral_desk.gui.unlock import around, ask_folder, busy_bar
from referral_desk.words import N_, _, isolate, ngettext

NEXT = (
    N_("1. Open it: type the recovery key in the place of the passphrase."),
    N_("2. Give every member a new passphrase: the former ones open nothing here."),
    N_("3. Look whether the second place for backups is still the right one."),
    N_("4. Keep the former folder, if it is still there, until you have seen that nothing is missing."),
)


class RestoreSteps(QWidget):
    """One step in the place of the other. Nothing is written before the last one, and never over a desk."""

    left = Signal()
    wants_other_desk = Signal(str)
    """The folder of the desk that was made."""

    def __init__(self, door: Door, *, place: str = "", places: tuple[str, ...] = (), is_chosen: bool = False) -> None:
        super().__init__()
        self.door, self.places, self.is_chosen = door, places, is_chosen
        self.found: tuple[Any, ...] = ()
        self.chosen: Any = None
        self.key = SecretField(_("Recovery key"))
        self.key.entered.connect(self.summarise)
        self.place = private_line(_("Where the backups lie"))
        self.folder = private_line(_("Folder of the restored desk"), str(free_folder()))
        self.error, self.busy = error_line(), busy_bar(_("The desk is being restored"))
        self.table = BackupTable(_("Backups found"), [_("Made on"), _("Of the desk")])
        self.first: QWidget = self
        self.does = self.back = button("", self.leave)
        self.is_restoring = False
        self.room = QVBoxLayout(self)
        self.room.setContentsMargins(0, 0, 0, 0)
        self.room.setSpacing(14)
        self._ask_which()
        if place:
            self.look_in(place)

    def look_in(self, place: str) -> None:
        """List the backups in a folder: of a stick, of a desk, or one backup itself."""
        self.place.setText(place)
        self._wait(True)
        self.door.beforehand(partial(find, place), self._show_found, self._refused)

    def go_on(self) -> None:
        """With the backup chosen in the list."""
        if self.found:
            self.chosen = self.found[max(0, self.table.currentRow())]
            self._ask_key()

    def summarise(self) -> None:
        """See whether the key opens it, and what it holds."""
        if self.does.isEnabled():
            self._wait(True)
            wanted = partial(summary, self.chosen, self.key.text(), self.places)
            self.door.beforehand(wanted, self._show_summary, self._refused)

    def restore(self) -> None:
        if self.does.isEnabled():
            self._wait(True)
            self.is_restoring = True
            wanted = partial(restore, self.chosen, self.folder.text(), self.key.text(), self.places)
            aside = self.door.upkeep.beside
            aside.begin(wanted, self._show_next, refused=self._refused, stopped=self._stopped)

    def leave(self) -> None:
        """Stop what is being done; asked again, go back."""
        if self.is_restoring:
            self.door.upkeep.beside.stop()
        else:
            self.left.emit()

    def _ask_which(self) -> None:
        self.place.setReadOnly(True)
        choose = button(_("Choose…"), self._choose_place, icon="folder-open", says=_("Choose where the backups lie"))
        where = captioned(_("Where the backups lie"), self.place, _("The stick, or the folder of the former desk."))
        where.layout().insertLayout(2, row(self.place, choose, gap=6))
        self.first = choose
        self._show(_("Which backup?"), where, self.table, does=(_("Go on"), self.go_on, "arrow-right"))
        self.table.setVisible(bool(self.found))
        self.does.setEnabled(bool(self.found))

    def _show_found(self, found: tuple[Any, ...]) -> None:
        self.found = found
        self._wait(False)
        if self.is_chosen and len(found) == 1:
            self.is_chosen = False
            self.go_on()
            return
        self.table.show_lines([_line(one) for one in found])
        self.table.setVisible(bool(found))
        self.does.setEnabled(bool(found))
        tell(self.error, "" if found else _("There is no backup in this folder. Choose another one."))
        (self.table if found else self.first).setFocus()

    def _ask_key(self) -> None:
        self.first = self.key.line
        hint = _("From the sheet that is locked away. Small letters, spaces and missing hyphens are forgiven.")
        field = captioned(_("Recovery key"), self.key, hint)
        self._show(_made_on(self.chosen), field, does=(_("Look into it"), self.summarise, "search"))
        self.key.line.setFocus()

    def _show_summary(self, held: Any) -> None:
        choose = button(_("Choose…"), self._choose_folder, icon="folder-open", says=_("Choose where it shall lie"))
        where = captioned(_("Folder of the restored desk"), self.folder, _("A new or empty folder on this computer."))
        where.layout().insertLayout(2, row(self.folder, choose, gap=6))
        self.first = self.folder
        lines = [label(directed(text), wraps=True) for text in told_of(held)]
        self._show(_made_on(self.chosen), *lines, where, does=(_("Restore it"), self.restore, "history"))
        self.does.setFocus()

    def _show_next(self, _nothing: None) -> None:
        self.key.line.clear()
        folder = self.folder.text()
        said = _("The desk is in %(folder)s.") % {"folder": isolate(folder)}
        lines = [label(_(text), wraps=True) for text in NEXT]
        opens = partial(self.wants_other_desk.emit, folder)
        self._show("", notice(said, "good", icon="circle-check"), *lines, does=(_("Open it now"), opens, "lock-open"))
        rename(self.back, _("Not now"))
        self.does.setFocus()

    def _refused(self, error: DeskError) -> None:
        self._wait(False)
        tell(self.error, str(error))
        self.first.setFocus()

    def _stopped(self, _nothing: None) -> None:
        self._wait(False)
        tell(self.error, _("Stopped. Nothing was restored."))

    def _show(self, heading: str, *parts: Content, does: tuple[str, Any, str]) -> None:
        """Another step; it takes the fields it needs out of the one before, with what was typed in them."""
        step = QWidget()
        text, act, icon = does
        self.does = button(text, act, icon=icon, look="primary")
        self.back = button(_("Cancel"), self.leave, icon="x")
        self._wait(False)
        head = label(heading, "heading", wraps=True) if heading else None
        step.setLayout(column(head, *parts, self.error, self.busy, row(self.back, 1, self.does), gap=14))
        for kept in (self.key, self.place, self.folder, self.table):
            if not step.isAncestorOf(kept):
                kept.setParent(None)
        emptied(self.room)
        self.room.addWidget(step)
        step.show()

    def hideEvent(self, event) -> None:
        """Nobody would hear of a desk that is restored behind a page that is gone."""
        super().hideEvent(event)
        if self.is_restoring and not event.spontaneous():
            self.door.upkeep.beside.stop()

    def _wait(self, waiting: bool) -> None:
        self.is_restoring = False
        tell(self.error, "")
        self.busy.setVisible(waiting)
        for one in (self.does, self.key, self.folder, self.table):
            one.setEnabled(not waiting)

    def _choose_place(self) -> None:
        ask_folder(self, _("Choose where the backups lie"), self.place.text(), self.look_in)

    def _choose_folder(self) -> None:
        ask_folder(self, _("Choose where it shall lie"), "", self.folder.setText)


class RestorePage(Errand):
    """Beside an open desk, which stays as it is."""

    wants_other_desk = Signal(str)

    def __init__(self, door: Door, backup: Any = None, *, places: tuple[str, ...] = ()) -> None:
        super().__init__(door, _("Restore a backup"))
        place = str(backup.folders[0]) if backup else settings.load().last_desk
        self.steps = RestoreSteps(door, place=place, places=places, is_chosen=backup is not None)
        self.steps.left.connect(self.left)
        self.steps.wants_other_desk.connect(self.wants_other_desk)
        advice = _("A backup becomes a desk of its own, in a new folder. The desk that is open stays as it is.")
        self.show_parts(label(advice, "muted", wraps=True), self.steps)

    def leave(self) -> None:
        self.steps.leave()

    @property
    def first(self) -> QWidget:
        first: QWidget = self.steps.first
        return first


class Restoring(QWidget):
    """Before a desk is open: the computer is new, or its desk is damaged."""

    given_up = Signal()
    language_chosen = Signal(str)
    restored = Signal(str)

    def __init__(self, door: Door) -> None:
        super().__init__()
        former = settings.load().last_desk
        self.steps = RestoreSteps(door, place=former if former and Path(former).is_dir() else "")
        self.steps.left.connect(self.given_up)
        self.steps.wants_other_desk.connect(self.restored)
        content = card(label(_("Restore a desk from a backup"), "page"), self.steps, gap=14, margin=24)
        self.setLayout(column(scrolled(around(content, self.language_chosen.emit))))

    @property
    def first(self) -> QWidget:
        first: QWidget = self.steps.first
        return first


def told_of(held: Any) -> list[str]:
    """A summary as sentences."""
    cases = ngettext("%(count)d case", "%(count)d cases", held.cases) % {"count": held.cases}
    members = ngettext("%(count)d member", "%(count)d members", held.members) % {"count": held.members}
    said = [_("It holds %(cases)s and %(members)s.") % {"cases": cases, "members": members}]
    if held.organisation:
        said.insert(0, held.organisation)
    said.append(_("The last entry in it is of %(moment)s.") % {"moment": isolate(words.moment(held.as_of))})
    if held.erased:
        gone = ngettext(
            "%(count)d of these cases was erased since and does not come back.",
            "%(count)d of these cases were erased since and do not come back.",
            held.erased,
        )
        said.append(gone % {"count": held.erased})
    return said


def free_folder() -> Path:
    """A folder beside the others of this person that is not there yet."""
    name = f"Referral Desk {date.today():%Y-%m-%d}"  # noqa: DTZ011 - the day on this computer
    names = (name, *(f"{name} {number}" for number in range(2, 1000)))
    return next(Path.home() / one for one in names if not (Path.home() / one).exists())


def _made_on(found: Any) -> str:
    moment = isolate(words.moment(found.made_at)) if found.made_at else isolate(found.folder.name)
    return _("The backup of %(moment)s") % {"moment": moment}


def _line(found: Any) -> tuple[str, str]:
    """The mark tells backups of different desks apart that lie side by side."""
    return words.moment(found.made_at) if found.made_at else found.folder.name, found.mark
