"""The room of the door for backups: what the desk does for itself, and what pages ask of its backups."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from referral_desk import settings
from referral_desk.errors import DeskDamaged, DeskError, PlaceAway
from referral_desk.gui.desk_beside import Beside, Then

if TYPE_CHECKING:
    from referral_desk.gui.desk import Door

FIRST_LOOK = 2500
"""Milliseconds after the cases are shown: they come first."""
LOOK_AGAIN = 60_000
TRY_AGAIN = 15
"""How many looks later something that went wrong is tried again: a stick that was full, a disk that was."""
DECLINED = 60
"""How many looks are left out after somebody stopped one."""


class Upkeep(QObject):
    """Looks the desk over and backs it up once a day, brings backups to a stick that is back, and knows how it stands.

    What it finds is told by `changed`: quietly where all is well, as a concern where something must be done.
    """

    changed = Signal()

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.beside = Beside(door)
        self.standing: Any = None
        self.hindered: DeskError | None = None
        self._last_look: object = None
        self._left_out = 0
        self._timer = QTimer(self, interval=LOOK_AGAIN)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look soon, and from then on once in a while; asked again it goes on as it did."""
        if not self._timer.isActive():
            self._timer.start()
            QTimer.singleShot(FIRST_LOOK, self, self.look)

    def look(self) -> None:
        """Do what is due, if nothing long is in hand."""
        self._left_out = max(0, self._left_out - 1)
        if self.beside.in_hand is None and not self._left_out:
            self.beside.begin(partial(_look, self.door, self._last_look), self._looked, stopped=self._stopped)

    def look_now(self) -> None:
        """Something has changed: look without waiting for the next time."""
        self._last_look, self._left_out = None, 0
        self.look()

    def stop(self) -> None:
        """Somebody does not want it now."""
        self._left_out = DECLINED
        self.beside.stop()

    def back_up(self, *, then: Then, refused: Then) -> None:
        """Make a backup now."""
        done, not_done = partial(self._done, then), partial(self._refused, refused)
        self.beside.begin(partial(_make, self.door), done, refused=not_done)

    def back_up_quietly(self) -> None:
        """Make a backup because something has changed; only what goes wrong is told."""
        self.back_up(then=lambda _made: None, refused=lambda _error: None)

    def check(self, name: str, *, then: Then, refused: Then) -> None:
        """Open a backup once more."""
        self.beside.begin(partial(_check, self.door, name), partial(self._done, then), refused=refused)

    def read(self) -> None:
        """Find out how the desk stands, and tell everybody."""
        self.door.at_desk(_standing, self._learn)

    def concerns(self) -> tuple[Any, ...]:
        """What must not be overlooked, the most urgent first."""
        from referral_desk import standing

        found = standing.found(self.hindered) if self.hindered else None
        known = self.standing.concerns if self.standing else ()
        return (found, *known) if found else known

    def close(self) -> None:
        self._timer.stop()
        self.beside.close()

    def _looked(self, brought: tuple[object, DeskError | None] | None) -> None:
        if brought is not None:
            self._last_look, self.hindered = brought
            self._try_again_later()
        if brought is not None or self.standing is None:
            self.read()

    def _try_again_later(self) -> None:
        """But for damage, which does not mend by itself, and for a stick: it is seen when it is back."""
        if self.hindered and not isinstance(self.hindered, DeskDamaged | PlaceAway):
            self._last_look, self._left_out = None, TRY_AGAIN

    def _stopped(self, _nothing: None) -> None:
        """Keys were changed meanwhile, or somebody did not want it now: it is tried again at the next look."""
        self._last_look = None

    def _done(self, then: Then, brought: Any) -> None:
        from referral_desk.gui.desk import show

        self.hindered = None
        self.read()
        show(then, brought)

    def _refused(self, refused: Then, error: DeskError) -> None:
        from referral_desk.gui.desk import show

        self.hindered = error
        self._try_again_later()
        self.read()
        show(refused, error)

    def _learn(self, standing: Any) -> None:
        self.standing = standing
        self.changed.emit()


def _look(door: Door, last_look: object, aside: Any) -> tuple[object, DeskError | None] | None:
    """Do what is due, unless nothing has changed since the last look: the day, or whether the stick is in."""
    from referral_desk.store import upkeep

    now = door.in_turn(_what_matters)
    if now == last_look:
        return None
    return now, upkeep.daily(door.in_turn(_itself), aside)


def _what_matters(desk: Any) -> object:
    from referral_desk.store import backups

    with desk.work(unsealed=False) as work:
        today = work.today
    return today, tuple(backups.reachable(desk))


def _itself(desk: Any) -> Any:
    return desk


def _make(door: Door, aside: Any) -> Any:
    from referral_desk.store import backups

    return backups.make(door.in_turn(_itself), aside)


def _check(door: Door, name: str, aside: Any) -> Any:
    from referral_desk.store import backups

    return backups.check(door.in_turn(_itself), name, aside)


def _standing(desk: Any) -> Any:
    from referral_desk import standing

    return standing.read(desk)


def every(desk: Any) -> tuple[Any, ...]:
    """All backups that can be reached now, newest first."""
    from referral_desk.store import backups

    return backups.every(desk)


def name_place(desk: Any, folder: str) -> None:
    """Name the second place; an empty text for none."""
    from referral_desk.store import backups

    backups.name_place(desk, Path(folder) if folder else None)


def prove_recovery(desk: Any, typed: str) -> Any:
    from referral_desk import staff

    return staff.prove_recovery(desk, typed)


def renew_recovery(desk: Any, key: str) -> tuple[str, ...]:
    from referral_desk import staff

    return staff.renew_recovery(desk, key)


def find(place: str) -> tuple[Any, ...]:
    """The backups in a place that somebody chose."""
    from referral_desk.store import restoring

    return restoring.find(Path(place))


def summary(found: Any, key: str, places: tuple[str, ...]) -> Any:
    """What a backup holds."""
    from referral_desk.store import restoring

    return restoring.summary(found.folder, key, ledgers=_ledgers(found, places))


def restore(found: Any, target: str, key: str, places: tuple[str, ...], aside: Any) -> None:
    """Make a desk of a backup in a new folder, closed again."""
    from referral_desk.store import restoring

    restoring.restore(found.folder, Path(target), key, ledgers=_ledgers(found, places), aside=aside).close()


def _ledgers(found: Any, places: tuple[str, ...]) -> list[Path]:
    """Other lists of the erased: those of the desk that was open here last, and of its second place."""
    from referral_desk.store import restoring

    known = [*map(Path, places), Path(settings.load().last_desk) / restoring.FOLDER]
    return [place / f"{found.mark}.erased" for place in known if found.mark]
