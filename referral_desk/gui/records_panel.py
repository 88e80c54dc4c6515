"""Records for another organisation (HTCDS): not figures, and therefore apart, with a warning and a consent for each."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.gui import desk_figures
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import SteadyBox, button, card, column, emptied, label, notice, row
from referral_desk.gui.save_file import ask_file
from referral_desk.gui.secret_field import captioned
from referral_desk.words import _, ngettext


class RecordsPanel(QWidget):
    """Whom the records are for, what would be in the file, and a tick before it is written."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.recipient = SteadyBox(30)
        self.recipient.setAccessibleName(_("For which organisation?"))
        self.recipient.activated.connect(lambda _at: self.look())
        self.told, self.notices = QVBoxLayout(), QVBoxLayout()
        self.told.setSpacing(6)
        self.understood = QCheckBox(_("I have read this, and the file goes to this organisation only."))
        self.understood.setAccessibleName(self.understood.text())
        self.understood.toggled.connect(self._allow)
        self.save = button(_("Save the records…"), self.ask_save, icon="save", look="primary")
        self.save.setEnabled(False)
        self.understood.hide()
        self.setLayout(
            column(
                card(
                    label(_("Records for another organisation (HTCDS)"), "heading"),
                    label(_advice(), "muted", wraps=True),
                    captioned(_("For which organisation?"), self.recipient),
                    self.told,
                    self.understood,
                    self.notices,
                    row(self.save, 1),
                    gap=12,
                )
            )
        )
        desk_figures.recipients(door, self._offer)

    def _allow(self, understood: bool) -> None:
        self.save.setEnabled(understood)

    def look(self) -> None:
        """Say what would be in the file for this organisation."""
        self.understood.setChecked(False)
        desk_figures.look_at_records(self.door, self.recipient.currentText(), self._show, self._refused)

    def ask_save(self) -> None:
        ask_file(self, _("Save the records"), "records.csv", "CSV (*.csv)", self.save_as)

    def save_as(self, path: str) -> None:
        if self.understood.isChecked():
            desk_figures.hand_over(self.door, self.recipient.currentText(), path, self._saved, self._refused)

    def _offer(self, names: tuple[str, ...]) -> None:
        self.recipient.addItems(list(names))
        self.recipient.setEnabled(bool(names))
        if names:
            self.look()
        else:
            self.told.addWidget(
                label(_("Nobody's consent to share with another organisation is in force today."), "muted", wraps=True)
            )

    def _show(self, sentences: tuple[str, ...]) -> None:
        emptied(self.notices)
        emptied(self.told)
        warning, *others = sentences
        self.told.addWidget(notice(warning, "danger", icon="shield-alert"))
        for sentence in others:
            self.told.addWidget(label(sentence, wraps=True))
        self.understood.show()

    def _refused(self, error: DeskError) -> None:
        emptied(self.notices)
        self.notices.addWidget(notice(str(error), "danger", icon="circle-alert"))

    def _saved(self, count: int) -> None:
        self.understood.setChecked(False)
        emptied(self.notices)
        said = ngettext("%(count)d record was saved.", "%(count)d records were saved.", count) % {"count": count}
        more = _("The journal notes each of them. The file is not sealed: hand it over, then delete it.")
        self.notices.addWidget(notice(f"{said} {more}", "good", icon="circle-check"))


def _advice() -> str:
    return _(
        "Some organisations need rows instead of figures. A person is in the file only where her or his own consent to "
        "share with this organisation is in force, with what it names and nothing else; names, dates of birth, "
        "addresses and free text never are."
    )
