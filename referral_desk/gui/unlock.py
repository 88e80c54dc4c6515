"""The first window: open a desk, make one, or practise. It says why the desk was locked, and nothing about cases.

Light on purpose: the store and everything heavy is imported while the person types.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from referral_desk import settings, words
from referral_desk.errors import DeskError
from referral_desk.gui.desk import PRACTICE_PASSPHRASE, Door
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import SteadyBox, button, card, column, frame, image, label, notice, row, scrolled
from referral_desk.gui.secret_field import SECRET, SecretField, captioned, error_line, private_line, tell
from referral_desk.gui.ways_on import WaysOn
from referral_desk.words import N_, _

WHY_LOCKED = {
    "asked": N_("You locked the desk."),
    "idle": N_("The desk locked itself because nobody used it for %(minutes)s min."),
    "asleep": N_("The desk locked itself because the computer slept."),
    "screen": N_("The desk locked itself because the screen was locked."),
}
WIDTH = 460


class Unlock(QWidget):
    """Asks for what opens a desk; `opened` when the door is open."""

    opened = Signal()
    language_chosen = Signal(str)
    folder_chosen = Signal()
    wants_new_desk = Signal()
    wants_restore = Signal()

    def __init__(self, door: Door, *, why_locked: str = "") -> None:
        super().__init__()
        self.door = door
        self.folder = settings.load().last_desk
        self.place = private_line(_("Folder of the desk"), words.isolate(self.folder))
        self.place.setReadOnly(True)
        self.login = private_line(_("Login code"))
        self.login.setInputMethodHints(SECRET)
        self.passphrase = SecretField(_("Passphrase"))
        self.error = error_line()
        self.ways_on = WaysOn(self.open_as_it_is, self.wants_restore.emit)
        self.busy = busy_bar(_("The passphrase is being checked"))
        self.open_button = button(_("Open the desk"), self.open_desk, icon="lock-open", look="primary")
        self.passphrase.entered.connect(self.open_desk)
        self.login.returnPressed.connect(self.passphrase.line.setFocus)
        self.first: QWidget = self.passphrase.line
        content = self._card(why_locked) if self.folder else self._welcome()
        self.setLayout(column(scrolled(around(content, self.language_chosen.emit))))

    def open_desk(self, *, as_it_is: bool = False) -> None:
        """Try what was typed; the desk answers in about a second."""
        tell(self.error, "")
        self.ways_on.forget()
        self.restore_button.show()
        self._wait(True)
        given: dict[str, Any] = {"login": self.login.text(), "passphrase": self.passphrase.text(), "as_it_is": as_it_is}
        self.door.open_desk(self.folder, **given, then=self._opened, refused=self._refused)

    def open_as_it_is(self) -> None:
        """Do without the changes that are missing; the journal notes that somebody decided so."""
        self.open_desk(as_it_is=True)

    def choose_folder(self) -> None:
        ask_folder(self, _("Choose the folder of the desk"), self.folder, self.use_folder)

    def use_folder(self, folder: str) -> None:
        settings.keep(last_desk=folder)
        self.folder_chosen.emit()

    def practise(self) -> None:
        """Make a desk of invented cases beside the settings; a new one each time."""
        self._wait(True)
        self.folder = str(practice_folder())
        self.door.practise(self.folder, cases=20, then=self._opened, refused=self._refused)

    def _welcome(self) -> QFrame:
        """What somebody sees who has no desk on this computer yet."""
        new = button(_("Create a new desk"), self.wants_new_desk.emit, icon="folder-plus", look="primary")
        there = button(_("Open a desk that is already here…"), self.choose_folder, icon="folder-open")
        practise = button(_("Practise with invented cases"), self.practise, icon="sprout")
        self.restore_button = button(_("Restore a desk from a backup…"), self.wants_restore.emit, icon="history")
        self.first = new
        said = _("A desk is one folder on this computer. It holds your cases, and only your passphrase opens it.")
        return card(
            *(label(_("Welcome"), "page"), label(said, "muted", wraps=True)),
            *(new, there, practise, self.restore_button, self.error, self.ways_on, self.busy),
            gap=14,
            margin=24,
        )

    def _card(self, why_locked: str) -> QFrame:
        why = notice(locked_because(why_locked), "accent", icon="lock") if why_locked in WHY_LOCKED else None
        other = button(_("Choose…"), self.choose_folder, icon="folder-open", says=_("Choose the folder of the desk"))
        new = button(_("Create a new desk"), self.wants_new_desk.emit, icon="folder-plus", look="quiet")
        practise = button(_("Practise with invented cases"), self.practise, icon="sprout", look="quiet")
        self.restore_button = button(_("Restore a backup…"), self.wants_restore.emit, icon="history", look="quiet")
        place = captioned(_("Folder of the desk"), self.place)
        place.layout().insertLayout(1, row(self.place, other, gap=6))
        return card(
            *(why, place, practice_hint(self.folder)),
            captioned(_("Login code"), self.login, _("Leave empty if you were given none.")),
            captioned(_("Passphrase"), self.passphrase),
            *(self.error, self.ways_on, self.busy, self.open_button, Flow([new, practise, self.restore_button])),
            gap=14,
            margin=24,
        )

    def _opened(self, _facts: object) -> None:
        self.passphrase.line.clear()
        settings.keep(last_desk=self.folder)
        self.opened.emit()

    def _refused(self, error: DeskError) -> None:
        self._wait(False)
        tell(self.error, str(error))
        self.ways_on.show_ways(error)
        self.restore_button.setHidden(self.ways_on.offers_restoring)
        self.first.setFocus()
        self.passphrase.line.selectAll()

    def _wait(self, waiting: bool) -> None:
        self.busy.setVisible(waiting)
        for one in (self.open_button, self.passphrase, self.login, *self.findChildren(QPushButton)):
            one.setEnabled(not waiting)


def locked_because(why: str) -> str:
    return _(WHY_LOCKED[why]) % {"minutes": settings.load().idle_minutes}


def busy_bar(says: str) -> QProgressBar:
    """Moves while something takes longer than a moment."""
    made = QProgressBar()
    made.setRange(0, 0)
    made.setTextVisible(False)
    made.setAccessibleName(says)
    made.hide()
    return made


def around(content: QWidget, choose_language) -> QHBoxLayout:
    """The frame of the first windows: the program's name above, the language beside it, one card below."""
    asked = button("", lambda: asked.window().turn_help(), icon="circle-question-mark", look="quiet", says=_("Help"))
    asked.setToolTip("F1")
    sign, title = image("hand-helping", "accent", 32), label("Referral Desk", "title")
    name = row(sign, title, 1, language_box(choose_language), asked, gap=12)
    assured = label(_("Offline. What you record stays on this computer, sealed."), "small", wraps=True)
    assured.setAlignment(Qt.AlignmentFlag.AlignCenter)
    inner = frame("", column(name, content, assured, gap=20))
    inner.setMaximumWidth(WIDTH + 140)
    inner.setMinimumWidth(WIDTH)
    return row(1, column(1, inner, 2), 1, margin=24)


def language_box(choose) -> SteadyBox:
    """Every language by its own name, so that whoever reads only that one finds it."""
    box = SteadyBox(16)
    box.setAccessibleName(_("Language"))
    for code, name in words.LANGUAGES.items():
        box.addItem(name, code)
    box.setCurrentIndex(box.findData(words.language()))
    box.activated.connect(lambda at: choose(box.itemData(at)))
    return box


def ask_folder(parent: QWidget, title: str, start: str, chosen) -> None:
    """Let a folder be chosen in our own dialog: that of the system would remember the place."""
    dialog = QFileDialog(parent, title, start or str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOptions(QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def practice_hint(folder: str) -> QFrame | None:
    """The passphrase of a practice desk is no secret; nobody should have to remember it."""
    if not folder or Path(folder).parent != practice_home():
        return None
    said = _("This is a practice desk. Its passphrase is: %(words)s")
    return notice(said % {"words": words.isolate(PRACTICE_PASSPHRASE)}, "plain", icon="sprout")


def practice_home() -> Path:
    return user_data_path("referral-desk", appauthor=False) / "practice"


def practice_folder() -> Path:
    """A folder that is not there yet, for a desk of invented cases."""
    home = practice_home()
    taken = {place.name for place in home.glob("*")}
    return next(home / str(number) for number in range(1, 10_000) if str(number) not in taken)
