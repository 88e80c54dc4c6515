"""Backups, restoring and the recovery key; and desks that do not open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from referral_desk.errors import ChangesMissing, DeskDamaged
from referral_desk.gui.desk import PRACTICE_PASSPHRASE
from scripts.look.desks import RECOVERY_KEY
from scripts.look.waiting import rest, until


def keeping(app: QApplication, size: tuple[int, int]) -> Iterator[tuple[str, QWidget]]:
    """Backups, restoring, the recovery key; and desks that do not open."""
    from referral_desk.gui.app import Windows

    windows: Any = Windows(app, lock=lambda _why: None)
    yield from failing(windows, size)
    page = windows.shown.centralWidget()
    page.passphrase.line.setText(PRACTICE_PASSPHRASE)
    page.open_desk()
    until(lambda: hasattr(windows.shown, "cases"))
    window, upkeep = windows.shown, windows.door.upkeep
    upkeep.read()
    rest(windows.door)
    yield "warning", window
    window.go("backups")
    rest(windows.door)
    yield "backups", window
    page = window.stack.currentWidget()
    page.overview.findChild(QScrollArea).verticalScrollBar().setValue(10_000)
    yield "backups-below", window
    upkeep.hindered = DeskDamaged()
    upkeep.read()
    rest(windows.door)
    yield "warning-damage", window
    upkeep.hindered = None
    page.restore(page.overview.backups[-1])
    rest(windows.door)
    yield "restore-key", window
    yield from recovery(windows, window, page)
    windows.door.close()
    window.close()


def recovery(windows: Any, window: Any, page: Any) -> Iterator[tuple[str, QWidget]]:
    page.prove()
    page.rooms.currentWidget().typed.line.setText("VGFS")
    page.rooms.currentWidget().prove()
    rest(windows.door)
    yield "recovery-wrong", window
    page.rooms.currentWidget().typed.line.setText(RECOVERY_KEY)
    page.rooms.currentWidget().prove()
    rest(windows.door)
    yield "recovery-proven", window
    page.renew()
    yield "recovery-new", window


def failing(windows: Any, size: tuple[int, int]) -> Iterator[tuple[str, QWidget]]:
    """Before the door: what a desk says that does not open, and the restoring of another one."""
    windows.unlock()
    windows.shown.resize(*size)
    for name, error in (("missing", ChangesMissing(count=12)), ("damaged", DeskDamaged())):
        windows.shown.centralWidget()._refused(error)  # noqa: SLF001 - as the door would
        yield f"unlock-{name}", windows.shown
    windows.restore()
    steps = windows.shown.centralWidget().steps
    until(lambda: bool(steps.found))
    yield "restore-which", windows.shown
    steps.go_on()
    steps.key.line.setText(RECOVERY_KEY)
    steps.summarise()
    until(lambda: not steps.folder.isHidden() and steps.does.isEnabled())
    yield "restore-summary", windows.shown
    steps.restore()
    until(lambda: steps.door.upkeep.beside.in_hand is None)
    yield "restore-next", windows.shown
    shutil.rmtree(steps.folder.text())
    windows.unlock()
