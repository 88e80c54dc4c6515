"""The hands at the keyboard in test_real_lock: both processes import this at their start, as `sitecustomize`.

It knows no secret. The first process reads what to type from a file; the next one gets its passphrase when its memory
has been looked through. What they see goes into REPORTS, the only folder that is not watched.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

Story = Generator[bool, None, Any]

REPORTS = Path(os.environ.get("LOCK_STORY", ""))


def first(app: Any) -> Story:
    """Open the desk, begin a form, copy what was typed, leave a dialog open; then nobody comes for six minutes."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QDialog

    from referral_desk.gui.errands import Place

    secret = json.loads((REPORTS / "secret.json").read_text())
    window = yield from opened(app, secret["passphrase"], secret["login"])
    yield from until(lambda: bool(window.cases.list.rows.ids))
    window.cases.show_form(Place("interview", window.cases.list.rows.ids[0]))
    yield from until(lambda: bool(window.cases.form and window.cases.form.area.isEnabled()))
    editor = window.cases.form.fields["account"].focusProxy()
    editor.setPlainText("")
    editor.setFocus()
    QTest.keyClicks(editor, secret["text"])
    editor.selectAll()
    editor.copy()
    report("typed", {"form": window.cases.form.written()["account"] == secret["text"]})
    yield from until((REPORTS / "leave").exists)
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.open()
    window.watch.last_act -= 301
    yield from until(lambda: False)


def fresh(app: Any) -> Story:
    """Tell why it was locked; and what stands there after the passphrase."""
    from PySide6.QtWidgets import QLabel

    page = (yield from shown(app, "centralWidget")).centralWidget()
    report("locked", {"process": os.getpid(), "says": [label.text() for label in page.findChildren(QLabel)]})
    yield from until((REPORTS / "key.json").exists)
    secret = json.loads((REPORTS / "key.json").read_text())
    window = yield from opened(app, secret["passphrase"], secret["login"])
    yield from until(lambda: bool(window.cases.form and window.cases.form.area.isEnabled()))
    editor = window.cases.form.fields["account"].focusProxy()
    told = {"text": window.cases.form.written()["account"], "marked": editor.textCursor().selectedText()}
    report("back", told | {"has_focus": window.focusWidget() is editor})
    os._exit(0)


def opened(app: Any, passphrase: str, login: str) -> Story:
    page = (yield from shown(app, "centralWidget")).centralWidget()
    page.login.setText(login)
    page.passphrase.line.setText(passphrase)
    page.open_desk()
    return (yield from shown(app, "cases"))


def shown(app: Any, part: str) -> Story:
    found: list[Any] = []

    def look() -> bool:
        found[:] = [one for one in app.topLevelWidgets() if one.isVisible() and hasattr(one, part)]
        return bool(found)

    yield from until(look)
    return found[0]


def until(holds: Callable[[], bool]) -> Story:
    while not holds():
        yield False  # not yet


def report(name: str, what: dict[str, object]) -> None:
    part = REPORTS / f"{name}.part"
    part.write_text(json.dumps(what))
    part.rename(REPORTS / f"{name}.json")


def act(app: Any) -> None:
    """Go on with the story twenty times a second, in the thread of the windows, dialogs or not."""
    from PySide6.QtCore import QTimer

    story = (fresh if "--locked" in sys.argv else first)(app)
    timer = QTimer(app, interval=50)
    timer.timeout.connect(lambda: next(story))
    timer.start()


def wait_for_windows() -> None:
    while not hasattr(sys.modules.get("PySide6.QtWidgets"), "QApplication"):
        time.sleep(0.001)
    application = sys.modules["PySide6.QtWidgets"].QApplication
    run = application.exec

    def acting(*_given: object) -> int:
        act(application.instance())
        return int(run())

    application.exec = acting


if REPORTS.name:
    threading.Thread(target=wait_for_windows, daemon=True).start()
