"""Write the migration that turns the newest store into what the declarations say now.

make migrate m="what changed"
"""

from __future__ import annotations

import re
import secrets
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.operations.ops import MigrationScript
from alembic.script import ScriptDirectory

from referral_desk.nrm.case import Base
from referral_desk.store import engine, migrating

ROOT = Path(__file__).parent.parent


def main(message: str) -> None:
    """Build a store from the migrations that are there, compare it with the declarations, write the rest if any."""
    key = secrets.token_bytes(32)
    config = migrating.configuration()
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    slug = re.sub(r"\W+", "_", message.lower()).strip("_")[:40]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        engine.connect(file, key, create=True).close()
        made = engine.engine(file, key)
        migrating.migrate(made)
        with made.begin() as connection:
            config.attributes.update(connection=connection, metadata=Base.metadata)
            command.revision(
                config,
                message,
                autogenerate=True,
                rev_id=f"{number:04d}",
                process_revision_directives=_without_an_empty_one,
            )
        made.dispose()
    file = ROOT / "migrations" / "versions" / f"{number:04d}_{slug}.py"
    if file.exists():
        print(f"{file.relative_to(ROOT)}: read it, then commit it with the declaration.")
    else:
        print("Nothing to migrate: sealed answers have no column.")


def _without_an_empty_one(_context: object, _revision: object, directives: list[MigrationScript]) -> None:
    """Write no migration where declarations and store agree."""
    if directives[0].upgrade_ops is not None and directives[0].upgrade_ops.is_empty():
        directives.clear()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]).strip() or "change")
