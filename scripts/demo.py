"""A whole case, from the first word to the letter that leaves, without a window.

It makes a practice desk of invented people, takes one of them all the way with the same commands that a
caseworker would type, prints the referral form and publishes a table. Everything lands in demo/, or in the
folder that is named; a program named after it is tried out instead of the one here.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from referral_desk import resources
from referral_desk.errors import SafeguardsUnmet
from referral_desk.vault.passphrases import generated_passphrase

ROOT = Path(__file__).parent.parent
PLACE = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "demo"
DESK = PLACE / "desk"
FORM = PLACE / "referral-form.pdf"
PROGRAM = sys.argv[2:] or [sys.executable, "-m", "referral_desk"]

PERSON = {
    "first_name": "Veronka",
    "last_name": "Dragutinović",
    "other_names": "Nikolina",
    "date_of_birth": "2004-05-17",
    "place_of_birth": "Vrelograd",
    "phone": "+381 60 555 01 23",
    "safe_contact": "Tuesday mornings only; Danica may answer.",
}
ACCOUNT = {"account": "Veronka said that her papers were taken at the farm in Vrelograd."}
RECIPIENT = "Women's Health Centre"


def main() -> None:
    """Run the commands one after the other and show each as it would be typed."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir()
    passphrase = generated_passphrase(resources.path("words", "english.txt").read_text(encoding="utf-8").split())
    desk = _Typist(passphrase)

    desk.types("practice", str(DESK), "--cases", "100", "--mechanism", "SRB")
    code = _code_in(desk.types("case", "new", "--contact", "HELPLINE", "--safe-now", "YES"))
    what = ("--gender", "F", "--age-band", "21--23", "--citizenships", "MDA", "--language", "ron")
    desk.types("take", "person", code, *what, "--interpreter", "YES", answers=PERSON)
    told = ("--in-private", "YES", "--needs", "MED,PSS", "--exploitation", "LAB", "--control", "DOCS,HOURS")
    desk.types("take", "interview", code, *told, answers=ACCOUNT)
    desk.types("take", "reflection", code, "--granted", "GRANTED")
    agreed = ("--status", "GIVEN", "--scope", "SHARE_ORG", "--recipient", RECIPIENT, "--form", "WRITTEN")
    items = ("--items", "AGE_BAND,GENDER,LANGUAGE,NEEDS")
    desk.types("take", "consent", code, *agreed, "--given-by", "PERSON", *items)
    desk.types("take", "return", code, "--manner", "VOLUNTARY_ASSISTED", refused=SafeguardsUnmet.exit_code)
    asked = ("--recipient", RECIPIENT, "--services", "MED,INT", "--urgency", "URGENT")
    desk.types("take", "referral", code, *asked, "--shares", "AGE_BAND,GENDER,LANGUAGE,NEEDS")
    desk.types("letter", code, "--to", str(FORM))
    for ending in ("csv", "xlsx", "pdf"):
        desk.types("statistics", "publish", "--to", str(PLACE / f"figures.{ending}"))
    _say_what_is_there(passphrase)


class _Typist:
    """Types commands at the desk; the passphrase goes through standard input, never through the command."""

    def __init__(self, passphrase: str) -> None:
        self.passphrase = passphrase

    def types(self, *words: str, answers: dict[str, str] | None = None, refused: int = 0) -> str:
        made = words[0] == "practice"
        call = [*words, "--passphrase-from", "-", *(() if made else ("--desk", str(DESK)))]
        call += ["--answers-from", "-"] if answers else []
        print("\n$ referral-desk " + " ".join(f'"{word}"' if " " in word else word for word in words), flush=True)
        heard = self.passphrase + "\n" + (json.dumps(answers) if answers else "")
        done = subprocess.run([*PROGRAM, *call], input=heard, stdout=subprocess.PIPE, text=True, check=False)
        print(done.stdout, end="", flush=True)
        if done.returncode != refused:
            sys.exit(f"The demo stopped: the command ended with {done.returncode}.")
        return done.stdout


def _code_in(said: str) -> str:
    found = re.search(r"RD-[0-9A-Z]{4}-[0-9A-Z]{4}", said)
    if not found:
        sys.exit("The demo stopped: no case code was printed.")
    return found.group()


def _say_what_is_there(passphrase: str) -> None:
    name = f"{PERSON['first_name']} {PERSON['last_name']}"
    print(f"\nThe demo person is invented: {name}, born {PERSON['date_of_birth']}.")
    print("The return was refused on purpose: that is a safeguard at work.\n")
    for path in sorted(PLACE.iterdir()):
        print(f"  {path}")
    print(f"\nTo look at the desk with windows: make run, choose {DESK}, passphrase: {passphrase}")


if __name__ == "__main__":
    main()
