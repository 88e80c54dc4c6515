"""Asking where to save: in our own dialog, because that of the system remembers names and shows pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(parent: QWidget, title: str, name: str, kinds: str, chosen: Callable[[str], None]) -> None:
    """Ask for the place of a new file; `kinds` as Qt writes them, such as `PDF (*.pdf)`."""
    dialog = QFileDialog(parent, title, str(Path.home()), kinds)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
