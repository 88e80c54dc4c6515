"""Desks that something comes into from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from referral_desk import store
from referral_desk.store import Purpose
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE, TODAY

NewDesk = Callable[[Purpose], store.Desk]


def clock() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def new_desk(tmp_path_factory) -> Iterator[NewDesk]:
    """Makes empty desks, and closes them in the end."""
    made: list[store.Desk] = []

    def make(purpose: Purpose = Purpose.REAL) -> store.Desk:
        folder = tmp_path_factory.mktemp("desks") / "desk"
        keys = {"passphrase": PASSPHRASE, "recovery_key": new_recovery_key()}
        made.append(store.create(folder, cost=FLOOR, purpose=purpose, mechanism="SRB", clock=clock, **keys))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(new_desk):
    return new_desk()
