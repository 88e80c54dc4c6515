"""The page that everybody reads first: its commands, typed one after the other, do what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from referral_desk.cli import main
from tests.cast import PASSPHRASE

README = Path(__file__).parent.parent / "README.md"
INVENTED = "RD-7K3M-9QXF"
"""The case that stands in the examples; whoever types them takes one that has a referral to be printed."""


def commands() -> list[list[str]]:
    said = re.findall(r"^    referral-desk (.+)$", README.read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(line) for line in said]


def test_the_commands_of_the_readme_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    codes = [INVENTED]
    written = []

    for words in commands():
        worked = any(_ends(words, code, secret) == 0 for code in (codes if words[0] == "letter" else codes[:1]))
        said = capsys.readouterr()
        assert worked, (words, said.err)
        codes = re.findall(r"RD-\w{4}-\w{4}", said.out) if words[:2] == ["case", "list"] else codes
        written += [Path(words[words.index("--to") + 1])] if "--to" in words else []

    assert len(codes) > 1
    assert written
    assert all(file.read_bytes().startswith(b"%PDF") for file in written)


def _ends(words: list[str], code: str, secret: Path) -> int:
    return main([*(code if word == INVENTED else word for word in words), "--passphrase-from", str(secret)])
