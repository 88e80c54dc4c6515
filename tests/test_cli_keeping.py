"""Members, journal, backups and erasure without windows: the words one types, and no secret among them."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from referral_desk import backup_passphrase, errors, staff, store
from referral_desk.cli import main
from referral_desk.cli.main import desk
from referral_desk.vault import slots
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, BO, CANARIES, RECOVERY_KEY

FRESH = "ladder pepper window cotton harbor"


class Typist:
    """Types commands at one desk, with lines on standard input, and hears what they say."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def types(self, *words: str, lines: tuple[str, ...] = (ANA,), login: str = "ana", code: int = 0) -> str:
        opening = () if words[0] == "restore" else ("--desk", str(self.folder))
        way = (
            () if words[0] == "restore" or "--recovery-from" in words else ("--login", login, "--passphrase-from", "-")
        )
        self._monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))
        ended = main([*words, *opening, *way])
        said = self._capsys.readouterr()
        assert ended == code, said
        return said.out + said.err


@pytest.fixture
def ana(crew_desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typist:
    for module in (staff, slots):
        monkeypatch.setattr(module, "calibrated", lambda: FLOOR)
    return Typist(Path(shutil.copytree(crew_desk, tmp_path / "desk")), capsys, monkeypatch)


def code_of(ana: Typist) -> str:
    found = re.search(r"RD-\w{4}-\w{4}", ana.types("case", "list"))
    assert found
    return found[0]


def test_a_member_is_added_listed_and_removed(ana: Typist) -> None:
    given = json.loads(ana.types("member", "add", "Dana", "--role", "caseworker", "--new-login", "dana", "--json"))
    listed = json.loads(ana.types("member", "list", "--json"))

    assert [one["name"] for one in listed] == ["Ana", "Bo", "Cora", "Dana"]
    assert "Dana  caseworker" in ana.types("member", "list", lines=(given["passphrase"],), login="dana")
    assert "keys are changed" in ana.types("member", "remove", "dana")
    ana.types("member", "list", lines=(given["passphrase"],), login="dana", code=11)


def test_a_coordinator_is_refused_with_a_code_of_its_own(ana: Typist) -> None:
    ana.types("member", "remove", "Ana", lines=(BO,), login="bo", code=errors.KeeperNeeded.exit_code)
    ana.types("erase", code_of(ana), lines=(BO,), login="bo", code=errors.NotEntitled.exit_code)


def test_ones_own_passphrase_is_changed_by_lines_on_standard_input(ana: Typist) -> None:
    said = ana.types(
        "passphrase", "--own-login", "ana", "--present-from", "-", "--new-from", "-", lines=(ANA, ANA, FRESH)
    )

    assert FRESH not in said
    ana.types("case", "list", code=11)
    ana.types("case", "list", lines=(FRESH,))


def test_the_recovery_key_is_proved_and_replaced(ana: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = new_recovery_key()
    monkeypatch.setattr("referral_desk.cli.people.new_recovery_key", lambda: fresh)

    assert "never proved" in ana.types("recovery", "status")
    assert "Proved on" in ana.types("recovery", "prove", "--key-from", "-", lines=(ANA, RECOVERY_KEY))
    assert json.loads(ana.types("recovery", "status", "--json"))["proven_at"]
    ana.types("recovery", "renew", "--type-back-from", "-", lines=(ANA, RECOVERY_KEY), code=22)
    ana.types("recovery", "renew", "--type-back-from", "-", lines=(ANA, fresh))
    ana.types("recovery", "prove", "--key-from", "-", lines=(ANA, RECOVERY_KEY), code=22)
    ana.types("recovery", "prove", "--key-from", "-", lines=(ANA, fresh))


SIX = "hazelnut vigilant crumpled dolphin escapade turnstile"


def test_six_words_open_backups_once_they_are_typed_back(
    ana: Typist, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(backup_passphrase, "generated", lambda: SIX)
    words = ("backup", "passphrase")

    assert SIX in ana.types(*words, "--type-back-from", "-", lines=(ANA, SIX[:-1]), code=11)
    ana.types(*words, "--own-from", "-", lines=(ANA, "ja te volim najvise na svetu"), code=18)
    ana.types(*words, "--type-back-from", "-", lines=(ANA, SIX))
    ana.types("backup", "make")
    source = max(path for path in (ana.folder / "backups").iterdir() if path.is_dir())
    ana.types("restore", str(source), "--to", str(tmp_path / "again"), "--key-from", "-", lines=(SIX,))
    assert "recovery key alone" in ana.types(*words, "--drop")
    ana.types(*words, "--drop", code=64)


def test_the_first_command_of_a_day_looks_over_and_backs_up(ana: Typist) -> None:
    ana.types("case", "list")
    ana.types("case", "list")

    listed = json.loads(ana.types("backup", "list", "--json"))
    told = ana.types("journal", "list")
    assert len(listed) == 1
    assert told.count("looked over the whole store") == told.count("made the backup") == 1


def test_the_journal_is_verified_and_a_head_written_down_is_looked_for(ana: Typist) -> None:
    told = json.loads(ana.types("journal", "verify", "--json"))

    assert told["entries"] >= 7
    assert "whole" in ana.types("journal", "verify", "--head", told["head"])
    ana.types("journal", "verify", "--head", "0" * 64, code=errors.JournalBroken.exit_code)


def test_a_desk_is_backed_up_lost_and_restored_by_commands_alone(ana: Typist, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ana.types("backup", "place", str(stick))
    ana.types("backup", "make")
    held = json.loads(ana.types("backup", "status", "--json"))
    ana.types("backup", "check", held["last"]["name"])
    shutil.rmtree(ana.folder)

    backup = stick / held["last"]["name"]
    assert "1 cases" in ana.types("restore", str(backup), "--key-from", "-", lines=(RECOVERY_KEY,))
    ana.types("restore", str(backup), "--key-from", "-", lines=(new_recovery_key(),), code=22)
    ana.types("restore", str(backup), "--key-from", "-", "--to", str(ana.folder), lines=(RECOVERY_KEY,))
    reset = ("member", "reset", "Ana", "--new-login", "ana", "--json", "--recovery-from", "-")
    given = json.loads(ana.types(*reset, lines=(RECOVERY_KEY,)))
    assert "RD-" in ana.types("case", "list", "--find", "-", lines=(given["passphrase"], "zdravka"))


def test_an_older_copy_is_refused_and_opened_on_request(ana: Typist, tmp_path: Path) -> None:
    older = shutil.copy(ana.folder / "data-0001.db", tmp_path / "older")
    ana.types("case", "new", "--contact", "HELPLINE")
    shutil.copy(older, ana.folder / "data-0001.db")

    assert "changes are missing" in ana.types("case", "list", code=errors.ChangesMissing.exit_code)
    ana.types("case", "list", "--as-it-is")
    ana.types("case", "list")


def test_a_case_is_erased_after_the_plan_was_said(ana: Typist) -> None:
    code = code_of(ana)
    planned = json.loads(ana.types("erase", code, "--json"))
    assert planned["code"] == code
    ana.types("erase", code, "--ground", "retention", "--yes", code=errors.KeptUntil.exit_code)

    said = ana.types("erase", code, "--ground", "request", "--yes")

    assert "Certificate of erasure" in said
    assert not any(canary in said for canary in CANARIES)
    ana.types("case", "show", code, code=errors.UnknownCase.exit_code)


def test_a_person_gets_everything_that_is_kept(ana: Typist) -> None:
    code = code_of(ana)
    told = json.loads(ana.types("access", code, "--json"))
    said = ana.types("access", code)
    first = next(one for one in told["recorded"] if one["label"] == "First contact")

    assert all(canary in said for canary in CANARIES if not canary[0].isdigit())
    assert "!" in said
    assert "Milivojska" not in ana.types("access", code, "--withhold", f"{first['id']}.first_words")
    ana.types("access", code, "--withhold", "nonsense", code=2)


def every_option(command: click.Command) -> Iterator[str]:
    yield from (name for option in command.params for name in option.opts if isinstance(option, click.Option))
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from every_option(inner)


def test_no_command_takes_a_secret_as_a_word() -> None:
    secret = {name for name in every_option(desk) if re.search("passphrase|key|recovery|secret", name)}

    assert len(secret) > 2
    assert {name for name in secret if not name.endswith("-from")} == set()


def test_an_evaluation_desk_is_not_backed_up_by_itself(tmp_path: Path, ana: Typist) -> None:
    store.create(
        tmp_path / "public",
        passphrase=ANA,
        login="ana",
        recovery_key=RECOVERY_KEY,
        cost=FLOOR,
        purpose=store.Purpose.EVALUATION,
    ).close()
    ana.folder = tmp_path / "public"
    ana.types("case", "list")

    assert not (tmp_path / "public" / "backups").exists()
