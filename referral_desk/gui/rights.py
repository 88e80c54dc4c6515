"""The pages on which a person's rights are kept: to see everything, to be erased. One door to all of them."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QApplication, QWidget

from referral_desk.erasure import Ground
from referral_desk.gui.access_page import OWN_FILE, AccessPage, OwnFilePage
from referral_desk.gui.desk import Door
from referral_desk.gui.erasing_page import ErasingPage
from referral_desk.gui.retention_page import ENDED
from referral_desk.gui.rights_card import ACCESS, ERASE, PAPERS


def page(right: str, door: Door, case_id: UUID) -> QWidget:
    """The page for a right, for a case."""
    if right == ACCESS:
        return AccessPage(door, case_id)
    if right == PAPERS:
        from referral_desk.gui.papers_page import PapersPage

        return PapersPage(door, case_id)
    if right == OWN_FILE:
        return OwnFilePage(door, case_id)
    return ErasingPage(door, case_id, {ENDED: Ground.RETENTION, ERASE: None}[right])


def forget_copied() -> None:
    """What was copied here may be of the case that is gone."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
