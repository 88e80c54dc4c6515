"""Long work beside the desk, in a thread of its own that no lock waits for.

It reads the store on a connection of its own and comes to the desk for short turns. Killed at any moment it leaves
nothing half done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from referral_desk.errors import DeskError
from referral_desk.words import N_, _

if TYPE_CHECKING:
    from referral_desk.gui.desk import Door

PATIENCE = 1.0
"""Seconds that closing waits for the thread. It takes milliseconds, but for a stick that does not answer."""

PHASES = {
    "LOOKING": N_("Looking over the desk"),
    "WRITING": N_("Writing the backup"),
    "OPENING": N_("Opening the backup"),
    "COPYING": N_("Copying the backup to the second place"),
    "OPENING_THERE": N_("Opening the backup in the second place"),
}

Do = Callable[[Any], Any]
"""What is done aside: it is given the Aside by which it is told to stop."""
Then = Callable[[Any], object]


@dataclass(frozen=True)
class Long:
    """Long work that waits for its turn, and who hears of its end; `stopped` hears that somebody stopped it."""

    do: Do
    then: Then
    refused: Then | None
    stopped: Then | None


class Beside(QObject):
    """One long piece of work after the other, in a thread beside that of the desk."""

    told = Signal(str, int)
    """What is being done, and how many percent of it."""
    changed = Signal()
    """Something began or ended."""
    _back = Signal(object, object, object)
    _said = Signal(str, int)

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.in_hand: Long | None = None
        self.doing = ("", 0)
        self._waiting: deque[Long] = deque()
        self._stop = Event()
        self._thread: Thread | None = None
        self._is_closed = False
        self._back.connect(self._come_back, Qt.ConnectionType.QueuedConnection)
        self._said.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def begin(self, do: Do, then: Then, *, refused: Then | None = None, stopped: Then | None = None) -> None:
        """Do something long when what was asked for before is done."""
        self._waiting.append(Long(do, then, refused, stopped))
        self._next()

    def stop(self) -> None:
        """Stop what is in hand; what waits is forgotten."""
        self._waiting.clear()
        self._stop.set()

    def close(self) -> None:
        """Stop for good. The thread is not waited for where a stick does not answer: it ends with the process."""
        self._is_closed = True
        self.stop()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _next(self) -> None:
        if self.in_hand is not None or not self._waiting or self._is_closed:
            return
        self.in_hand = self._waiting.popleft()
        self._stop.clear()
        self._thread = Thread(target=self._run, args=(self.in_hand,), name="aside", daemon=True)
        self._thread.start()
        self.changed.emit()

    def _run(self, long: Long) -> None:
        """In the other thread."""
        from referral_desk.store import Aside

        brought, error = None, None
        try:
            brought = long.do(Aside(turn=self._turn, stops=self._stop.is_set, tell=self._say))
        except BaseException as raised:  # noqa: BLE001 - it is shown where everything is shown
            error = raised
        if not self._is_closed:
            self._back.emit(long, brought, error)

    def _turn(self, do: Callable[[], Any]) -> Any:
        return self.door.in_turn(lambda _desk: do())

    def _say(self, phase: Any, share: float) -> None:
        said = (phase.name, int(share * 100))
        if said != self.doing and not self._is_closed:
            self.doing = said
            self._said.emit(*said)

    def _tell(self, phase: str, percent: int) -> None:
        self.told.emit(_(PHASES[phase]), percent)

    def _come_back(self, long: Long, brought: Any, error: BaseException | None) -> None:
        self.in_hand, self.doing = None, ("", 0)
        self._next()
        self.changed.emit()
        self._hand_over(long, brought, error)

    def _hand_over(self, long: Long, brought: Any, error: BaseException | None) -> None:
        from referral_desk.gui.desk import show
        from referral_desk.store import Stopped

        if error is None:
            show(long.then, brought)
        elif isinstance(error, Stopped | CancelledError):
            show(long.stopped or (lambda _nothing: None), None)
        elif isinstance(error, DeskError):
            show(long.refused or (lambda said: self.door.refused.emit(str(said))), error)
        else:
            self.door.failed.emit(error)
