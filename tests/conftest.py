"""What all tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from referral_desk.vault import slots
from tests.crew import founded, with_paper_and_another

# Before anything imports Qt, which reads it once: tests draw into memory and need no screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_stretched = cache(slots.stretched)


@pytest.fixture(scope="module", autouse=True)
def stretched_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Stretching is most of what tests of a desk take: no passphrase is stretched twice, but in tests of the vault."""
    with pytest.MonkeyPatch.context() as patch:
        if not request.path.name.startswith("test_vault"):
            patch.setattr(slots, "stretched", _stretched)
        yield


@pytest.fixture(scope="session")
def crew_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of Ana, Bo and Cora, to be copied and never opened."""
    return founded(tmp_path_factory.mktemp("crew") / "desk")


@pytest.fixture(scope="session")
def two_cases(crew_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The crew's desk with a whole case and somebody else's, to be copied and never opened."""
    return with_paper_and_another(Path(shutil.copytree(crew_desk, tmp_path_factory.mktemp("two") / "desk")))
