"""Who may be the same person as somebody else: in memory, with the seal in force, gone with the process."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from referral_desk.store.likeness import Identity, Reason, reasons

MOST = 40
"""So many candidates are compared: more would be no help to anybody."""


class Likenesses:
    """What is known of the persons of all cases, found by number and phone; by name the index of names helps."""

    def __init__(self) -> None:
        self.is_ready = False
        self._known: dict[UUID, Identity] = {}
        self._by_key: dict[str, set[UUID]] = {}

    def become(self, entries: Iterable[tuple[UUID, Identity]]) -> None:
        self.forget()
        for case_id, one in entries:
            self.add(case_id, one)
        self.is_ready = True

    def forget(self) -> None:
        """Know nothing any more, so that it is made anew."""
        self.is_ready = False
        self._known.clear()
        self._by_key.clear()

    def add(self, case_id: UUID, one: Identity) -> None:
        """Know the person of a case, or know her or him better."""
        self.drop(case_id)
        self._known[case_id] = one
        for key in one.keys:
            self._by_key.setdefault(key, set()).add(case_id)

    def drop(self, case_id: UUID) -> None:
        former = self._known.pop(case_id, None)
        for key in former.keys if former else ():
            self._by_key[key].discard(case_id)

    def of(self, case_id: UUID) -> Identity | None:
        return self._known.get(case_id)

    def like(self, case_id: UUID, named_alike: Iterable[UUID]) -> list[tuple[UUID, tuple[Reason, ...]]]:
        """The cases that may be of the same person, with why, those with the strongest reason first."""
        mine = self._known.get(case_id)
        if mine is None:
            return []
        near = dict.fromkeys(other for key in mine.keys for other in self._by_key.get(key, ()))
        near.update(dict.fromkeys(named_alike))
        near.pop(case_id, None)
        told = [(other, reasons(mine, self._known[other])) for other in list(near)[:MOST] if other in self._known]
        order = list(Reason)
        return sorted(((o, why) for o, why in told if why), key=lambda one: order.index(one[1][0]))
