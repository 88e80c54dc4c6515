"""Asking for a printer, in a dialog that writes no file and that the lock closes like every other window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget


def ask_printer(parent: QWidget, chosen: Callable[[QPrinter], object]) -> bool:
    """Ask which printer; False where this computer has none."""
    if not QPrinterInfo.availablePrinterNames():
        return False
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: chosen(printer))
    QDialog.open(dialog)
    return True


def is_shared(printer: QPrinter) -> bool:
    """Whether the system knows that the printer stands elsewhere in the network."""
    return QPrinterInfo(printer).isRemote()
