"""The answer of a recipient: three words typed from the phone, or scanned from the slip.

To an enquiry it may be chosen instead: many who are asked for a place answer on the phone, with no paper at hand.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from referral_desk.answer_words import ASKED_OF_ENQUIRIES, Reply
from referral_desk.disclosures import Answered
from referral_desk.errors import DeskError
from referral_desk.gui import desk_papers
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import SteadyBox, apart, button, column, label, row
from referral_desk.gui.secret_field import captioned, error_line, private_line, tell
from referral_desk.today import DueLine
from referral_desk.words import _, isolate


class AnswerDialog(QDialog):
    """One line for three words. A scanner types them and Enter by itself; a wrong word is told beside the line.

    `enquiry` is one that waits: its answer can be chosen as well.
    """

    answered = Signal(object)

    def __init__(self, door: Door, parent: QWidget | None = None, *, enquiry: DueLine | None = None) -> None:
        super().__init__(parent)
        self.door, self.enquiry = door, enquiry
        self.setWindowTitle("Referral Desk")
        self.typed = private_line(_("The three words"))
        self.error = error_line()
        self.does = button(_("Record the answer"), self.record, look="primary")
        self.does.setDefault(True)
        cancel = button(_("Cancel"), self.reject)
        title = label(_("What did the recipient answer?"), "heading")
        hint = _("The recipient reads them out from the slip, or you scan the square beside the answer.")
        field = captioned(_("The three words"), self.typed, hint)
        self.chosen = _replies()
        parts: list[QWidget] = [title, field]
        if enquiry:
            whom = label(_asked(enquiry), wraps=True)
            parts = [title, whom, field, captioned(_("Or without the words"), self.chosen)]
        self.setLayout(column(*parts, self.error, row(1, cancel, self.does), gap=12, margin=20))
        self.resize(480, self.sizeHint().height())
        self.typed.setFocus()

    def record(self) -> None:
        """Let the referral go on by what was answered."""
        tell(self.error, "")
        self.does.setEnabled(False)
        code = self.chosen.currentData() if self.enquiry else ""  # only of an enquiry it stands in the window
        if self.enquiry and code and not self.typed.text().strip():
            reference, reply = self.enquiry.reference, Reply.of(code)
            desk_papers.answer_enquiry(self.door, reference, reply, self._done, self._refused)
        else:
            desk_papers.reply(self.door, self.typed.text(), self._done, self._refused)

    def _done(self, answered: Answered) -> None:
        self.answered.emit(answered)
        self.accept()

    def _refused(self, error: DeskError) -> None:
        self.does.setEnabled(True)
        tell(self.error, str(error))
        self.typed.selectAll()
        self.typed.setFocus()


def _replies() -> SteadyBox:
    made = SteadyBox()
    made.setAccessibleName(_("What was answered"))
    made.addItem(_("Choose…"), "")
    for one in (*ASKED_OF_ENQUIRIES, Reply.SILENT):
        made.addItem(one.label, one.code)
    return made


def _asked(enquiry: DueLine) -> str:
    """Whom it asked, under which reference, and until when."""
    return apart(" · ".join((enquiry.kind_label, isolate(enquiry.reference), enquiry.until)))
