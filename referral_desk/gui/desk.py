"""The one door between the windows and the store.

Work runs in one thread of its own, one piece after the other; what it brings back is shown in the window's
thread. Whatever changes is told to every page, and what cannot be done is said in one place.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from referral_desk import words
from referral_desk.errors import DeskError
from referral_desk.gui.desk_backups import Upkeep
from referral_desk.gui.desk_pieces import Pieces

PRACTICE_PASSPHRASE = "only invented people live here"  # noqa: S105 - see below
"""No secret: every person on a practice desk is invented, and the unlock window says it."""

PATIENCE = 2.0
"""Seconds that closing waits for the work in hand; as long again for what it broke off, and for the desk itself."""
PAUSE = 0.02

Then = Callable[[Any], object]


@dataclass(frozen=True)
class DeskFacts:
    """What the windows may know of the open desk itself; who came with the recovery key is no member."""

    purpose: str
    entitled: bool
    is_kept_by_me: bool = True
    is_member: bool = True
    must_change_passphrase: bool = False


class Door(QObject):
    """Everything the windows want of a desk goes through here, and comes back through here."""

    changed = Signal(object)
    """The id of the case that changed."""
    erased = Signal(object)
    """The certificate of a case that is gone; it comes whatever page is in sight by then."""
    refused = Signal(str)
    failed = Signal(object)
    progress = Signal(int, int)
    """How far the work in hand is: done, and of how many."""
    _back = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._desk: Any = None
        self._is_closed = False
        self._asked, self._changing, self._keeping = (set[Future[Any]]() for _kind in range(3))
        self.facts = DeskFacts("REAL", entitled=True)
        self.login = ""
        self._back.connect(self._come_back, Qt.ConnectionType.QueuedConnection)
        self.upkeep = Upkeep(self)
        self.pieces = Pieces(self)

    def warm_up(self) -> None:
        """Make ready what the desk will need, beside the person who types the passphrase."""
        self._thread.submit(_get_ready)

    def open_desk(
        self, folder: str, *, login: str, passphrase: str, then: Then, refused: Then, as_it_is: bool = False
    ) -> None:
        """Open a desk; Argon2id takes about a second. `as_it_is`: somebody decided to do without what is missing."""
        self.login = login
        wanted = partial(self._open, folder, login=login, passphrase=passphrase, as_it_is=as_it_is)
        self._send(wanted, then, refused)

    def create(self, folder: str, *, then: Then, refused: Then, **wanted: Any) -> None:
        """Make a desk of all that `founding.found` wants to know, and stay in it."""
        self._send(partial(self._create, folder, **wanted), then, refused)

    def practise(self, folder: str, *, cases: int, then: Then, refused: Then) -> None:
        """Make a desk of invented cases in a new folder and stay in it."""
        self._send(partial(self._practise, folder, cases), then, refused)

    def ask(self, do: Callable[[Any], Any], then: Then, *, unsealed: bool = False, refused: Then | None = None) -> None:
        """Do a piece of work that changes nothing, and show what it brings. Closing the desk calls it off."""
        self._send(partial(work_of, self._desk, do, unsealed=unsealed), then, refused, among=self._asked)

    def piece(self, do: Callable[[Any], Any], then: Then, *, unsealed: bool) -> None:
        """Do a short piece of something long; `then` hears what it brings, or the exception that it ended with."""
        self._send(partial(_outcome_of, self._desk, do, unsealed=unsealed), then, None, among=self._asked)

    def keep(self, do: Callable[[Any], Any], then: Then = lambda _nothing: None) -> None:
        """Keep what is no part of any case, such as a draft; it is kept even while the desk closes."""
        self._send(partial(work_of, self._desk, do, unsealed=True), then, None, among=self._keeping)

    def change(self, do: Callable[[Any], Any], then: Then, *, refused: Then | None = None) -> None:
        """Do a piece of work that returns the id of the case it changed."""
        told = partial(self._refuse, refused) if refused else None
        self._send(partial(work_of, self._desk, do, unsealed=True), partial(self._tell, then), told)

    def at_desk(self, do: Callable[[Any], Any], then: Then, *, refused: Then | None = None) -> None:
        """Do what concerns the desk as a whole, such as its members, and not one piece of work."""
        self._send(partial(self._done, self._desk, do), then, refused)

    def beforehand(self, do: Callable[[], Any], then: Then, refused: Then) -> None:
        """Find something out for which no desk has to be open."""
        self._send(do, then, refused)

    def in_turn(self, do: Callable[[Any], Any]) -> Any:
        """Do something short at the desk for work that goes on beside it, and wait for what it brings.

        CancelledError where the door is closing.
        """
        try:
            future = self._thread.submit(self._if_open, do)
        except RuntimeError:
            raise CancelledError from None
        return future.result()

    def do(self, act: Callable[[Any], Any], then: Then, *, refused: Then | None = None) -> None:
        """Do with the desk what is more than one piece of work."""
        told = partial(self._refuse, refused) if refused else None
        self._send(partial(act, self._desk), then, told)

    def close(self) -> None:
        """Keep what is to be kept, break off what takes too long, close the desk, and take no more.

        Where even that takes too long it comes back all the same. The process may then end as it is: nothing that
        was acknowledged is lost by that.
        """
        self._is_closed = True
        self.upkeep.close()
        self._finish()
        desk, self._desk = self._desk, None
        if desk is not None:
            wait([self._thread.submit(desk.close)], PATIENCE)
        self._thread.shutdown(wait=False)

    def _finish(self) -> None:
        for reading in tuple(self._asked):
            reading.cancel()
        wait(self._asked | self._changing | self._keeping, PATIENCE)
        end = time.monotonic() + PATIENCE
        while self._desk is not None and (too_long := self._at_work()) and time.monotonic() < end:
            self._desk.breaking.break_off()
            wait(too_long, PAUSE)

    def _at_work(self) -> list[Future[Any]]:
        """What is being done and may be broken off: anything but what is being kept."""
        return [one for one in self._asked | self._changing if one.running()]

    def _open(self, folder: str, *, login: str, passphrase: str, as_it_is: bool) -> DeskFacts:
        from referral_desk import store

        return self._stay_in(store.open_desk(folder, login=login, passphrase=passphrase, as_it_is=as_it_is))

    def _create(self, folder: str, **wanted: Any) -> DeskFacts:
        from referral_desk import founding

        return self._stay_in(founding.found(folder, **wanted))

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
        self.facts = _facts(desk)
        return self.facts

    def _done(self, desk: Any, do: Callable[[Any], Any]) -> Any:
        brought = do(desk)
        self.facts = _facts(desk)
        return brought

    def _if_open(self, do: Callable[[Any], Any]) -> Any:
        if self._desk is None or self._desk.is_closed:
            raise CancelledError
        return do(self._desk)

    def _send(
        self, do: Callable[[], Any], then: Then, refused: Then | None, *, among: set[Future[Any]] | None = None
    ) -> None:
        if self._is_closed:
            return
        future = self._thread.submit(do)
        (self._changing if among is None else among).add(future)
        future.add_done_callback(lambda future: self._back.emit(future, then, refused))

    def _come_back(self, future: Future[Any], then: Then, refused: Then | None) -> None:
        for among in (self._asked, self._changing, self._keeping):
            among.discard(future)
        if self._is_closed:
            return
        error = future.exception()
        if error is None:
            show(then, future.result())
        elif isinstance(error, DeskError):
            show(refused or (lambda said: self.refused.emit(str(said))), error)
        else:
            self.failed.emit(error)

    def _refuse(self, refused: Then, error: DeskError) -> None:
        """A change that was refused must not go unsaid because the page that asked is gone."""
        if not show(refused, error):
            self.refused.emit(str(error))

    def _tell(self, then: Then, case_id: Any) -> None:
        show(then, case_id)
        self.changed.emit(case_id)


def _get_ready() -> None:
    """Import what is heavy and read what is read once; of all that nothing will ever have to be cleared up."""
    from referral_desk import store
    from referral_desk.gui import main_window, today_page  # noqa: F401
    from referral_desk.nrm import mechanism, working_days

    store.get_ready()
    mechanism.codes()
    working_days.get_ready()
    words.country_codes()
    words.day(date.today())  # noqa: DTZ011 - any day will do
    gc.freeze()


def _facts(desk: Any) -> DeskFacts:
    from referral_desk.nrm import mechanism
    from referral_desk.roles import Role

    mechanism.use(desk.mechanism, desk.own_values)
    return DeskFacts(
        desk.purpose.name,
        entitled=desk.entitled,
        is_kept_by_me=desk.is_kept_by_me,
        is_member=bool(desk.roles & {role.value for role in Role}),
        must_change_passphrase=desk.must_change_passphrase,
    )


def work_of(desk: Any, do: Callable[[Any], Any], *, unsealed: bool) -> Any:
    """A piece of work at the desk that was open when it was sent: it may be done while the door is closing."""
    with desk.work(unsealed=unsealed) as work:
        return do(work)


def _outcome_of(desk: Any, do: Callable[[Any], Any], *, unsealed: bool) -> Any:
    try:
        return work_of(desk, do, unsealed=unsealed)
    except Exception as error:  # noqa: BLE001 - whoever goes on piece by piece has to hear of it
        return error


def show(then: Then, brought: Any) -> bool:
    """Hand over what was brought, unless the page that asked is gone by now; whether it was there."""
    owner = getattr(getattr(then, "func", then), "__self__", None)
    is_there = not isinstance(owner, QObject) or isValid(owner)
    if is_there:
        then(brought)
    return is_there
