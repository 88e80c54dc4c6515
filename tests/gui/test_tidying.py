"""What windows leave behind is freed in their own thread; freed in another one it brings the program down."""

from __future__ import annotations

import gc
import threading


class Left:
    """Something that refers to itself, as a page and its buttons do, and tells where it was freed."""

    freed_in: list[threading.Thread] = []  # noqa: RUF012 - one list for all of them

    def __init__(self):
        self.itself = self

    def __del__(self):
        self.freed_in.append(threading.current_thread())


def test_nothing_is_freed_in_the_thread_that_works_at_the_desk(tidy):
    kept: list[list[int]] = []

    def work_at_the_desk():
        Left()
        kept.extend([] for _many in range(20 * gc.get_threshold()[0]))

    Left.freed_in.clear()
    worker = threading.Thread(target=work_at_the_desk)
    worker.start()
    worker.join()
    assert Left.freed_in == []

    tidy.tidy()

    assert Left.freed_in == [threading.current_thread()]
