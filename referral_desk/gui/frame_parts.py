"""What stands around every page: the side bar, the line at the foot, and the band of a desk that is not real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton

from referral_desk.gui import icons
from referral_desk.gui.desk_backups import Upkeep
from referral_desk.gui.pieces import Button, Content, column, directed, frame, image, label, refreshed, row
from referral_desk.words import N_, _, isolate, moment

PLACES = (
    ("today", N_("Today"), "calendar-clock", "Ctrl+T"),
    ("cases", N_("Cases"), "folder-open", "Ctrl+1"),
    ("directory", N_("Directory"), "building-2", "Ctrl+7"),
    ("statistics", N_("Statistics"), "chart-column", "Ctrl+2"),
    ("backups", N_("Backups"), "archive", "Ctrl+3"),
    ("members", N_("Members"), "users", "Ctrl+4"),
    ("journal", N_("Journal"), "book-open", "Ctrl+5"),
    ("retention", N_("Retention"), "clock", "Ctrl+6"),
    ("country", N_("Country profile"), "scale", "Ctrl+8"),
    ("settings", N_("Settings"), "settings", "Ctrl+,"),
)
BANDS = {
    "PRACTICE": N_("Practice desk: every person here is invented. Record no real case."),
    "EVALUATION": N_("Evaluation desk: public data only. Record no real case."),
}
SOON = 30


class SideBar(QFrame):
    """Where one can go, and the way out."""

    def __init__(self, go: Callable[[str], None], help_: Callable[[], None], lock: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("look", "side")
        self.group = QButtonGroup(self)
        self.places = {name: self._place(name, _(text), icon, keys, go) for name, text, icon, keys in PLACES}
        self.lock = _side_button(_("Lock"), "lock", lock)
        self.lock.setToolTip("Ctrl+L")
        self.help = _side_button(_("Help"), "circle-question-mark", help_)
        self.help.setToolTip("F1")
        name = label("Referral Desk", "brand")
        brand = row(image("hand-helping", "side_ink", 22), name, 1, gap=10, margin=(8, 6, 8, 14))
        self.setLayout(column(brand, *self.places.values(), 1, self.help, self.lock, gap=1, margin=(10, 8, 10, 8)))

    def show_place(self, name: str) -> None:
        """Mark where one is; the passphrase is reached through the settings."""
        self.places[name if name in self.places else "settings"].setChecked(True)

    def allow(self, may_go: bool) -> None:
        """Whether anybody may go anywhere; the help and the lock are always there."""
        for one in self.places.values():
            one.setEnabled(may_go)

    def _place(self, name: str, text: str, icon: str, keys: str, go: Callable[[str], None]) -> QPushButton:
        made = _side_button(text, icon, lambda: go(name))
        made.setCheckable(True)
        made.setToolTip(keys)
        self.group.addButton(made)
        return made


class Foot(QFrame):
    """What is always in sight: when it was saved, when it locks, that nothing leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.saved = label("", "small")
        self.locks = label("", "small")
        self.backup = label("", "small")
        offline = label(_("Offline"), "small")
        self.setLayout(row(self.saved, 1, self.backup, self.locks, offline, gap=20, margin=(16, 5, 16, 5)))

    def show_saved(self) -> None:
        at = isolate(datetime.now().astimezone().strftime("%H:%M"))
        self.saved.setText(directed(_("Saved %(time)s") % {"time": at}))

    def follow(self, upkeep: Upkeep) -> None:
        """Say quietly what the desk does for itself, and when it was last backed up."""
        self.upkeep = upkeep
        upkeep.beside.told.connect(self.show_doing)
        upkeep.beside.changed.connect(self.show_backup)
        upkeep.changed.connect(self.show_backup)

    def show_doing(self, doing: str, _percent: int) -> None:
        self.backup.setText(directed(f"{doing}…"))

    def show_backup(self) -> None:
        standing = self.upkeep.standing
        last = standing.backups.last if standing else None
        told = _("Last backup %(moment)s") % {"moment": isolate(moment(last.made_at))} if last else ""
        self.backup.setText(directed(told))

    def show_time_left(self, seconds: int) -> None:
        """Minutes while there is time, seconds when there is little."""
        soon = seconds <= SOON
        text = _("Locks in %(count)d s") if soon else _("Locks in %(count)d min")
        self.locks.setText(directed(text % {"count": seconds if soon else -(-seconds // 60)}))
        if (self.locks.property("look") == "error") != soon:
            self.locks.setProperty("look", "error" if soon else "small")
            refreshed(self.locks)


def band(purpose: str) -> QFrame | None:
    """The coloured band of a desk that must not be mistaken for a real one."""
    if purpose not in BANDS:
        return None
    parts: list[Content] = [1, image("sprout", "practice_ink", 16), _band_text(purpose), 1]
    return frame("band", row(*parts, gap=8, margin=(12, 4, 12, 4)))


def _band_text(purpose: str) -> QLabel:
    return label(_(BANDS[purpose]))


def _side_button(text: str, icon: str, pressed: Callable[[], None]) -> QPushButton:
    made = Button(f"  {text}")
    made.setAccessibleName(text)
    made.setProperty("look", "side")
    made.setIcon(icons.icon(icon, "side_ink"))
    made.clicked.connect(lambda _checked=False: pressed())
    return made
