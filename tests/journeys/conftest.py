"""The journeys take place at a real desk: an encrypted store in a folder, and a clock that goes with the story."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from referral_desk import store
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE
from tests.crew import RECOVERY_KEY
from tests.journeys import ways


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of Ana's in Serbia, made once; every journey gets a copy."""
    folder = tmp_path_factory.mktemp("journeys") / "desk"
    store.create(folder, passphrase=PASSPHRASE, recovery_key=RECOVERY_KEY, cost=FLOOR, mechanism="SRB").close()
    return folder


@pytest.fixture
def desk(founded: Path, tmp_path: Path) -> Iterator[store.Desk]:
    """Open while the journey lasts; at its end the store says the same as the case, and so does what is due."""
    folder = Path(shutil.copytree(founded, tmp_path / "desk"))
    with store.open_desk(folder, passphrase=PASSPHRASE) as opened:
        ways.HERE.append(opened)
        yield opened
        ways.is_well_kept()
        ways.HERE.clear()
