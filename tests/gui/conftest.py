"""Windows on real desks: real files, real locks, only cheaper keys, dialogs that answer at once, and no new process."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path
from typing import Any

import pytest
from shiboken6 import delete

from referral_desk import settings, store, words
from referral_desk.gui import qt_words, theme
from referral_desk.gui.app import Windows
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import case_ids
from referral_desk.gui.main_window import MainWindow
from referral_desk.gui.tidying import Tidying
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests import crew
from tests.crew import LOGINS
from tests.gui.acting import PASSPHRASE, begin, given_by_a_keeper, settle, take
from tests.recorder.watching import nothing_written_of

SECRETS = (
    *("Marija", "Nikolić", "Luka", "Đorđević", PASSPHRASE),
    *(*crew.CANARIES, crew.ANA, crew.BO, crew.CORA, crew.RECOVERY_KEY),
)
"""Whom the desks of the stories are about, and what opens them."""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home of its own for every test: settings and suggested folders lie there."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    yield tmp_path
    words.use("en")


@pytest.fixture(autouse=True)
def watched():
    """Nothing of anybody is written in clear during any story of the windows, wherever it may be."""
    with nothing_written_of(SECRETS):
        yield


@pytest.fixture(scope="session", autouse=True)
def tidy(qapp):
    """As in the program: what windows leave behind is cleared up in their own thread."""
    yield Tidying(qapp)
    gc.enable()


@pytest.fixture
def dressed(qapp):
    """The program's own fonts, colours and language, as at its start."""
    qt_words.use(qapp, "en")
    theme.use(qapp, "light")
    yield qapp
    qt_words.use(qapp, "en")
    theme.use(qapp, "light")


@pytest.fixture(scope="session")
def made_desk(tmp_path_factory):
    """A desk with two cases, made once: Ana's notes on an adult and on a child."""
    folder = tmp_path_factory.mktemp("desks") / "desk"
    with store.create(
        folder, passphrase=PASSPHRASE, recovery_key=new_recovery_key(), cost=FLOOR, mechanism="SRB"
    ) as desk:
        with desk.work() as work:
            case = begin(work, first_name="Marija", last_name="Nikolić", age_band="24--26", gender="F", language="srp")
            take(
                work,
                case,
                "consent",
                status="GIVEN",
                scope="SHARE_ORG",
                recipient="Safe House",
                items=["NEEDS", "LANGUAGE"],
                given_by="PERSON",
            )
            take(work, case, "referral", recipient="Safe House", services=["ACC"], urgency="URGENT", shares=["NEEDS"])
        with desk.work() as work:
            begin(work, first_name="Luka", last_name="Đorđević", age_band="9--17", gender="M")
    return folder


@pytest.fixture
def desk_folder(made_desk, tmp_path):
    """A copy of that desk that a test may change."""
    folder = tmp_path / "desk"
    shutil.copytree(made_desk, folder)
    settings.keep(last_desk=str(folder))
    return folder


@pytest.fixture
def door(qtbot, dressed, desk_folder):
    """The open door to that desk."""
    opened = Door()
    answers: list[object] = []
    opened.open_desk(str(desk_folder), login="", passphrase=PASSPHRASE, then=answers.append, refused=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    yield opened
    opened.close()


@pytest.fixture
def windows(qtbot, dressed):
    """The windows as the program starts them; what would start a new process is noted instead."""
    locked: list[str] = []
    made = Windows(dressed, lock=locked.append)
    made.locked = locked
    yield made
    made.door.close()
    if made.last_resort:
        made.last_resort.given_up.set()
    if made.shown:
        delete(made.shown)


@pytest.fixture
def ids(qtbot, door):
    """The child's case and the adult's."""
    found: list[tuple[Any, ...]] = []
    door.ask(lambda work: (case_ids(work, "luka")[0][0], case_ids(work, "nikolic")[0][0]), found.append, unsealed=True)
    qtbot.waitUntil(lambda: bool(found))
    return dict(zip(("child", "adult"), found[0], strict=True))


@pytest.fixture
def shown(qtbot, door):
    """Show a page of our own in a window, and wait until it has what it asked for."""

    def show(page):
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        settle(qtbot, door)
        return page

    return show


@pytest.fixture
def window(qtbot, door):
    locked: list[str] = []
    made = MainWindow(door, lock=locked.append)
    made.locked = locked
    qtbot.addWidget(made)
    made.show()
    made.go("cases")
    settle(qtbot, door)
    return made


@pytest.fixture
def crew_folder(crew_desk, tmp_path):
    """A copy of the desk of Ana, Bo and Cora, who have passphrases of their own."""
    folder = Path(shutil.copytree(crew_desk, tmp_path / "crew"))
    given_by_a_keeper(folder)
    return folder


@pytest.fixture
def crew_window(qtbot, dressed, crew_folder):
    """The window of that desk, as one of its members opens it."""
    doors: list[Door] = []

    def open_as(passphrase):
        door = Door()
        doors.append(door)
        back: list[object] = []
        given = {"login": LOGINS.get(passphrase, ""), "passphrase": passphrase}
        door.open_desk(str(crew_folder), **given, then=back.append, refused=back.append)
        qtbot.waitUntil(lambda: bool(back))
        made = MainWindow(door, lock=lambda _why: None)
        qtbot.addWidget(made)
        made.show()
        settle(qtbot, door)
        return made

    yield open_as
    for door in doors:
        door.close()
