"""What the locks cost: unlocking, sealing, backups and new keys, each beside the bare primitive below it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlcipher3 import dbapi2

from referral_desk import settings, staff
from referral_desk.nrm.person import Person
from referral_desk.roles import Role
from referral_desk.store import Desk, backups
from referral_desk.store.folder import key_file
from referral_desk.vault import keyfile, slots
from referral_desk.vault.sealing import Seal
from tests.benchmarks import memory
from tests.benchmarks.ground import PASSPHRASE, desk
from tests.benchmarks.timing import each

SEALED = 1000
"""Records of one turn; one alone is too quick to be measured."""
TURNS = 3
HOME = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")


def unlocking(ground: Path) -> float:
    """In the real windows: from Enter to the list of cases and the page of today; names are made ready behind them.

    Each time in a process of its own: nobody unlocks twice in one.
    """
    command = [sys.executable, "-m", "tests.benchmarks", "--run", "unlocking_once", "--ground", str(ground)]
    told = [json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout) for _turn in range(TURNS)]
    memory.of_windows.extend(one["peak"] for one in told)
    return float(median(one["ms"] for one in told))


def unlocking_once(ground: Path) -> float:
    from PySide6.QtWidgets import QApplication

    with TemporaryDirectory() as home:
        os.environ |= {"QT_QPA_PLATFORM": "offscreen"} | dict.fromkeys(HOME, home)
        settings.keep(last_desk=str(ground / "desk"))
        app = QApplication([])
        return each(lambda windows: _unlock(app, windows), _locked(app))


def stretching(ground: Path) -> float:
    """Argon2id, as this desk asks for it."""
    read = keyfile.read(key_file(ground / "desk"))
    cost = read.slots[0].cost
    return each(
        lambda login: slots.stretched(PASSPHRASE, login=login, store_salt=read.store_salt, cost=cost), [""] * TURNS
    )


def sealing(ground: Path) -> float:
    """A thousand records of people, sealed one by one."""
    seal, records = Seal(secrets.token_bytes(32)), _records(ground)
    return each(lambda _turn: [_sealed(seal, *record) for record in records], range(9))


def sealing_floor(ground: Path) -> float:
    """The same texts in bare AES-GCM, bound to the same record; no padding, no header, nothing told apart."""
    cipher, records = AESGCM(secrets.token_bytes(32)), _records(ground)
    return each(lambda _turn: [_encrypted(cipher, *record) for record in records], range(9))


def opening_seals(ground: Path) -> float:
    seal = Seal(secrets.token_bytes(32))
    blocks = [(_sealed(seal, *record), record[1]) for record in _records(ground)]

    def opened(_turn: int) -> list[bytes]:
        return [seal.unseal(block, kind=Person.kind, record_id=id_, revision=1) for block, id_ in blocks]

    return each(opened, range(9))


def opening_seals_floor(ground: Path) -> float:
    cipher = AESGCM(secrets.token_bytes(32))
    blocks = [(*_encrypted(cipher, *record), record[1]) for record in _records(ground)]
    return each(lambda _turn: [cipher.decrypt(nonce, text, _bound(id_)) for nonce, text, id_ in blocks], range(9))


def backing_up(ground: Path) -> float:
    """As every day: copied under a key of its own, opened, read whole, noted, the old ones thinned out."""
    with _copied(ground) as folder, _open(folder) as opened:
        return each(lambda _turn: backups.make(opened), range(TURNS))


def exporting(ground: Path) -> float:
    """SQLCipher's own copy under another key."""

    def export(connection: Any, target: Path) -> None:
        connection.execute("ATTACH ? AS copy KEY ?", (str(target), _written(secrets.token_bytes(32))))
        connection.execute("SELECT sqlcipher_export('copy')").fetchall()
        connection.execute("DETACH copy")

    return _on_bare_copies(ground, export)


def rotating(ground: Path) -> float:
    """A member is removed and the keys change; nobody else is there."""
    with _copied(ground) as folder, _open(folder) as opened:
        names = [f"Member {turn}" for turn in range(TURNS)]
        for name in names:
            words = secrets.token_hex(16)
            staff.add(opened, name=name, roles=[Role.COORDINATOR], login=name, passphrase=words, cost=slots.FLOOR)
        return each(lambda name: staff.remove(opened, name), names)


def rekeying(ground: Path) -> float:
    """SQLCipher's own change of keys, in place."""

    def rekey(connection: Any, _target: Path) -> None:
        connection.execute(f'PRAGMA rekey = "{_written(secrets.token_bytes(32))}"')

    return _on_bare_copies(ground, rekey)


def _locked(app: Any) -> Iterator[Any]:
    """Windows that wait for the passphrase, with everything imported that is imported while one types."""
    from referral_desk.gui.app import Windows

    windows = Windows(app, lock=lambda _why: None)
    windows.unlock()
    windows.door.warm_up()
    windows.door._thread.submit(int).result()  # when this is done, the warming up is
    yield windows
    windows.door.close()


def _unlock(app: Any, windows: Any) -> None:
    from PySide6.QtCore import QEventLoop

    page = windows.shown.centralWidget()
    page.passphrase.line.setText(PASSPHRASE)
    page.open_desk()
    while not _shows_cases(windows.shown):
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _shows_cases(window: Any) -> bool:
    from referral_desk.gui.case_list import ROW

    rows = window.cases.list.rows if hasattr(window, "cases") else None
    return bool(rows and rows.ids and rows.data(rows.index(0), ROW))


def _records(ground: Path) -> list[tuple[bytes, UUID]]:
    """What is sealed of people, and whose it is."""
    rows = select(Person.id, Person.revision, Person.sealed).where(Person.sealed.is_not(None)).limit(SEALED)
    with desk(ground) as opened, opened.work() as work:
        seal, found = opened.seal, work.session.execute(rows).all()
        if seal is None:
            raise RuntimeError("The ground is opened by who reads names.")
        return [
            (seal.unseal(block, kind=Person.kind, record_id=id_, revision=at), id_) for id_, at, block in found if block
        ]


def _sealed(seal: Seal, text: bytes, id_: UUID) -> bytes:
    return seal.seal(text, kind=Person.kind, record_id=id_, revision=1)


def _encrypted(cipher: AESGCM, text: bytes, id_: UUID) -> tuple[bytes, bytes]:
    nonce = os.urandom(12)
    return nonce, cipher.encrypt(nonce, text, _bound(id_))


def _bound(id_: UUID) -> bytes:
    return f"rd1/{Person.kind}/{id_}/1".encode()


@contextmanager
def _copied(ground: Path) -> Iterator[Path]:
    """A desk that may be changed."""
    with TemporaryDirectory() as folder:
        shutil.copytree(ground / "desk", Path(folder) / "desk")
        yield Path(folder)


def _open(folder: Path) -> Desk:
    return desk(folder)


def _on_bare_copies(ground: Path, do: Callable[[Any, Path], None]) -> float:
    """Do something with the encrypted file alone, each turn with a connection of its own to a fresh copy."""
    with _copied(ground) as folder:
        with desk(folder) as opened:
            key, file = opened.keys.database_key, next(opened.folder.glob("data-*.db"))
        return each(lambda turn: do(*turn), list(_bare(file, key)))


def _bare(file: Path, key: bytes) -> Iterator[tuple[Any, Path]]:
    for turn in range(TURNS):
        copy = file.with_name(f"bare-{turn}")
        shutil.copyfile(file, copy)
        connection = dbapi2.connect(str(copy), isolation_level=None)
        connection.execute(f'PRAGMA key = "{_written(key)}"')
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield connection, file.with_name(f"target-{turn}")


def _written(key: bytes) -> str:
    return f"x'{key.hex()}'"
