"""The one door between the windows and the store.

Work runs in one thread of its own, one piece after the other; what it brings back is shown in the window's
thread. Whatever changes is told to every page, and what cannot be done is said in one place.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from referral_desk import words
from referral_desk.errors import DeskError

PRACTICE_PASSPHRASE = "only invented people live here"  # noqa: S105 - see below
"""No secret: every person on a practice desk is invented, and the unlock window says it."""

Then = Callable[[Any], object]


@dataclass(frozen=True)
class DeskFacts:
    """What the windows may know of the open desk itself."""

    purpose: str
    mechanism: str
    entitled: bool


class Door(QObject):
    """Everything the windows want of a desk goes through here, and comes back through here."""

    changed = Signal(object)
    """The id of the case that changed."""
    refused = Signal(str)
    failed = Signal(object)
    _back = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._desk: Any = None
        self._is_closed = False
        self.facts = DeskFacts("REAL", "", entitled=True)
        self._back.connect(self._come_back, Qt.ConnectionType.QueuedConnection)

    def warm_up(self) -> None:
        """Import what the desk will need, beside the person who types the passphrase."""
        self._thread.submit(_import_what_is_heavy)

    def open_desk(self, folder: str, *, login: str, passphrase: str, then: Then, refused: Then) -> None:
        """Open a desk; Argon2id takes about a second."""
        self._send(partial(self._open, folder, login=login, passphrase=passphrase), then, refused)

    def create(
        self, folder: str, *, passphrase: str, recovery_key: str, mechanism: str, then: Then, refused: Then
    ) -> None:
        """Make a desk and stay in it."""
        wanted = partial(self._create, folder, passphrase=passphrase, recovery_key=recovery_key, mechanism=mechanism)
        self._send(wanted, then, refused)

    def practise(self, folder: str, *, cases: int, then: Then, refused: Then) -> None:
        """Make a desk of invented cases in a new folder and stay in it."""
        self._send(partial(self._practise, folder, cases), then, refused)

    def ask(self, do: Callable[[Any], Any], then: Then, *, unsealed: bool = False, refused: Then | None = None) -> None:
        """Do a piece of work that changes nothing, and show what it brings."""
        self._send(partial(work_of, self._desk, do, unsealed=unsealed), then, refused)

    def change(self, do: Callable[[Any], Any], then: Then, *, refused: Then | None = None) -> None:
        """Do a piece of work that returns the id of the case it changed."""
        self._send(partial(work_of, self._desk, do, unsealed=True), partial(self._tell, then), refused)

    def make_letter(self, referral_id: UUID, *, language: str, then: Then, refused: Then) -> None:
        """The form of a referral, made without the seal and then read against what the seal protects."""
        self._send(partial(_letter, self._desk, referral_id, language), then, refused)

    def close(self) -> None:
        """Wait for the work in hand, close the desk, and take no more."""
        self._is_closed = True
        desk, self._desk = self._desk, None
        try:
            if desk is not None:
                self._thread.submit(desk.close).result()
        finally:
            self._thread.shutdown()

    def _open(self, folder: str, *, login: str, passphrase: str) -> DeskFacts:
        from referral_desk import store

        return self._stay_in(store.open_desk(folder, login=login, passphrase=passphrase))

    def _create(self, folder: str, *, passphrase: str, recovery_key: str, mechanism: str) -> DeskFacts:
        from referral_desk import store

        return self._stay_in(
            store.create(folder, passphrase=passphrase, recovery_key=recovery_key, mechanism=mechanism)
        )

    def _practise(self, folder: str, cases: int) -> DeskFacts:
        from referral_desk import store
        from referral_desk.exchange import practice
        from referral_desk.vault import passphrases, slots

        desk = store.create(
            folder,
            passphrase=PRACTICE_PASSPHRASE,
            recovery_key=passphrases.new_recovery_key(),
            cost=slots.FLOOR,
            purpose=store.Purpose.PRACTICE,
        )
        practice.fill(desk, cases=cases)
        return self._stay_in(desk)

    def _stay_in(self, desk: Any) -> DeskFacts:
        self._desk = desk
        self.facts = DeskFacts(desk.purpose.name, desk.mechanism, entitled=desk.entitled)
        return self.facts

    def _send(self, do: Callable[[], Any], then: Then, refused: Then | None) -> None:
        if self._is_closed:
            return
        self._thread.submit(do).add_done_callback(lambda future: self._back.emit(future, then, refused))

    def _come_back(self, future: Future[Any], then: Then, refused: Then | None) -> None:
        error = future.exception()
        if error is None:
            show(then, future.result())
        elif isinstance(error, DeskError):
            show(refused or (lambda said: self.refused.emit(str(said))), error)
        else:
            self.failed.emit(error)

    def _tell(self, then: Then, case_id: Any) -> None:
        show(then, case_id)
        self.changed.emit(case_id)


def _import_what_is_heavy() -> None:
    from referral_desk.gui import main_window  # noqa: F401

    words.country_codes()


def _letter(desk: Any, referral_id: UUID, language: str) -> Any:
    from referral_desk import letters

    return letters.checked_referral_form(desk, referral_id, language=language)


def work_of(desk: Any, do: Callable[[Any], Any], *, unsealed: bool) -> Any:
    """A piece of work at the desk that was open when it was sent: it may be done while the door is closing."""
    with desk.work(unsealed=unsealed) as work:
        return do(work)


def show(then: Then, brought: Any) -> None:
    """Hand over what was brought, unless the page that asked is gone by now."""
    owner = getattr(getattr(then, "func", then), "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        then(brought)


def import_the_heavy() -> None:
    """Import what an open desk needs, while nobody waits for it."""
    importlib.import_module("referral_desk.store")
    words.country_codes()
