"""Work that is broken off because the desk has to be locked before it is done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event


class BrokenOff(Exception):
    """The desk is being locked. Nothing of this piece of work is kept, and nothing is wrong."""


class Breaking:
    """Lets the work in hand fail at its next statement; what begins afterwards is not touched."""

    def __init__(self, made: Engine) -> None:
        self._begun = 0
        self._over = 0
        self._in_hand: Any = None
        self.watch(made)

    def watch(self, made: Engine) -> None:
        """Look at what this engine does, too."""
        event.listen(made, "begin", self._begin)
        event.listen(made, "before_cursor_execute", self._look)
        for ended in ("commit", "rollback"):
            event.listen(made, ended, self._end)

    def break_off(self) -> None:
        """To be said again until the work has ended: what runs between two statements hears it only at the next."""
        self._over = self._begun
        if self._in_hand is not None:
            self._in_hand.interrupt()

    def _begin(self, connection: Any) -> None:
        self._begun += 1
        connection.info["begun"] = self._begun
        self._in_hand = connection.connection.dbapi_connection

    def _end(self, connection: Any) -> None:
        connection.info.pop("begun", None)
        self._in_hand = None

    def _look(self, connection: Any, *_statement: object) -> None:
        begun = connection.info.get("begun")
        if begun is not None and begun <= self._over:
            raise BrokenOff
