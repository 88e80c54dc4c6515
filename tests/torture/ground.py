"""The desks that are tortured: built once, copied for every trial to one and the same place."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from unittest.mock import patch

from alembic import command
from sqlalchemy import MetaData, insert, inspect, select

from referral_desk import staff, store
from referral_desk.nrm.person import FirstContact
from referral_desk.roles import Role
from referral_desk.store import Purpose, backups, engine, migrating
from referral_desk.vault import slots
from referral_desk.vault.slots import FLOOR, Cost
from tests.torture.telling import Value

RECOVERY_KEY = "VGFSQCGS5V9PPNWCJQ1086QA7HCV"
ANA = "lantern gravel otter puzzle meadow"
MEMBERS = {"Bo": "river candle walnut paper engine", "Cora": "saddle anchor velvet copper island"}
CASES = 6
ROWS = 1500

KINDS = ("usual", "former", "empty")
"""A desk with members, backups and a stick; one as the first program made it; one for public data."""

_FIRST_REVISION = "0001"
_WORDS = (
    *("apple", "basket", "copper", "drum", "ember", "feather", "glacier", "hammer"),
    *("indigo", "jungle", "kettle", "lemon", "marble", "nickel", "orchid", "pencil"),
)
_HEADER = "yearOfRegistration,gender,ageBroad,citizenship,isForcedLabour,isSexualExploit,CountryOfExploitation"


class Ground:
    """A folder with the patterns, and `root`, where a trial takes place: backups know it by its path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "root"

    def fresh(self, kind: str) -> dict[str, Value]:
        """Put a pattern to `root`, built if need be; what is in it."""
        pattern = self.folder / kind
        if not pattern.exists():
            known = _BUILD[kind](self._emptied())
            (self.root / "known.json").write_text(json.dumps(known), encoding="utf-8")
            shutil.copytree(self.root, pattern)
        shutil.copytree(pattern, self._emptied(), dirs_exist_ok=True)
        return _known(self.root)

    def _emptied(self) -> Path:
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        return self.root


def _known(root: Path) -> dict[str, Value]:
    known: dict[str, Value] = json.loads((root / "known.json").read_text(encoding="utf-8"))
    return known


@contextmanager
def quick_passphrases() -> Iterator[None]:
    """Argon2id is slow on purpose and not what is tortured: here a plain hash stands in its place."""

    def stretched(passphrase: str, *, login: str, store_salt: bytes, cost: Cost) -> bytes:
        return hashlib.sha256(f"{passphrase}\n{login}\n{cost}\n".encode() + store_salt).digest()

    with patch.object(slots, "stretched", stretched):
        yield


def opened(folder: Path, passphrase: str = ANA) -> store.Desk:
    """Open a desk as somebody with this passphrase, or with the recovery key. Nobody here has a login code."""
    return store.open_desk(folder, passphrase=passphrase)


def some_words(rng: Random, count: int = 5) -> str:
    """Words by chance: a passphrase, or what somebody says."""
    return " ".join(rng.choice(_WORDS) for _word in range(count)) + f" {rng.randrange(10**6)}"


def open_case(desk: store.Desk, words: str) -> str:
    """Open a case; its code."""
    with desk.work() as work:
        return work.open_case(FirstContact(day=work.today, first_words=words)).code


def _founded(root: Path, *, name: str = "Ana", purpose: Purpose = Purpose.REAL) -> store.Desk:
    return store.create(
        root / "desk", passphrase=ANA, name=name, recovery_key=RECOVERY_KEY, cost=FLOOR, purpose=purpose
    )


def _usual(root: Path) -> dict[str, Value]:
    """Three members, cases with a draft each, and two backups here and on a stick, the newer one of all cases."""
    known: dict[str, Value] = {"desk:desk": "there", "desk:passphrase": ANA, "desk:recovery": RECOVERY_KEY}
    rng = Random("usual")
    (root / "stick").mkdir()
    with _founded(root) as desk:
        for name, passphrase in MEMBERS.items():
            role = Role.COORDINATOR if name == "Bo" else Role.KEEPER
            staff.add(desk, name=name, roles=[role], passphrase=passphrase, cost=FLOOR)
            known[f"desk:member/{name}"] = passphrase
        backups.name_place(desk, root / "stick")
        for number in range(CASES):
            known |= _a_case(desk, rng)
            if number in (CASES // 2, CASES - 1):
                known[f"desk:backup/{backups.make(desk).name}"] = "opens"
    restored = {thing.replace(":words/", ":restored/"): "there" for thing in known if ":words/" in thing}
    return known | restored


def _a_case(desk: store.Desk, rng: Random) -> dict[str, Value]:
    words, half = some_words(rng, 40), some_words(rng)
    code = open_case(desk, words)
    with desk.work() as work:
        work.keep_draft("interview", work.case(code).id, {"account": half})
    return {f"desk:words/{code}": words, f"desk:draft/{code}": half}


def _former(root: Path) -> dict[str, Value]:
    """The same rows, but for tables and columns that came later, in a store of the first revision: it had no names."""
    known: dict[str, Value] = {"desk:desk": "there", "desk:passphrase": ANA, "desk:recovery": RECOVERY_KEY}
    rng = Random("former")
    with _founded(root, name="") as desk:
        for _number in range(CASES):
            known |= _a_case(desk, rng)
        file, key = desk.folder / store.keys.read(desk).database, desk.keys.database_key
    older = file.with_name("older.db")
    engine.connect(older, key, create=True).close()
    _fill_first_revision(file, older, key)
    older.replace(file)
    (root / "desk" / "state.rds").unlink()
    return known


def _fill_first_revision(newer: Path, older: Path, key: bytes) -> None:
    source, target = engine.engine(newer, key), engine.engine(older, key)
    config = migrating.configuration()
    with source.connect() as read, target.begin() as written:
        config.attributes["connection"] = written
        command.upgrade(config, _FIRST_REVISION)
        then, now = MetaData(), MetaData()
        then.reflect(written)
        now.reflect(read, only=list(then.tables))
        for table in then.sorted_tables:
            held = {column["name"] for column in inspect(read).get_columns(table.name)}
            columns = [now.tables[table.name].c[column.name] for column in table.c if column.name in held]
            rows = [row._asdict() for row in read.execute(select(*columns))]
            if rows and table.name != "alembic_version":
                written.execute(insert(table), rows)
    engine.checkpoint(target)
    source.dispose()
    target.dispose()


def _empty(root: Path) -> dict[str, Value]:
    """A desk without cases, and a file of public data in which every tenth row cannot be understood."""
    rng = Random("empty")
    _founded(root, purpose=Purpose.EVALUATION).close()
    rows = [_row(rng, is_understood=bool(number % 10)) for number in range(ROWS)]
    (root / "data.csv").write_text("\n".join((_HEADER, *rows)) + "\n", encoding="utf-8")
    return {"desk:desk": "there", "desk:passphrase": ANA, "desk:recovery": RECOVERY_KEY, "desk:cases": 0}


def _row(rng: Random, *, is_understood: bool) -> str:
    year = rng.randrange(2005, 2020) if is_understood else "long ago"
    gender, age = rng.choice(("Female", "Male")), rng.choice(("9--17", "18--20", "30--38", "48+"))
    countries = ("MD", "UA", "PH", "RS", "AL")
    return f"{year},{gender},{age},{rng.choice(countries)},{rng.randrange(2)}.0,1.0,{rng.choice(countries)}"


_BUILD = {"usual": _usual, "former": _former, "empty": _empty}
