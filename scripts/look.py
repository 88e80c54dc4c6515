"""Take a picture of every page of the windows and of every document, for human eyes: `make look`.

Everything is drawn into memory and written below look/, which git ignores. The desk is a practice desk, made for
the occasion in a temporary folder and gone afterwards. `scripts/look.py dark small` takes only those rounds.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from referral_desk import settings
from referral_desk.errors import ChangesMissing, ConsentNotInForce, DeskDamaged
from referral_desk.gui.desk import PRACTICE_PASSPHRASE
from referral_desk.gui.errands import Place
from referral_desk.pages import CasePage, case_page
from referral_desk.words import _

LOOK = Path(__file__).resolve().parent.parent / "look"
ROUNDS = {
    "light": ("en", "light", (1440, 900)),
    "dark": ("en", "dark", (1440, 900)),
    "arabic": ("ar", "light", (1440, 900)),
    "serbian": ("sr_Cyrl", "light", (1440, 900)),
    "small": ("en", "light", (1280, 720)),
    "narrow": ("sr_Latn", "dark", (960, 600)),
    "tired": ("ar", "dark", (1280, 720)),
}
"""Language, theme and size of each round of pictures."""

Fits = Callable[[Any, CasePage], bool]

FORMS = ("person", "interview", "referral", "consent", "risk", "reflection")


def main() -> int:
    LOOK.mkdir(exist_ok=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = home
        folder = make_desk(Path(home) / "desk")
        kept = make_kept_desk(Path(home) / "kept", Path(home) / "stick")
        for name in sys.argv[1:] or ROUNDS:
            language, theme, size = ROUNDS[name]
            settings.keep(language=language, theme=theme, last_desk=str(folder), idle_minutes=60)
            for picture, window in walk(app, size):
                keep(window, f"{name}-{picture}")
            settings.keep(last_desk=str(kept))
            for picture, window in keeping(app, size):
                keep(window, f"{name}-{picture}")
        draw_letters(folder)
    return 0


def make_desk(folder: Path) -> Path:
    """A practice desk of invented cases of every kind and stage."""
    from referral_desk import store
    from referral_desk.exchange import practice
    from referral_desk.vault.passphrases import new_recovery_key
    from referral_desk.vault.slots import FLOOR

    with store.create(
        folder,
        passphrase=PRACTICE_PASSPHRASE,
        recovery_key=new_recovery_key(),
        cost=FLOOR,
        purpose=store.Purpose.PRACTICE,
        mechanism="SRB",
        name="Ana",
    ) as desk:
        practice.fill(desk, cases=100)
        let_in_colleagues(desk)
    return folder


def let_in_colleagues(desk: Any) -> None:
    """Everybody there can be: who may do everything, who may see no name, who has no passphrase yet, who left."""
    from referral_desk import staff
    from referral_desk.roles import Role
    from referral_desk.vault.slots import FLOOR

    for name, roles in (("Bo", [Role.COORDINATOR]), ("Cora", [Role.KEEPER]), ("Dana", [Role.CASEWORKER, Role.KEEPER])):
        staff.add(desk, name=name, roles=roles, cost=FLOOR)
    staff.remove(desk, "Cora")


def walk(app: QApplication, size: tuple[int, int]) -> Iterator[tuple[str, QWidget]]:
    """Every page there is, as somebody who does everything would meet them."""
    from referral_desk.gui.app import Windows

    windows = Windows(app, lock=lambda _why: None, why_locked="idle")
    yield from before_the_door(windows, size)
    yield from behind_the_door(windows, windows.shown)
    windows.door.close()
    if windows.shown:
        windows.shown.close()


def before_the_door(windows: Any, size: tuple[int, int]) -> Iterator[tuple[str, QWidget]]:
    windows.unlock()
    windows.shown.resize(*size)
    yield "unlock", windows.shown
    page = windows.shown.centralWidget()
    page.passphrase.line.setText("a wrong one")
    page.open_desk()
    yield "unlock-busy", windows.shown
    until(lambda: bool(page.error.text()))
    yield "unlock-wrong", windows.shown
    windows.create()
    creating = windows.shown.centralWidget()
    windows.shown.turn_help()
    yield "create-help", windows.shown
    windows.shown.turn_help()
    for at in range(len(creating.steps)):
        creating._show_page(at)  # noqa: SLF001 - a picture of each page, without filling it in
        yield f"create-{at + 1}", windows.shown
    windows.unlock()
    page = windows.shown.centralWidget()
    page.passphrase.line.setText(PRACTICE_PASSPHRASE)
    page.open_desk()
    until(lambda: hasattr(windows.shown, "cases"))


def behind_the_door(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    rest(windows.door)
    yield "today", window
    window.go("cases")
    rest(windows.door)
    yield "cases", window
    for name, fits in (("case-adult", is_adult_with_letter), ("case-child", is_child_who_may_not_return)):
        choose(windows, window, fits)
        yield name, window
    yield from recording(window)
    window.cases.case.turn_name()
    rest(windows.door)
    entry = next(iter(window.cases.case.timeline.entries))
    window.cases.case._show_taken(entry)  # noqa: SLF001 - as a click on a step that was taken
    rest(windows.door)
    yield "case-open", window
    yield from forms(windows, window)
    yield from other_pages(windows, window)


def recording(window: Any) -> Iterator[tuple[str, QWidget]]:
    """What can be recorded, and the words of the field."""
    from referral_desk.gui.glossary_dialog import GlossaryDialog
    from referral_desk.gui.record_dialog import RecordDialog

    window.cases.case.record()
    dialog = window.findChildren(RecordDialog)[-1]
    yield "record", dialog
    dialog.close()
    words = GlossaryDialog(window)
    words.open()
    yield "glossary", words
    words.close()


def turned(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    """What the person sees of a consent, and what the caseworker is told before."""
    from referral_desk.gui.turned_words import Asking
    from referral_desk.gui.turning import TurnDialog

    asked = Asking("SHARE_ORG", "Safe House", items=("NEEDS", "HEALTH", "LANGUAGE"), speaks="ara")
    dialog = TurnDialog(asked, window)
    dialog.open()
    yield "turning", dialog
    dialog.close()
    size = window.size()
    for language in ("en", "ar"):
        window.turning.begin(asked, language)
        window.showNormal()
        window.resize(size)
        for at in range(window.turning.view.pages.count()):
            window.turning.view._show(at)  # noqa: SLF001 - a picture of each page
            yield f"turned-{language}-{at + 1}", window
        window.turning.back()
        rest(windows.door)


def forms(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    case_id = window.cases.case.case_id
    window.cases.new_case()
    rest(windows.door)
    yield "form-first_contact", window
    for kind in FORMS:
        window.cases.show_form(Place(kind, case_id))
        rest(windows.door)
        yield f"form-{kind}", window
    yield from turned(windows, window)
    window.cases.form.save()
    rest(windows.door)
    yield "form-errors", window
    window.cases.form.discard()
    rest(windows.door)


def other_pages(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    choose(windows, window, is_adult_with_letter)
    window.cases.case.preview_first_form()
    rest(windows.door)
    yield "letter", window
    yield from rights(windows, window)
    for place in ("statistics", "retention", "settings", "passphrase"):
        window.go(place)
        rest(windows.door)
        yield place, window
    window.go("statistics")
    for part in ("merging", "records", "inside"):
        window.stack.currentWidget().go(part)
        rest(windows.door)
        yield f"statistics-{part}", window
    yield from people(windows, window)
    yield from journal(windows, window)
    window.go("cases")
    window.cases.list.search.setText("nobody of this name")
    rest(windows.door)
    window.refuse("The disk is full. Nothing was changed; free some space and try again.")
    rest(windows.door)
    yield "nothing-found", window
    from referral_desk.gui.messages import DefectDialog
    from referral_desk.gui.shortcuts import ShortcutsDialog

    for name, dialog in (
        ("keys", ShortcutsDialog(window)),
        ("defect", DefectDialog("KeyError at form.py:120", window)),
    ):
        dialog.open()
        yield f"dialog-{name}", dialog
        dialog.close()


def people(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    window.go("members")
    rest(windows.door)
    yield "members", window
    window._on_help()  # noqa: SLF001 - as F1
    yield "members-help", window
    window._on_help()  # noqa: SLF001
    page = window.stack.currentWidget()
    for at, name in enumerate(("New passphrase or roles…", "Rename…", "Remove…")):
        press(page, _(name), last=True)
        yield f"members-{at + 1}", window
        page.panel.left.emit()
    page.ask_to_add()
    page.panel.give()
    yield "members-add", window
    page.panel.left.emit()


def journal(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    window.go("journal")
    rest(windows.door)
    page = window.stack.currentWidget()
    page.view.setCurrentIndex(page.rows.index(1))
    rest(windows.door)
    yield "journal", window
    page._turn_verifying()  # noqa: SLF001 - as a click
    page.verifying.verify()
    rest(windows.door)
    page.case.setText("RD-0000-0000")
    page.refresh()
    rest(windows.door)
    yield "journal-verified", window
    page.case.clear()
    page.prepare_sheet()
    rest(windows.door)
    yield "journal-sheet", window


def press(page: QWidget, text: str, *, last: bool) -> None:
    """Click a button that says this, the last or the first of them."""
    found = [one for one in page.findChildren(QAbstractButton) if one.text().strip() == text and one.isVisible()]
    found[-1 if last else 0].click()


def rights(windows: Any, window: Any) -> Iterator[tuple[str, QWidget]]:
    """Erasing, and showing everything; the one of the pictures is gone afterwards."""
    from referral_desk.erasure import Ground
    from referral_desk.gui import desk_erasing

    for name, fits in (("erasing", is_adult_with_letter), ("erasing-held", is_held)):
        case_id = case_with(windows.door, fits)
        window.show_right("erase", case_id)
        rest(windows.door)
        yield name, window
    window.show_case(case_with(windows.door, is_adult_with_letter))
    rest(windows.door)
    yield "case-rights", at_the_end(window)
    for name in ("access", "own_file"):
        window.show_right(name, case_with(windows.door, is_adult_with_letter))
        rest(windows.door)
        yield name, window
    page = window.stack.currentWidget()
    desk_erasing.erase(windows.door, page.case_id, Ground.REQUEST, print)
    rest(windows.door)
    yield "certificate", window


def at_the_end(window: Any) -> Any:
    bar = window.cases.case.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    return window


def is_held(_work: Any, page: CasePage) -> bool:
    return page.is_held


RECOVERY_KEY = "VGFSQCGS5V9PPNWCJQ1086QA7HCV"
"""Of the desk in the pictures."""


def make_kept_desk(folder: Path, stick: Path) -> Path:
    """A desk that is backed up, without any case: the stick was there until three weeks ago."""
    from referral_desk import store
    from referral_desk.store import backups
    from referral_desk.vault.slots import FLOOR

    stick.mkdir()
    with store.create(folder, passphrase=PRACTICE_PASSPHRASE, recovery_key=RECOVERY_KEY, cost=FLOOR) as desk:
        backups.name_place(desk, stick)
        for days in (95, 60, 34, 27, 22, 21, 3, 2, 1):
            desk.clock = partial(days_ago, days)
            if days == 3:
                stick.rename(stick.with_name("drawer"))
            backups.make(desk)
        # The last ones are older than the pictures want them.
        for made in backups.every(desk)[:2]:
            shutil.rmtree(made.folders[0])
    return folder


def days_ago(count: int) -> datetime:
    return datetime.now().astimezone() - timedelta(days=count)


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


def case_with(door: Any, fits: Fits) -> UUID:
    """The case that shows most of what a picture is about."""

    def fullest(work: Any) -> UUID:
        shown = [case_page(case, work.today) for case in work.cases(work.case_ids())]
        return max((page for page in shown if fits(work, page)), key=lambda page: len(page.timeline)).id

    found: list[UUID] = []
    door.ask(fullest, found.append)
    until(lambda: bool(found))
    return found[0]


def choose(windows: Any, window: Any, fits: Fits) -> None:
    """Click the case in the list."""
    rows = window.cases.list.rows
    window.cases.list.view.setCurrentIndex(rows.index(rows.ids.index(case_with(windows.door, fits))))
    rest(windows.door)


def is_adult_with_letter(work: Any, page: CasePage) -> bool:
    return not page.is_child and bool(page.referrals) and may_be_printed(work, page.referrals[0].id)


def is_child_who_may_not_return(_work: Any, page: CasePage) -> bool:
    return page.is_child and bool(page.marks) and any(step.unmet for track in page.tracks for step in track.open)


def keep(window: QWidget, name: str) -> None:
    until(lambda: True)
    window.grab().save(str(LOOK / f"{name}.png"))
    print(f"look/{name}.png")


def rest(door: Any) -> None:
    """Wait until all work that was sent through the door, and what it sends in turn, has come back."""
    for _again in range(3):
        wait_for(door)


def wait_for(door: Any) -> None:
    back: list[object] = []
    door.ask(lambda _work: None, back.append)
    until(lambda: bool(back))


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        QApplication.processEvents()
        time.sleep(0.002)
        if time.monotonic() > end:
            raise TimeoutError
    for _again in range(12):
        QApplication.processEvents()
        time.sleep(0.002)


def draw_letters(folder: Path) -> None:
    """The referral form in every language it comes in."""
    from referral_desk import letters, store
    from referral_desk.gui.paper import drawn_pages
    from referral_desk.nrm.referral import Referral

    with store.open_desk(folder, passphrase=PRACTICE_PASSPHRASE) as desk, desk.work(unsealed=False) as work:
        referred = [step for case in work.cases(work.case_ids()) for step in case.taken(Referral)]
        wanted = max(referred, key=lambda step: (may_be_printed(work, step.id), len(step.shares or ())))
        for language in letters.LANGUAGES:
            letter = letters.referral_form(work, wanted.id, language=language)
            for number, page in enumerate(drawn_pages(letter.pdf, width=1000), 1):
                page.save(str(LOOK / f"letter-{language}-{number}.png"))
                print(f"look/letter-{language}-{number}.png")


def may_be_printed(work: Any, referral_id: UUID) -> bool:
    """Whether the consent to a referral is in force today."""
    from referral_desk import letters

    with suppress(ConsentNotInForce):
        return bool(letters.referral_form(work, referral_id, language="en").pdf)
    return False


if __name__ == "__main__":
    sys.exit(main())
