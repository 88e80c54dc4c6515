"""Whom the cases of a desk warn of: made in memory, with the seal in force, gone with the process."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from referral_desk.store.signs import Fits, Known, Signs, address, fits, signs_of


class Warnings:
    """Those who exploited somebody, by the step that tells of them."""

    def __init__(self) -> None:
        self.is_ready = False
        self._known: dict[UUID, Known] = {}
        self._by_key: dict[str, set[UUID]] = {}
        self._vague: set[UUID] = set()

    def become(self, entries: Iterable[tuple[UUID, Known]]) -> None:
        """Know these and nobody else."""
        self.forget()
        for step_id, one in entries:
            self.add(step_id, one)
        self.is_ready = True

    def forget(self) -> None:
        """Know nothing any more, so that it is made anew."""
        self.is_ready = False
        for held in (self._known, self._by_key, self._vague):
            held.clear()

    def add(self, step_id: UUID, one: Known) -> None:
        """Warn of somebody new, or of the same one as a correction tells it."""
        self.drop(step_id)
        self._known[step_id] = one
        for key in _keys(one):
            self._by_key.setdefault(key, set()).add(step_id)

    def drop(self, step_id: UUID) -> None:
        one = self._known.pop(step_id, None)
        for key in _keys(one) if one else ():
            self._by_key[key].discard(step_id)

    def warn_of(self, text: str) -> Fits:
        """How surely a text holds what is recorded of somebody."""
        if not text or not self._known:
            return Fits.NOT
        told = signs_of(text)
        near = set().union(*(self._by_key.get(key, ()) for key in _asked(told, text)))
        return max((fits(told, text, self._known[step_id]) for step_id in near), default=Fits.NOT)


def _keys(one: Known) -> Iterable[str]:
    """Under what somebody is looked up: every number, and every reading of the words of names and addresses."""
    yield from one.phones
    yield from one.emails
    for name in one.names:
        yield from max(name, key=lambda form: max(map(len, form)))
    for words in one.addresses:
        yield from _houses(words)


def _houses(words: frozenset[str]) -> Iterable[str]:
    """Each word of an address with each of its numbers: a town alone is shared by thousands."""
    numbers = [word for word in words if word[:1].isdigit()]
    return (f"{number} {word}" for number in numbers for word in words if word not in numbers)


def _asked(told: Signs, text: str) -> Iterable[str]:
    yield from _houses(address(text))
    yield from told.phones
    yield from told.emails
    for form in told.words:
        yield from form
        yield from (one[1:] for one in form if one.startswith("?"))
