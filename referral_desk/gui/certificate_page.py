"""The certificate of an erasure, on screen before it is handed over; it is kept nowhere."""

from __future__ import annotations

from referral_desk.erasure import Certificate
from referral_desk.gui import desk_erasing
from referral_desk.gui.desk import Door
from referral_desk.gui.paper_page import PaperPage
from referral_desk.gui.pieces import emptied, label
from referral_desk.letters.report import Printed
from referral_desk.words import _


class CertificatePage(PaperPage):
    """The case is gone by now; nothing on this page names the person."""

    def __init__(self, door: Door, certificate: Certificate) -> None:
        super().__init__(_("Certificate of erasure"))
        self.door, self.certificate = door, certificate
        self.tell(_("The case is erased. Print or save the certificate now: it is kept nowhere."), "good", "check")
        self.refresh()

    def refresh(self) -> None:
        desk_erasing.certificate(self.door, self.certificate, self.language.currentData(), self._show)

    def _show(self, printed: Printed) -> None:
        self.show_paper(printed.pdf, printed.file_name)
        emptied(self.told)
        self.told.addWidget(label(_("Still to be done"), "heading"))
        for sentence in _to_do(self.certificate):
            self.told.addWidget(label(sentence, wraps=True))
        self.told.addStretch(1)
        self.printing.setFocus()


def _to_do(certificate: Certificate) -> list[str]:
    """What no program can do."""
    done = [_("Look for papers that were printed and files that were saved, and destroy them.")]
    if certificate.plan.recipients:
        done.append(_("Tell the organisations that hold paper; they stand on the certificate."))
    return [*done, *([certificate.plan.warning] if certificate.plan.warning else [])]
