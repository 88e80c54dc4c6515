"""The room of the door for what nobody waits for: done in short pieces, between which everything else has its turn.

So are names made ready behind the list of cases, and deadlines reckoned anew after the rules have changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from referral_desk.errors import DeskError

if TYPE_CHECKING:
    from referral_desk.gui.desk import Door


class Pieces(QObject):
    """One piece at a time is at the desk, so that nobody waits for more than one."""

    names_known = Signal()
    """Every name is in memory: neither a search nor who may be the same person has to be waited for."""
    reckoned = Signal(object)
    """How far the deadlines are reckoned anew; None where all of them are."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self._at_desk = self._learns_names = self._reckons = False

    @property
    def is_at_rest(self) -> bool:
        return not (self._learns_names or self._reckons)

    def learn_names(self) -> None:
        """Make ready what the first search and the first case need; asked again it goes on as it did."""
        self._learns_names = True
        self._next()

    def reckon(self) -> None:
        """Reckon anew the deadlines of all cases of which that is still to be done; names come first."""
        self._reckons = True
        self._next()

    def _next(self) -> None:
        if self._at_desk or self.is_at_rest:
            return
        self._at_desk = True
        do, told, unsealed = (
            (make_more_ready, self._tell_names, self.door.facts.entitled)
            if self._learns_names
            else (reckon_more, self._tell_reckoned, False)
        )
        self.door.piece(do, partial(self._come_back, told), unsealed=unsealed)

    def _come_back(self, told: Callable[[Any], object], brought: Any) -> None:
        """Paint before the next piece: two threads that both run Python hinder each other."""
        self._at_desk = False
        if isinstance(brought, Exception):
            self._learns_names = self._reckons = False
            self._say(brought)
        else:
            told(brought)
            QTimer.singleShot(0, self, self._next)

    def _say(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.door.refused.emit(str(error))
        else:
            self.door.failed.emit(error)

    def _tell_names(self, more: bool) -> None:
        self._learns_names = more
        if not more:
            self.names_known.emit()

    def _tell_reckoned(self, far: Any) -> None:
        self._reckons = far is not None
        self.reckoned.emit(far)


def make_more_ready(work: Any) -> bool:
    """A piece of what the first search and the first case would wait for; whether there is more of it."""
    more: bool = work.learning.make_more()
    return more


def reckon_more(work: Any) -> Any:
    """A piece of the deadlines; how far they are."""
    from referral_desk.store import reckoning

    return reckoning.go_on(work)
