"""What all tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

from referral_desk.store import engine, migrating
from referral_desk.vault import slots
from tests.crew import founded, with_paper_and_another

# Before anything imports Qt, which reads it once: tests draw into memory and need no screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_stretched = cache(slots.stretched)
_migrate = migrating.migrate
_newest: list[str] = []
"""The statements that make an empty store the newest one."""


@pytest.fixture(scope="module", autouse=True)
def stretched_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Stretching is most of what tests of a desk take: no passphrase is stretched twice, but in tests of the vault."""
    with pytest.MonkeyPatch.context() as patch:
        if not request.path.name.startswith("test_vault"):
            patch.setattr(slots, "stretched", _stretched)
        yield


@pytest.fixture(scope="module", autouse=True)
def migrated_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """A new store runs no migration that another one has run: it gets what came of them, but in tests of migrations."""
    with pytest.MonkeyPatch.context() as patch:
        if request.path.name != "test_migrations.py":
            patch.setattr(migrating, "migrate", _made_newest)
        yield


def _made_newest(made: Engine) -> None:
    with made.connect() as connection:
        is_empty = not connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first()
    if not is_empty or not _newest:
        _migrate(made)
        if is_empty:
            _newest.extend(_dumped(made))
        return
    with engine.told_apart(), made.begin() as connection:
        for statement in _newest:
            connection.exec_driver_sql(statement)


def _dumped(made: Engine) -> list[str]:
    """Every table, index and trigger, and the one row that migrations write: which of them was the last."""
    with made.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE sql <> '' ORDER BY type = 'trigger', type DESC, rowid"
        )
        [number] = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()
        return [*tables.scalars(), f"INSERT INTO alembic_version VALUES ('{number}')"]  # noqa: S608 - our own number


@pytest.fixture(scope="session")
def crew_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of Ana, Bo and Cora, to be copied and never opened."""
    return founded(tmp_path_factory.mktemp("crew") / "desk")


@pytest.fixture(scope="session")
def two_cases(crew_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The crew's desk with a whole case and somebody else's, to be copied and never opened."""
    return with_paper_and_another(Path(shutil.copytree(crew_desk, tmp_path_factory.mktemp("two") / "desk")))
