"""A new question is one line and a generated migration; form, letter, table, command and catalogue follow."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
LINE = '    papers_promised: Mapped[YesNo | None] = yes_no(N_("Were papers promised?"), reach=Reach.STATISTICS)\n'
BEFORE = "    account: Mapped[str | None] = field(\n"

PROBE = """
import sys
from pathlib import Path
from referral_desk import letters, pages, store
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import FirstContact
from referral_desk.statistics import inside
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
import pypdfium2

sys.path.insert(0, "scripts")
import words as workshop

keys = {"passphrase": "lantern gravel otter puzzle", "recovery_key": new_recovery_key(), "cost": FLOOR}
desk = store.create(Path(sys.argv[1]), **keys)
with desk.work() as work:
    case = work.open_case(FirstContact(day=work.today))
    day = {"day": work.today.isoformat()}
    work.take(case, step_from(kind_of("interview"), day | {"papers_promised": "YES"}))
    agreed = {"status": "GIVEN", "scope": "SHARE_ORG", "recipient": "Clinic", "items": "NEEDS", "given_by": "PERSON"}
    work.take(case, step_from(kind_of("consent"), day | agreed))
    asked = {"recipient": "Clinic", "services": "MED", "urgency": "URGENT", "shares": "NEEDS"}
    referral = work.take(case, step_from(kind_of("referral"), day | asked))
    page = pages.case_page(case, work.today)
form = letters.checked_referral_form(desk, referral.id, language="en")
text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(form.pdf))
table = inside.look(desk, ["interview.papers_promised"])
desk.close()
print("page", any(line.label == "Were papers promised?" for step in page.timeline for line in step.lines))
print("letter", "Were papers promised?" in text)
print("table", "Were papers promised?" in str(table) and "Yes" in str(table))
print("catalogue", any(message.id == "Were papers promised?" for message in workshop.template()))
"""


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one line more."""
    copy = tmp_path_factory.mktemp("branch")
    for part in ("referral_desk", "migrations", "resources", "scripts"):
        shutil.copytree(HOUSE / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    file = copy / "referral_desk" / "nrm" / "identification.py"
    former = file.read_text(encoding="utf-8")
    assert former.count(BEFORE) == 1
    file.write_text(former.replace(BEFORE, LINE + BEFORE), encoding="utf-8")
    return copy


def run(branch: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=branch,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(branch)},
    )
    assert done.returncode == 0, done.stderr[-800:]
    return done.stdout


def test_one_line_and_a_generated_migration_are_enough(branch: Path) -> None:
    before = set((branch / "migrations" / "versions").glob("*.py"))
    run(branch, "scripts/migrate.py", "papers promised")
    [migration] = set((branch / "migrations" / "versions").glob("*.py")) - before

    said = run(branch, "-c", PROBE, str(branch / "desk"))
    asked = run(branch, "-m", "referral_desk", "take", "interview", "--help")

    assert 'add_column(sa.Column("papers_promised", sa.String()' in migration.read_text().replace("'", '"')
    assert said.split() == ["page", "True", "letter", "True", "table", "True", "catalogue", "True"]
    assert "--papers-promised" in asked
