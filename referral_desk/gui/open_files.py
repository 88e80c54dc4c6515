"""Asking which files to read: in our own dialog, because that of the system remembers names and shows pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from referral_desk.exchange.figure_fields import ENDING

FIGURES = f"Referral Desk (*{ENDING})"
"""The files in which figures travel, as Qt writes kinds."""


def ask_files(
    parent: QWidget, title: str, kinds: str, chosen: Callable[[Sequence[str]], object], *, many: bool = True
) -> None:
    """Ask for files that are there; `kinds` as Qt writes them, such as `FIGURES`."""
    dialog = QFileDialog(parent, title, str(Path.home()), kinds)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(chosen)
    dialog.open()
