"""What a keeper does with a member: let in or give anew, rename, remove. Each says first what will happen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from referral_desk import staff, words
from referral_desk.errors import DeskError, MemberExists
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import CardGrid
from referral_desk.gui.new_passphrase import SPOOLED, FirstPassphrase
from referral_desk.gui.pieces import apart, button, card, column, frame, image, label, row, scrolled
from referral_desk.gui.secret_field import SecretField, captioned, error_line, private_line, tell
from referral_desk.gui.unlock import busy_bar
from referral_desk.roles import Role
from referral_desk.staff import Colleague
from referral_desk.vault.passphrases import normalised_passphrase
from referral_desk.words import N_, _

WIDEST = 1020
NARROWEST = 46


class Panel(QWidget):
    """One thing to do, in the place of the list. `done` brings a sentence, and who lost the way in."""

    left = Signal()
    done = Signal(str, tuple)
    help_name = "members"

    def __init__(self, door: Door, title: str, go_on: QPushButton) -> None:
        super().__init__()
        self.door = door
        self.go_on = go_on
        self.error = error_line()
        self.busy = busy_bar(_("The members are being changed"))
        self.cancel = button(_("Cancel"), self.left.emit)
        self.first: QWidget = self.cancel
        self.asked = QVBoxLayout()
        self.asked.setSpacing(14)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        buttons = row(self.cancel, 1, go_on)
        inner.setLayout(
            column(label(title, "title", wraps=True), self.asked, self.error, self.busy, buttons, 1, gap=14)
        )
        made = row(inner, 1, margin=24)
        made.setStretch(0, 1000)
        self.setLayout(column(scrolled(made)))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def send(self, do: Callable[[Any], Any], said: str) -> None:
        """Let it be done, and say so; keys are stretched meanwhile, which takes a moment."""
        tell(self.error, "")
        self._wait(True)
        self.door.at_desk(do, partial(self._done, said), refused=self._refused)

    def _done(self, said: str, left_out: tuple[str, ...]) -> None:
        self.done.emit(said, left_out)

    def _refused(self, error: DeskError) -> None:
        self._wait(False)
        tell(self.error, str(error))
        self.first.setFocus()

    def _wait(self, waiting: bool) -> None:
        self.busy.setVisible(waiting)
        for one in (*self.findChildren(QPushButton), *self.findChildren(QCheckBox)):
            one.setEnabled(not waiting)


class GivePanel(Panel):
    """Let somebody in, or give a colleague a new passphrase and perhaps other roles.

    Nothing is done before the passphrase was handed over: nobody is a member whom no passphrase lets in.
    """

    def __init__(self, door: Door, colleague: Colleague | None = None) -> None:
        title = _("New passphrase for %(name)s") % {"name": _called(colleague)} if colleague else _("Add a member")
        save = button(_("Put it in force") if colleague else _("Add"), self.give, icon="check", look="primary")
        super().__init__(door, title, save)
        self.colleague = colleague
        self.name = private_line(_("Name"))
        self.login = private_line(_("Login code"))
        self.roles = RoleChoice(colleague.roles if colleague else frozenset({Role.CASEWORKER}))
        self.name_error, self.roles_error, self.given_error = error_line(), error_line(), error_line()
        self.given = FirstPassphrase(paper=self._slip)
        self.given.refused.connect(partial(tell, self.given_error))
        self.typed = SecretField(_("Type it back"))
        self.handed = QCheckBox(_("I have handed it over, written down or printed."))
        self.typed.entered.connect(self.give)
        self.name.returnPressed.connect(self.give)
        self.first = self.typed.line if colleague else self.name
        self._ask()

    def give(self) -> None:
        """Check what can be checked here, then let the desk do it."""
        if self._is_wrong():
            return
        wanted = {"roles": self.roles.chosen(), "login": self.login.text().strip(), "passphrase": self.given.text}
        if self.colleague:
            said = _("%(name)s has a new passphrase; the former one opens nothing any more.")
            self.send(partial(_reset, who=self.colleague.id, wanted=wanted), said % {"name": _called(self.colleague)})
        else:
            name = self.name.text().strip()
            self.send(
                partial(_add, wanted=wanted | {"name": name}), _("%(name)s is a member now.") % {"name": apart(name)}
            )

    def _refused(self, error: DeskError) -> None:
        super()._refused(error)
        if isinstance(error, MemberExists):
            tell(self.error, "")
            tell(self.name_error, str(error))

    def _ask(self) -> None:
        if self.colleague:
            happens = _("The keys of the desk change. The former passphrase opens nothing that comes from now on.")
            self.asked.addWidget(label(happens, "muted", wraps=True))
        self.asked.addWidget(CardGrid([self._who(), self._passphrase()], narrowest=NARROWEST))

    def _who(self) -> QWidget:
        hint = _("As colleagues say it; it stands on this page and in the journal.")
        name = None if self.colleague else captioned(_("Name"), self.name, hint)
        if self.colleague:
            code = _("It counts anew: leave it empty only if this member shall open the desk without one.")
        else:
            code = _("Leave it empty, unless your members open the desk with a login code.")
        return card(
            *(name, self.name_error, captioned(_("Roles"), self.roles), self.roles_error),
            *(captioned(_("Login code"), self.login, code), 1),
            gap=12,
        )

    def _passphrase(self) -> QWidget:
        """The words, and the proof that they left this screen."""
        means = _("It is shown here and nowhere else. Whoever gets it chooses another one when opening the desk.")
        return card(
            *(label(_("First passphrase"), "label"), label(means, "small", wraps=True), self.given),
            label(_(SPOOLED), "small", wraps=True),
            captioned(_("Type it back"), self.typed, _("or say that it is on paper")),
            *(self.handed, self.given_error, 1),
        )

    def _is_wrong(self) -> bool:
        """Whether something has to be typed otherwise: said beside it, and the first such place gets the keyboard."""
        wrong = {
            self.name_error: (self.name, self._wrong_name()),
            self.roles_error: (self.roles.focusProxy(), "" if self.roles.chosen() else _("Choose at least one role.")),
            self.given_error: (self.typed.line, self._wrong_passphrase()),
        }
        for place, (_field, said) in wrong.items():
            tell(place, said)
        fields = [field for field, said in wrong.values() if said]
        if fields:
            fields[0].setFocus()
        return bool(fields)

    def _wrong_name(self) -> str:
        return "" if self.colleague or self.name.text().strip() else _("Write a name.")

    def _wrong_passphrase(self) -> str:
        is_same = normalised_passphrase(self.typed.text()) == self.given.text
        if self.typed.text() and not is_same:
            return _("What you typed is not the same passphrase. Type it again.")
        if not is_same and not self.handed.isChecked():
            return _("Type the passphrase back, or say that you have handed it over.")
        return ""

    def _slip(self, passphrase: str) -> bytes:
        from referral_desk import letters

        return letters.passphrase_slip(passphrase, login=self.login.text().strip(), language=words.language())


class RoleChoice(QWidget):
    """The roles, each with one sentence on what it can do; one person may hold several."""

    def __init__(self, held: frozenset[Role]) -> None:
        super().__init__()
        self.boxes = {role: QCheckBox(role.label) for role in Role}
        for role, box in self.boxes.items():
            box.setChecked(role in held)
            box.setAccessibleDescription(role.means)
        self.setFocusProxy(self.boxes[Role.CASEWORKER])
        self.setLayout(column(*(_explained(box, role) for role, box in self.boxes.items()), gap=6))

    def chosen(self) -> tuple[Role, ...]:
        return tuple(role for role, box in self.boxes.items() if box.isChecked())


class RenamePanel(Panel):
    """Another name for a member; the journal calls the member so, too, from the first entry on."""

    def __init__(self, door: Door, colleague: Colleague) -> None:
        title = _("Another name for %(name)s") % {"name": _called(colleague)}
        super().__init__(door, title, button(_("Rename"), self.rename, icon="check", look="primary"))
        self.colleague = colleague
        self.name = private_line(_("Name"), colleague.name)
        self.name.returnPressed.connect(self.rename)
        self.first = self.name
        hint = _("The journal, too, calls the member so.")
        self.asked.addWidget(card(captioned(_("Name"), self.name, hint), margin=20))

    def rename(self) -> None:
        name = self.name.text().strip()
        if not name:
            tell(self.error, _("Write a name."))
        else:
            said = _("The member is called %(name)s now.") % {"name": apart(name)}
            self.send(partial(_rename, who=self.colleague.id, name=name), said)


STAYS = (
    N_("Whatever %(name)s copied from this computer before: it still opens with the old passphrase."),
    N_("What %(name)s printed, saved as a file, wrote down or remembers."),
    N_("The recovery key, if %(name)s has seen the sheet: then put another one in force, too."),
)
ENDS = (
    N_("The passphrase of %(name)s opens nothing that is recorded from now on."),
    N_("The keys of the desk change; everybody else goes on with the same passphrase."),
    N_("What %(name)s recorded stays, and the journal keeps the name."),
)


class RemovePanel(Panel):
    """Shut somebody out, once it is read what that ends and what it cannot end."""

    def __init__(self, door: Door, colleague: Colleague) -> None:
        name = {"name": _called(colleague)}
        says = _("Remove %(name)s") % name
        go_on = button(_("Remove"), self.remove, icon="log-out", look="primary", says=says)
        super().__init__(door, says, go_on)
        self.colleague = colleague
        ends = _listed(_("This happens"), ENDS, name, "circle-check", "good")
        stays = _listed(_("This stays with a former member"), STAYS, name, "triangle-alert", "warn")
        self.asked.addWidget(card(ends, stays, gap=16, margin=20))

    def remove(self) -> None:
        said = _("%(name)s is no member any more. The keys are changed.") % {"name": _called(self.colleague)}
        self.send(partial(staff.remove, who=self.colleague.id), said)


def _called(colleague: Colleague) -> str:
    return apart(colleague.name) or _("without a name")


def _explained(box: QCheckBox, role: Role) -> QWidget:
    made = QWidget()
    made.setLayout(column(box, label(role.means, "small", wraps=True), gap=0))
    made.layout().itemAt(1).widget().setContentsMargins(29, 0, 0, 0)
    return made


def _listed(title: str, sentences: tuple[str, ...], name: dict[str, str], icon: str, tone: str) -> QWidget:
    rows = [row(image(icon, tone, 16), label(_(text) % name, wraps=True), gap=8) for text in sentences]
    for one in rows:
        one.setStretch(1, 1)
    return frame("", column(label(title, "heading"), *rows, gap=6))


def _add(desk: Any, wanted: dict[str, Any]) -> tuple[str, ...]:
    return staff.add(desk, **wanted).left_out


def _reset(desk: Any, who: str, wanted: dict[str, Any]) -> tuple[str, ...]:
    return staff.reset(desk, who, **wanted).left_out


def _rename(desk: Any, who: str, name: str) -> tuple[str, ...]:
    staff.rename(desk, who, name)
    return ()
