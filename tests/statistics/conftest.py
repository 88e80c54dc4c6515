"""Desks to count at: one of invented people, one where a test says who came."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from referral_desk import store
from referral_desk.exchange import practice
from referral_desk.nrm.case import Case
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import FirstContact
from referral_desk.store import Purpose
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE, TODAY

HOW_MANY = 300

Happens = Callable[..., Case]


def clock() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)


def new_desk(folder: Path, purpose: Purpose = Purpose.PRACTICE) -> store.Desk:
    made = {"passphrase": PASSPHRASE, "recovery_key": new_recovery_key(), "mechanism": "SRB"}
    return store.create(folder, cost=FLOOR, purpose=purpose, clock=clock, **made)


@pytest.fixture(scope="session")
def crowd(tmp_path_factory) -> Iterator[store.Desk]:
    """A desk of invented people, of whom a test changes nothing."""
    with new_desk(tmp_path_factory.mktemp("crowd") / "desk") as desk:
        practice.fill(desk, cases=HOW_MANY)
        yield desk


@pytest.fixture(scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk to which nobody has come yet, made once; every test gets a copy."""
    folder = tmp_path_factory.mktemp("nobody") / "desk"
    new_desk(folder).close()
    return folder


@pytest.fixture
def desk(nobody: Path, tmp_path: Path) -> Iterator[store.Desk]:
    folder = Path(shutil.copytree(nobody, tmp_path / "desk"))
    with store.open_desk(folder, passphrase=PASSPHRASE, clock=clock) as opened:
        yield opened


@pytest.fixture
def comes(desk: store.Desk) -> Happens:
    """Somebody comes to the desk, and these steps are taken: `comes(("person", {"gender": "F"}))`."""

    def comes(*steps, times=1):
        with desk.work() as work:
            for _time in range(times):
                case = work.open_case(FirstContact(day=work.today))
                for kind, written in steps:
                    work.take(case, step_from(kind_of(kind), {"day": work.today.isoformat()} | written))
        return case

    return comes
