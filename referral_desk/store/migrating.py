"""Bringing a store up to date, after a copy; a store that is newer than the program is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from referral_desk import resources
from referral_desk.errors import DeskDamaged, DeskNewer
from referral_desk.store import engine, step_kinds


def is_current(made: Engine) -> bool:
    """Whether the store is up to date; DeskNewer where a later program made it, DeskDamaged where it is empty."""
    known = revisions()
    with made.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    if at is None:
        raise DeskDamaged
    if at not in known:
        raise DeskNewer
    return at == known[0]


def revisions() -> tuple[str, ...]:
    """Every revision of the store that this program knows, the newest first."""
    files = (resources.migrations() / "versions").glob("*.py")
    return _read(frozenset(file.name for file in files))


@cache
def _read(_files: frozenset[str]) -> tuple[str, ...]:
    """Read all migrations: that takes as long as half of opening a desk, and once is enough while no file comes."""
    scripts = ScriptDirectory.from_config(configuration())
    return tuple(script.revision for script in scripts.walk_revisions())


def migrate(made: Engine) -> None:
    """Run what is missing, all or nothing."""
    config = configuration()
    with engine.told_apart(), made.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        step_kinds.keep(connection)


def migrate_after_copy(made: Engine, file: Path, database_key: bytes) -> None:
    """Keep the store as it was beside the new one, then migrate."""
    part = file.with_name(f"{file.stem}.copying")
    part.unlink(missing_ok=True)
    engine.copy(file, part, database_key)
    part.replace(_free_name(file))
    migrate(made)


def copies(folder: Path) -> list[Path]:
    """The stores kept as they were before, and one whose copying did not come to its end."""
    return [*folder.glob("data-*.before-*"), *folder.glob("data-*.copying*")]


def _free_name(file: Path) -> Path:
    """A name for the copy that takes the place of no earlier copy."""
    numbers = (number for number in range(1, 10_000) if not file.with_name(f"{file.stem}.before-{number}").exists())
    return file.with_name(f"{file.stem}.before-{next(numbers)}")


def configuration() -> Config:
    """Where Alembic finds the migrations."""
    config = Config()
    config.set_main_option("script_location", str(resources.migrations()).replace("%", "%%"))
    return config
