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
from alembic.script import ScriptDirectory

from referral_desk.nrm.case import Base
from referral_desk.store import engine, migrating


def main(message: str) -> None:
    """Build a store from the migrations that are there, compare it with the declarations, write the rest."""
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
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
        made.dispose()
    print(f"migrations/versions/{number:04d}_{slug}.py: read it, then commit it with the declaration.")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]).strip() or "change")
