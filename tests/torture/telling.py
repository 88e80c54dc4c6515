"""What a child at a desk tells its parent: what it is about to change, and what the program says is kept.

A thing has a name of its folder and itself (`desk:words/RD-…`) and a value; None is "not there". One JSON line each.
"""

from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from referral_desk.errors import DeskError

P = ParamSpec("P")
R = TypeVar("R")

Value = str | int | None


@dataclass
class Told:
    """What must be so: for each thing the value that was acknowledged last, and those begun since.

    `former` holds what a thing was before; `refused` the errors that were told, in order.
    """

    values: dict[str, set[Value]] = field(default_factory=dict)
    former: dict[str, set[Value]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    acknowledged: int = 0
    has_ended: bool = False

    def hear(self, line: str) -> None:
        """Take in one line; one that was cut short says nothing."""
        try:
            said = json.loads(line)
        except ValueError:
            return
        if "begun" in said:
            self.values.setdefault(said["begun"], {None}).add(said["value"])
        elif "done" in said:
            self.acknowledged += 1
            self.keep(said["done"], said["value"])
        elif "refused" in said:
            self.refused.append(said["refused"])
        elif "ended" in said:
            self.has_ended = True

    def keep(self, thing: str, value: Value) -> None:
        """From now on this is what must be found."""
        self.former.setdefault(thing, set()).update(self.values.get(thing, ()))
        self.former[thing] -= {value, None}
        self.values[thing] = {value}

    def of(self, folder: str, kind: str = "") -> dict[str, set[Value]]:
        """The things of a folder, or those of a kind in it (`words/`), by the rest of their names."""
        begins = f"{folder}:{kind}"
        return {thing.removeprefix(begins): values for thing, values in self.values.items() if thing.startswith(begins)}


def heard(lines: Iterable[str], known: dict[str, Value]) -> Told:
    """What must be so after these lines, where `known` was so before."""
    told = Told({thing: {value} for thing, value in known.items()})
    for line in lines:
        told.hear(line)
    return told


class Teller:
    """A child's mouth."""

    def say(self, **what: Value) -> None:
        """One line, at once: what was said is out even if the process ends here."""
        os.write(1, json.dumps(what).encode() + b"\n")

    def done(self, thing: str, value: Value) -> None:
        """The program has returned: from now on this must never be lost."""
        self.say(done=thing, value=value)

    @contextmanager
    def changing(self, *things: tuple[str, Value]) -> Iterator[None]:
        """What happens within may or may not have happened, and has happened afterwards."""
        for thing, value in things:
            self.say(begun=thing, value=value)
        yield
        for thing, value in things:
            self.done(thing, value)

    def attempt(self, act: Callable[P, R], *given: P.args, **named: P.kwargs) -> R:
        """Do something; where it is refused, give the disk room, put the stick back, and do it again."""
        try:
            return act(*given, **named)
        except DeskError as refusal:
            self.say(refused=type(refusal).__name__)
            _mend_the_disk()
            return act(*given, **named)


def _mend_the_disk() -> None:
    recorder = ctypes.CDLL(None)
    if hasattr(recorder, "recorder_room"):
        recorder.recorder_room(ctypes.c_longlong(-1))
        recorder.recorder_gone(ctypes.c_long(-1))
