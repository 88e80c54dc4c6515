"""The desk without windows: the words one types, what comes back, and how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest

from referral_desk import defects, errors, staff, store
from referral_desk.cli import main
from referral_desk.cli.steps import take
from referral_desk.nrm.case import KINDS
from referral_desk.nrm.fields import Reach
from referral_desk.roles import Role
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import LAWYERLY, PASSPHRASE
from tests.crew import BO

CLINIC = ("--recipient", "Clinic North")


class Typist:
    """Types commands at one desk and hears what they say."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def types(self, *words: str, answers: dict[str, Any] | None = None, typed: str = "", code: int = 0) -> str:
        """The standard output and error of a command that must end with `code`."""
        sealed = ("--answers-from", "-") if answers else ()
        heard = f"{PASSPHRASE}\n{json.dumps(answers) if answers else typed}"
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(heard))
        ended = main([*words, "--desk", str(self.folder), "--passphrase-from", "-", *sealed])
        said = self._capsys.readouterr()
        assert ended == code, said
        return said.out + said.err

    def opens_a_case(self, *words: str) -> str:
        return self.types("case", "new", *words).split()[-1]


@pytest.fixture
def ana(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typist:
    folder = tmp_path / "desk"
    store.create(folder, passphrase=PASSPHRASE, recovery_key=new_recovery_key(), cost=FLOOR, mechanism="SRB").close()
    return Typist(folder, capsys, monkeypatch)


def test_a_desk_is_created_and_says_its_recovery_key_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n")

    ended = main(["create", str(tmp_path / "desk"), "--passphrase-from", str(secret), "--organisation", "Open Door"])

    said = capsys.readouterr().out
    assert ended == 0
    assert "Recovery key: " in said
    with store.open_desk(tmp_path / "desk", passphrase=PASSPHRASE) as desk, desk.work() as work:
        assert work.about().organisation == "Open Door"


def test_a_case_is_recorded_found_and_shown(ana: Typist) -> None:
    code = ana.opens_a_case("--contact", "HELPLINE")
    ana.types("take", "person", code, "--gender", "F", "--age-band", "18--20", answers={"first_name": "Tijana"})

    listed = ana.types("case", "list", "--find", "-", typed="tijana")
    unnamed = ana.types("case", "list", "--find", "tijana")
    shown = ana.types("case", "show", code)
    named = json.loads(ana.types("case", "show", code, "--names", "--json"))

    assert code in listed
    assert code not in unnamed
    assert "Tijana" not in listed
    assert "Tijana" not in shown
    assert "▓▓▓▓" in shown
    assert named["name"] == "Tijana"


def test_a_childs_return_is_refused_with_sentence_and_source(ana: Typist) -> None:
    code = ana.opens_a_case()
    ana.types("take", "person", code, "--age-band", "9--17")
    calm = ("--approved", "YES", "--approved-by", "Mira", "--danger-to-life", "NO", "--danger-of-torture", "NO")
    ana.types("take", "risk", code, "--purpose", "PRE_RETURN", "--level", "LOW", *calm)
    ana.types("take", "rights", code, "--topics", LAWYERLY, "--language", "srp", "--understood", "YES")
    ana.types("take", "remedies", code, "--legal-advice", "YES", "--proceedings", "NONE", "--compensation", "UNDECIDED")

    said = ana.types("take", "return", code, "--manner", "VOLUNTARY_ASSISTED", code=errors.SafeguardsUnmet.exit_code)

    assert "best-interests determination" in said
    assert "CETS 197, art. 16(7)" in said
    agreed = ("--decision", "RETURN_IN_BI", "--guardian-consents", "YES", "--care-arranged", "YES")
    ana.types("take", "best_interests", code, *agreed)
    assert "Taken" in ana.types("take", "return", code, "--manner", "VOLUNTARY_ASSISTED")


def test_a_correction_keeps_the_former_revision(ana: Typist) -> None:
    code = ana.opens_a_case()
    ana.types("take", "person", code, "--gender", "M")

    ana.types("correct", "person", code, "--gender", "F", code=errors.AnswersMissing.exit_code)
    ana.types("correct", "person", code, "--gender", "F", answers={"why_corrected": "A slip."})

    assert "Woman" in ana.types("case", "show", code)


def test_a_letter_is_written_and_a_name_is_not_in_it(ana: Typist, tmp_path: Path) -> None:
    code = ana.opens_a_case()
    ana.types("take", "person", code, "--gender", "F", answers={"first_name": "Tijana", "last_name": "Vukmanović"})
    items = ("--items", "GENDER,NEEDS", "--given-by", "GUARDIAN")
    ana.types("take", "consent", code, "--status", "GIVEN", "--scope", "SHARE_ORG", *CLINIC, *items)
    ana.types("letter", code, code=errors.NothingToPrint.exit_code)
    ana.types("take", "referral", code, *CLINIC, "--services", "MED", "--urgency", "EMERG", "--shares", "GENDER")

    said = ana.types("letter", code, "--to", str(tmp_path / "form.pdf"))

    assert "Medical care" in said
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []


def test_figures_are_written_as_a_table(ana: Typist, tmp_path: Path) -> None:
    for _case in range(20):
        ana.opens_a_case("--contact", "POLICE", "--day", f"{date.today().year - 1}-03-09")  # noqa: DTZ011

    assert "No period is closed yet." in ana.types("statistics", "list")
    for ending in ("xlsx", "ods", "csv", "json", "pdf"):
        said = ana.types("statistics", "publish", "--to", str(tmp_path / f"figures.{ending}"))
        assert "multiples of 5" in said
    as_it_is_read = f" {date.today().year - 1} "  # noqa: DTZ011
    ana.types("statistics", "publish", "--block", as_it_is_read, "--to", str(tmp_path / "year.csv"))
    inside = ana.types("statistics", "inside", "--by", "first_contact.contact")
    listed = ana.types("statistics", "list")

    assert (tmp_path / "figures.xlsx").read_bytes().startswith(b"PK")
    assert "How people came to us" in (tmp_path / "figures.csv").read_text(encoding="utf-8-sig")
    assert "Police\t20" in inside
    assert "Not for publication" in inside
    assert "first_contact.contact" in listed
    assert "persons." in listed


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["take", "person", "RD-0000-0000"], errors.UnknownCase),
        (["take", "person", "{code}", "--gender", "X"], errors.UnknownCode),
        (["take", "interview", "{code}", "--day", "2026-02-30"], errors.ImpossibleDate),
        (["take", "interview", "{code}", "--day", "2999-01-01"], errors.ImpossibleDate),
        (["take", "consent", "{code}"], errors.AnswersMissing),
        (["take", "first_contact", "{code}"], errors.AlreadyTaken),
        (["take", "assistance_end", "{code}", "--services", "ACC", "--reason", "GOALS_MET"], errors.ComesAfter),
        (["take", "interview", "{code}", "--day", "0999-01-01"], errors.ImpossibleDate),
        (["take", "referral", "{code}", "--need", "x" * 10_001], errors.TooLong),
        (["statistics", "inside", "--by", "person.first_name"], errors.UnknownQuestion),
        (["statistics", "inside", "--by", "person.gender", "--by", "person.gender"], errors.WrongDimensions),
        (["statistics", "publish", "--to", "{code}.csv"], errors.NothingClosed),
        (["statistics", "partner", "--to", "/nowhere/at/all.rdf"], errors.UnwritableTarget),
        (["statistics", "merge", "/nowhere/at/all.rdf"], errors.UnreadableFile),
        (["statistics", "htcds", "--recipient", "Clinic", "--to", "{code}.csv"], errors.ConsentNotInForce),
    ],
)
def test_each_mistake_has_its_sentence_and_its_exit_code(
    ana: Typist, words: list[str], error: type[errors.DeskError]
) -> None:
    code = ana.opens_a_case()

    said = ana.types(*(word.format(code=code) for word in words), code=error.exit_code)

    assert said.strip()
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "answers", ['["a"]', '{"account": 5}', '{"needs": [{"x": 1}]}', "[" * 100_000, '{"a": ' + "9" * 5000 + "}"]
)
def test_answers_that_are_no_answers_are_refused_with_a_sentence(ana: Typist, answers: str) -> None:
    code = ana.opens_a_case()

    said = ana.types(
        "take", "interview", code, "--answers-from", "-", typed=answers, code=errors.UnreadableFile.exit_code
    )

    assert "JSON" in said


def test_a_passphrase_file_that_is_no_text_is_refused(ana: Typist, tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"\xff\xfe\x00\x80")
    (tmp_path / "empty").write_bytes(b"")

    assert main(["case", "list", "--desk", str(ana.folder), "--passphrase-from", str(tmp_path / "noise")]) == 40
    assert main(["case", "list", "--desk", str(ana.folder), "--passphrase-from", str(tmp_path / "empty")]) == 11
    assert main(["case", "list", "--desk", str(tmp_path / "noise"), "--passphrase-from", str(tmp_path / "empty")]) == 12


def test_a_wrong_passphrase_and_a_missing_desk_are_told_apart(ana: Typist, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not this one at all")

    assert main(["case", "list", "--desk", str(ana.folder), "--passphrase-from", str(wrong)]) == 11
    assert main(["case", "list", "--desk", str(tmp_path / "none"), "--passphrase-from", str(wrong)]) == 12
    with store.open_desk(ana.folder, passphrase=PASSPHRASE):
        ana.types("case", "list", code=errors.DeskInUse.exit_code)


def test_a_passphrase_is_never_an_option_and_a_name_never_an_option() -> None:
    for kind in KINDS.values():
        told = _help(kind.kind)
        options = {word for word in told.split() if word.startswith("--")}
        sealed = {"--" + q.name.replace("_", "-") for q in kind.questions if q.reach is Reach.SEALED}
        assert not options & sealed
        assert "--passphrase" not in options


def test_every_command_teaches() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "referral_desk", "--help"], capture_output=True, text=True, check=True
    ).stdout

    for command in ("create", "practice", "case", "take", "letter", "statistics", "import", "safeguards", "questions"):
        assert f"\n  {command}" in told
    assert "REFERRAL_DESK" in told


def test_lists_can_be_read_by_programs(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("safeguards", "questions", "mechanisms", "errors"):
        assert main([command, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)
        assert main([command]) == 0
        assert capsys.readouterr().out.strip()


def test_an_office_puts_its_own_value_into_the_country_profile(ana: Typist) -> None:
    verified = ("--source", "Law of 2026", "--verified-by", "A lawyer", "--verified-on", "2026-11-01")
    ana.types("mechanism", "set", "reflection", "at least 45 days", *verified)

    shown = ana.types("mechanism", "show")
    refused = ana.types(
        "mechanism", "set", "reflection", "a while", "--source", "x", code=errors.UnreadableValue.exit_code
    )

    assert "at least 45 days (value of this office)" in shown
    assert "Verified by A lawyer on 2026-11-01." in shown
    assert "Ask a lawyer" in shown
    assert "30 days" in refused
    assert "stands again" in ana.types("mechanism", "drop", "reflection")
    assert "90 days" in ana.types("mechanism", "show")
    assert "at least 30 days" in ana.types("mechanism", "show", "--country", "COE")


def test_a_defect_shows_and_notes_where_it_is_and_never_what_it_held(
    ana: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("Tijana Vukmanović")

    monkeypatch.setattr("referral_desk.pages.case_row", broken)
    monkeypatch.setattr("referral_desk.defects.user_log_path", lambda *_given, **_more: tmp_path / "log")
    ana.opens_a_case()

    said = ana.types("case", "list", code=defects.CODE)

    noted = defects.log_file().read_text(encoding="utf-8")
    assert "RuntimeError at cases.py" in said
    assert f"{defects.CODE} RuntimeError at cases.py" in noted
    assert "Tijana" not in said + noted


def _help(kind: str) -> str:
    with click.Context(take, info_name="take") as above:
        command = take.commands[kind]
        return command.get_help(click.Context(command, parent=above, info_name=kind))


def test_an_enquiry_answered_on_the_phone_is_recorded_without_its_words(ana: Typist, tmp_path: Path) -> None:
    code = ana.opens_a_case()
    asked = ("--document", "enquiry", *CLINIC, "--service", "ACC", "--urgency", "EMERG", "--to", str(tmp_path))
    ana.types("letter", code, *asked)
    reference = next(tmp_path.glob("RF-*.pdf")).stem
    assert reference in ana.types("today")

    said = ana.types("answer", "--enquiry", reference, "--reply", "FULL")

    assert "No: no place is free" in said
    assert reference not in ana.types("today")
    assert "together" in ana.types("answer", "--enquiry", reference, code=2)
    ana.types("answer", "--enquiry", "RF-0000-0000", "--reply", "FULL", code=134)


def test_going_on_without_consent_takes_a_second_passphrase(ana: Typist, tmp_path: Path) -> None:
    code = ana.opens_a_case()
    with store.open_desk(ana.folder, passphrase=PASSPHRASE) as desk:
        staff.add(desk, name="Bo", roles=[Role.COORDINATOR], login="bo", passphrase=BO, cost=FLOOR)
    ground = ("--status", "OTHER_GROUND", "--scope", "SHARE_ORG", *CLINIC, "--ground", "VITAL_INTEREST")
    why = {"justification": "He was seen at the door."}
    typed = tmp_path / "typed"
    typed.write_text(f"{BO}\n")
    second = ("--second-login", "bo", "--second-passphrase-from", str(typed))

    ana.types("take", "consent", code, *ground, answers=why, code=errors.SecondPersonNeeded.exit_code)
    typed.write_text(f"{PASSPHRASE}\n")
    ana.types("take", "consent", code, *ground, *second, answers=why, code=errors.WrongPassphrase.exit_code)
    typed.write_text(f"{BO}\n")
    ana.types("take", "consent", code, *ground, *second, answers=why)
    more = ("correct", "consent", code, "--items", "NEEDS")
    ana.types(*more, answers={"why_corrected": "More."}, code=errors.SecondPersonNeeded.exit_code)
    ana.types(*more, *second, answers={"why_corrected": "More."})

    assert '"Bo"' in ana.types("case", "show", code, "--json")


def test_what_is_only_worth_knowing_is_said(ana: Typist) -> None:
    code = ana.opens_a_case()
    agreed = ("take", "consent", code, "--status", "GIVEN", "--scope", "SERVICES")

    assert "Write down the language in which consent was explained" in ana.types(*agreed)
    assert "Write down the language" not in ana.types(*agreed, "--language", "srp")
