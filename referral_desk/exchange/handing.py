"""Files that leave a desk: the desk knows of them before they are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from referral_desk import files
from referral_desk.store import Desk, Work

Gives = Callable[[Path, bytes], None]


@contextmanager
def handing_out(desk: Desk) -> Iterator[tuple[Work, Gives]]:
    """A piece of work with no seal in force, and how a file is given out by it.

    The file lies whole beside its place until the work is kept, and only then takes it: what was noted of a file that
    never came to be harms nobody, while one that nobody knows of might be published a second time in another way.
    """
    with ExitStack() as beside, desk.work(unsealed=False) as work:
        yield work, lambda target, content: beside.enter_context(files.ready(target, content))


def hand_out(desk: Desk, target: Path, make: Callable[[Work], bytes]) -> None:
    """Give out one file; what making it or files.write raises leaves no file and nothing noted."""
    with handing_out(desk) as (work, give):
        give(target, make(work))
