"""The documents keep their promises: what they name exists, and they speak of this project alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
PINNED = re.compile(r"^([\w.\[\]-]+==[^\s;\\]+)[^\n]*\\\n((?:\s+--hash=sha256:[0-9a-f]{64}\s*\\?\n?)+)", re.MULTILINE)
ROOTS = ("", "referral_desk")
NOT_OURS = {"dist/", "backups/"}
"""Lies in a desk, or is only made by building."""

DOCUMENTS = ("README.md", "SECURITY.md", "CONTRIBUTING.md", "DECISIONS.md", "GLOSSARY.md", "CHANGELOG.md")


def read(name: str) -> str:
    return (HOUSE / name).read_text(encoding="utf-8")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [HOUSE / name for name in listed.stdout.splitlines() if (HOUSE / name).is_file()]


THREATS = 22
"""How many the design counts; what was added later has the numbers after that."""

KEPT = ("**Promised.**", "**Promised** as in", "**In part.**")
OPEN = ("**Not promised.**", "**Not built.**")


def threats() -> list[list[str]]:
    """The rows of the table of threats: number, threat, promise, mechanism, tests."""
    rows = re.findall(r"^\| (\d+ \|.*) \|$", read("SECURITY.md"), re.MULTILINE)
    return [row.split(" | ") for row in rows]


def existing_tests() -> set[str]:
    code = "\n".join(file.read_text(encoding="utf-8") for file in (HOUSE / "tests").rglob("test_*.py"))
    return set(re.findall(r"^ *def (test_\w+)\(", code, re.MULTILINE))


def test_every_promise_names_a_test_that_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", read("SECURITY.md")))

    assert named
    assert named - existing_tests() == set()


def test_every_threat_says_whether_it_is_answered_and_every_promise_has_a_test() -> None:
    found = threats()

    assert [row[0] for row in found] == [str(number) for number in range(1, len(found) + 1)]
    assert len(found) >= THREATS
    for number, _threat, promise, mechanism, tests in found:
        assert promise.startswith(KEPT + OPEN), number
        named = set(re.findall(r"`(test_\w+)`", tests))
        assert bool(named & existing_tests()) is promise.startswith(KEPT), number
        assert len(mechanism) > 10 or promise.startswith(OPEN), number


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", read(name)):
        assert (HOUSE / target).exists(), target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_path_that_is_named_exists(name: str) -> None:
    """As it stands, or as the short form of one in the program or among its figures."""
    named = set(re.findall(r"`([\w./-]+/[\w.-]*|[\w/-]+\.(?:py|toml))`", read(name))) - NOT_OURS
    lost = {path for path in named if not any((HOUSE / root / path).exists() for root in ROOTS)}

    assert lost == set()


def test_commands_in_the_readme_exist() -> None:
    makefile = read("Makefile")
    for target in re.findall(r"`make ([a-z]+)", read("README.md")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    forbidden = re.compile(r"https?://[^\s)\"']*(?:pypi|pythonhosted|npmjs)|/root/|/work/|/opt/" + "wheels")
    texts = [file for file in tracked() if file.suffix in {".py", ".md", ".txt", ".in", ".toml", ".yml", ".cfg", ""}]

    naming = [file for file in texts if forbidden.search(file.read_text(encoding="utf-8", errors="replace"))]
    found = {str(file.relative_to(HOUSE)) for file in naming}

    assert found - {"tests/test_documents.py"} == set()


def test_every_requirement_is_pinned_with_a_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        pins = PINNED.findall(read(name))
        named = re.findall(r"^[\w.\[\]-]+\s*[=<>~]", read(name), re.MULTILINE)
        assert pins
        assert len(pins) == len(named)
