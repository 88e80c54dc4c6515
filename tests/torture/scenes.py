"""What children do at a desk, as long as they are let. Each knows the folder of its trial, chance, and a mouth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from referral_desk import erasure, staff, store
from referral_desk.erasure import Ground
from referral_desk.exchange import ctdc
from referral_desk.nrm.person import FirstContact
from referral_desk.roles import Role
from referral_desk.store import backups, restoring
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.torture import ground
from tests.torture.telling import Teller

Scene = Callable[[Path, Random, Teller], None]

LONG = 25
SHORT = 4


def write(root: Path, rng: Random, teller: Teller) -> None:
    """Cases are opened, corrected, drafted."""
    with teller.attempt(ground.opened, root / "desk") as desk:
        for _time in range(LONG):
            code = _new_case(desk, rng, teller)
            rng.choice((_correct, _draft, _drop))(desk, code, rng, teller)


def draft(root: Path, rng: Random, teller: Teller) -> None:
    """Somebody types, and what is typed is kept every few words."""
    with teller.attempt(ground.opened, root / "desk") as desk:
        code = _new_case(desk, rng, teller)
        for _time in range(2 * LONG):
            _draft(desk, code, rng, teller)


def rotate(root: Path, rng: Random, teller: Teller) -> None:
    """Members come and go, and with each who goes the keys change."""
    with teller.attempt(ground.opened, root / "desk") as desk:
        _remove(desk, "Bo", teller)
        for number in range(SHORT):
            name, passphrase = f"Dan {number}", ground.some_words(rng)
            with teller.changing((f"desk:member/{name}", passphrase)):
                teller.attempt(_add, desk, name, passphrase)
            _new_case(desk, rng, teller)
            _remove(desk, name, teller)
            _new_case(desk, rng, teller)


def keys(root: Path, rng: Random, teller: Teller) -> None:
    """The key file changes: passphrases, and the recovery key."""
    with teller.attempt(ground.opened, root / "desk") as desk:
        present = ground.ANA
        for _time in range(SHORT):
            new = ground.some_words(rng)
            with teller.changing(("desk:passphrase", new)):
                teller.attempt(staff.change_passphrase, desk, passphrase=present, new=new, cost=FLOOR)
            present = new
            _new_case(desk, rng, teller)
            again = ground.some_words(rng)
            with teller.changing(("desk:member/Bo", again)):
                teller.attempt(staff.reset, desk, "Bo", passphrase=again, cost=FLOOR)
        recovery_key = new_recovery_key()
        with teller.changing(("desk:recovery", recovery_key)):
            teller.attempt(staff.renew_recovery, desk, recovery_key, cost=FLOOR)


def migrate(root: Path, rng: Random, teller: Teller) -> None:
    """A store of the first revision is brought up to date, and worked with."""
    with teller.attempt(ground.opened, root / "desk") as desk:
        teller.done("desk:desk", "there")
        for _time in range(SHORT):
            _new_case(desk, rng, teller)


def backup(root: Path, rng: Random, teller: Teller) -> None:
    """Backups are made, here and on the stick, while cases come in."""
    with teller.attempt(ground.opened, root / "desk") as desk:
        for _time in range(SHORT):
            _new_case(desk, rng, teller)
            made = teller.attempt(backups.make, desk)
            teller.done(f"desk:backup/{made.name}", "opens")


def restore(root: Path, rng: Random, teller: Teller) -> None:
    """The newest backup on the stick becomes a desk again, Ana is let in and opens a case."""
    source = max(path for path in (root / "stick").iterdir() if path.is_dir())
    with teller.attempt(restoring.restore, source, root / "again", ground.RECOVERY_KEY) as desk:
        teller.done("again:desk", "there")
        with teller.changing(("again:member/Ana", ground.ANA)):
            teller.attempt(staff.reset, desk, "Ana", passphrase=ground.ANA, cost=FLOOR)
        for _time in range(SHORT):
            _new_case(desk, rng, teller, "again")


def create(root: Path, rng: Random, teller: Teller) -> None:
    """A new desk, and its first cases."""
    with teller.attempt(
        store.create, root / "new", passphrase=ground.ANA, name="Ana", recovery_key=ground.RECOVERY_KEY, cost=FLOOR
    ) as desk:
        teller.done("new:desk", "there")
        teller.done("new:passphrase", ground.ANA)
        for _time in range(SHORT):
            _new_case(desk, rng, teller, "new")


def bring_in(root: Path, rng: Random, teller: Teller) -> None:
    """A file of public data is read, and read again."""
    with teller.attempt(ground.opened, root / "desk") as desk:
        with teller.changing(("desk:cases", ground.ROWS - ground.ROWS // 10)):
            teller.attempt(ctdc.bring_in, desk, root / "data.csv")
        teller.attempt(ctdc.bring_in, desk, root / "data.csv")


def erase(root: Path, rng: Random, teller: Teller) -> None:
    """People ask to be erased; backups hold them still."""
    with teller.attempt(ground.opened, root / "desk") as desk:
        with desk.work() as work:
            codes = [case.code for case in work.cases(work.case_ids())]
        for code in sorted(codes)[:SHORT]:
            things = [(f"desk:{kind}/{code}", None) for kind in ("words", "draft", "restored")]
            with teller.changing(*things):
                teller.attempt(erasure.erase, desk, code, Ground.REQUEST)
            _new_case(desk, rng, teller)


SCENES: dict[str, tuple[Scene, str]] = {
    "write": (write, "usual"),
    "draft": (draft, "usual"),
    "rotate": (rotate, "usual"),
    "keys": (keys, "usual"),
    "migrate": (migrate, "former"),
    "backup": (backup, "usual"),
    "restore": (restore, "usual"),
    "create": (create, "usual"),
    "import": (bring_in, "empty"),
    "erase": (erase, "usual"),
}
"""By name: what is done, and at which desk of `ground.KINDS`."""


def _new_case(desk: store.Desk, rng: Random, teller: Teller, folder: str = "desk") -> str:
    words = ground.some_words(rng, 40)
    code = teller.attempt(ground.open_case, desk, words)
    teller.done(f"{folder}:words/{code}", words)
    return code


def _correct(desk: store.Desk, code: str, rng: Random, teller: Teller) -> None:
    words = ground.some_words(rng, 40)
    with teller.changing((f"desk:words/{code}", words)):
        teller.attempt(_correct_now, desk, code, words)


def _correct_now(desk: store.Desk, code: str, words: str) -> None:
    with desk.work() as work:
        case = work.case(code)
        former = case.latest(FirstContact)
        assert former
        work.correct(case, former, {"first_words": words}, why="It was misheard.")


def _draft(desk: store.Desk, code: str, rng: Random, teller: Teller) -> None:
    half = ground.some_words(rng, 20)
    with teller.changing((f"desk:draft/{code}", half)):
        teller.attempt(_draft_now, desk, code, half)


def _draft_now(desk: store.Desk, code: str, half: str) -> None:
    with desk.work() as work:
        work.keep_draft("interview", work.case(code).id, {"account": half})


def _drop(desk: store.Desk, code: str, rng: Random, teller: Teller) -> None:
    _draft(desk, code, rng, teller)
    with teller.changing((f"desk:draft/{code}", None)):
        teller.attempt(_drop_now, desk, code)


def _drop_now(desk: store.Desk, code: str) -> None:
    with desk.work() as work:
        work.drop_draft("interview", work.case(code).id)


def _add(desk: store.Desk, name: str, passphrase: str) -> None:
    staff.add(desk, name=name, roles=[Role.CASEWORKER], passphrase=passphrase, cost=FLOOR)


def _remove(desk: store.Desk, name: str, teller: Teller) -> None:
    with teller.changing((f"desk:member/{name}", None)):
        teller.attempt(staff.remove, desk, name)
