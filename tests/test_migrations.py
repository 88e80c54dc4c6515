"""Migrations: run from empty they give what the declarations say, and they keep what was there."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from referral_desk import pages, resources, store
from referral_desk.nrm.case import Base
from referral_desk.nrm.person import FirstContact
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from scripts import migrate
from tests.cast import PASSPHRASE

VERSIONS = migrate.ROOT / "migrations" / "versions"


def a_desk(folder: Path) -> store.Desk:
    return store.create(folder, passphrase=PASSPHRASE, recovery_key=new_recovery_key(), cost=FLOOR)


def test_the_newest_store_is_what_the_declarations_say(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk") as desk, desk.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert found == []


def test_revisions_form_one_line() -> None:
    files = sorted(resources.migrations().glob("versions/*.py"))
    named = [(_said(file, "revision"), _said(file, "down_revision")) for file in files]

    assert [former for _own, former in named] == ["None", *(own for own, _former in named[:-1])]


def test_an_older_store_is_copied_and_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_desk(tmp_path / "desk") as desk:
        with desk.work() as work:
            code = work.open_case(FirstContact(day=work.today, first_words="A bed, please.")).code
        with desk.engine.begin() as connection:
            connection.execute(text('ALTER TABLE "family_tracing" DROP COLUMN "through"'))

    folder = Path(shutil.copytree(resources.migrations(), tmp_path / "migrations"))
    (folder / "versions" / "9998_only_for_this_test.py").write_text(NEXT.format(former=_newest()), encoding="utf-8")
    monkeypatch.setattr(resources, "migrations", lambda: folder)
    with store.open_desk(tmp_path / "desk", passphrase=PASSPHRASE) as desk, desk.work() as work:
        page = pages.case_page(work.case(code), work.today)

    assert page.timeline[-1].lines[-1].text == "A bed, please."
    assert (tmp_path / "desk" / "data-0001.before-1").exists()


NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "{former}"


def upgrade():
    with op.batch_alter_table("family_tracing") as table:
        table.add_column(sa.Column("through", sa.String()))
"""


def _said(file: Path, name: str) -> str:
    match = re.search(rf"^{name} = (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert match, file.name
    assert importlib.util.spec_from_file_location(file.stem, file)
    return match.group(1).strip("\"'")


def _newest() -> str:
    return _said(max(resources.migrations().glob("versions/*.py")), "revision")


def test_where_nothing_changed_no_migration_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    there = set(VERSIONS.glob("*.py"))

    migrate.main("nothing new")

    written = set(VERSIONS.glob("*.py")) - there
    for file in written:
        file.unlink()
    assert written == set()
    assert "Nothing to migrate" in capsys.readouterr().out
