"""The store in the hands of other tools: it opens, reads and writes there, and shows a coordinator no name.

The other implementation of SQLCipher's format runs in a process of its own: two drivers of SQLite in one process might
take each other's functions.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import text
from sqlcipher3 import dbapi2

from referral_desk import staff, store
from referral_desk.exchange import practice
from referral_desk.nrm.case import Case
from referral_desk.nrm.consent import has_ground
from referral_desk.nrm.fields import SEALED_MARK, Reach
from referral_desk.nrm.person import FirstContact, Person
from referral_desk.roles import Role
from referral_desk.store import Purpose, Work, engine
from referral_desk.store.names import folded
from referral_desk.vault import keyfile, opening
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, BO, RECOVERY_KEY, opened

ELSEWHERE = """
import json, os, sys
import apsw
asked = json.load(sys.stdin)
connection = apsw.Connection(asked["file"])
for pragma in ("cipher = 'sqlcipher'", "legacy = 4", f"key = \\"x'{asked['key']}'\\""):
    connection.execute(f"PRAGMA {pragma}").fetchall()
def shown(value):
    return value.hex() if isinstance(value, bytes) else value
answers = [[list(map(shown, row)) for row in connection.execute(statement)] for statement in asked["statements"]]
json.dump(answers, sys.stdout)
sys.stdout.flush()
os._exit(0)  # without a checkpoint, as if the power had gone
"""
"""Another program, which knows the file, the raw key and the format, and nothing of ours."""


def elsewhere(file: Path, key: bytes, *statements: str) -> list[list[list[object]]]:
    asked = json.dumps({"file": str(file), "key": key.hex(), "statements": statements})
    command = [sys.executable, "-I", "-c", ELSEWHERE]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    answers: list[list[list[object]]] = json.loads(done.stdout)
    return answers


def data_file(folder: Path) -> Path:
    return folder / keyfile.read(folder / "store.rdk").database


@pytest.fixture
def folder(crew_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


@pytest.fixture
def key(folder: Path) -> bytes:
    with opened(folder) as desk:
        return desk.keys.database_key


def test_the_store_is_opened_read_and_written_by_another_implementation(folder: Path, key: bytes) -> None:
    whole, [[cases]], [[mode]], _written, [[said]] = elsewhere(
        data_file(folder),
        key,
        "PRAGMA integrity_check",
        "SELECT count(*) FROM cases",
        "PRAGMA journal_mode",
        "UPDATE about SET organisation = 'Кућа наде'",
        "SELECT organisation FROM about",
    )

    assert (whole, cases, mode, said) == ([["ok"]], 1, "wal", "Кућа наде")
    assert (data_file(folder).parent / f"{data_file(folder).name}-wal").stat().st_size > 0
    with opened(folder) as desk:
        assert engine.is_whole(desk.engine)
        with desk.work() as work:
            [case] = work.cases(work.case_ids("zdravka"))
            assert work.about().organisation == "Кућа наде"
            assert case.latest(Person)


def test_a_log_that_this_program_left_is_read_elsewhere(folder: Path, key: bytes, tmp_path: Path) -> None:
    connection = engine.connect(data_file(folder), key)
    connection.execute("UPDATE about SET contact = 'in the log only'")
    copy = Path(shutil.copytree(folder, tmp_path / "copy", ignore=shutil.ignore_patterns("*-shm")))
    connection.close()

    assert elsewhere(data_file(copy), key, "SELECT contact FROM about") == [[["in the log only"]]]
    (copy / f"{data_file(copy).name}-wal").unlink()
    assert elsewhere(data_file(copy), key, "SELECT contact FROM about") == [[[""]]]


def test_a_store_made_elsewhere_is_read_here(tmp_path: Path) -> None:
    key = bytes(range(32))
    file = tmp_path / "made-elsewhere.db"

    elsewhere(file, key, "CREATE TABLE told (what TEXT)", "INSERT INTO told VALUES ('ђурђевак')")

    assert not file.read_bytes().startswith(b"SQLite format 3")
    connection = engine.connect(file, key)
    assert connection.execute("SELECT what FROM told").fetchall() == [("ђурђевак",)]
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


# What a coordinator finds with such a tool


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of three hundred invented persons, some of them corrected, one erased; Ana knows names, Bo does not."""
    folder = tmp_path_factory.mktemp("practised") / "desk"
    made = store.create(
        folder,
        passphrase=ANA,
        login="ana",
        name="Ana",
        recovery_key=RECOVERY_KEY,
        cost=FLOOR,
        purpose=Purpose.PRACTICE,
    )
    with made as desk:
        practice.fill(desk, cases=300)
        staff.add(desk, name="Bo", roles=[Role.COORDINATOR], login="bo", passphrase=BO, cost=FLOOR)
        with desk.work() as work:
            kept = [(case, person) for case, person in persons(work) if has_ground(case, person.day)]
            assert len(kept) >= 40
            for case, person in kept[:40]:
                work.correct(case, person, {"last_name": "Миливојевићка"}, why="misheard")
            work.keep_draft("interview", case.id, {"account": "Zdravka Ždralovićka began to tell"})
            gone = work.open_case(FirstContact(day=work.today, first_words="Vukosavka Gavrilovićeva asked for a bed"))
        with desk.work() as work:
            store.records.erase(work.session, gone.id, at=work.now)
    return folder


def persons(work: Work) -> list[tuple[Case, Person]]:
    found = ((case, case.latest(Person)) for case in work.cases(work.case_ids()))
    return [(case, person) for case, person in found if person]


def sealed_texts(folder: Path) -> set[str]:
    """Every name, alias, contact, birth date and note of every revision, as the entitled read them."""
    found = {"Zdravka", "Ždralovićka", "Vukosavka", "Gavrilovićeva", "Миливојевићка"}
    with opened(folder) as desk, desk.work() as work:
        for case in work.cases(work.case_ids()):
            for step in case.steps:
                for revision in work.revisions(type(step), step.id) if isinstance(step, Person) else [step]:
                    found |= set(_texts(revision))
    return found


def _texts(step: object) -> Iterator[str]:
    for question in type(step).questions:  # type: ignore[attr-defined]
        answer = getattr(step, question.name) if question.reach is Reach.SEALED else None
        if answer:
            yield str(getattr(answer, "written", answer))


def in_every_encoding(text: str) -> Iterator[bytes]:
    """The beginning of a text as it might lie somewhere."""
    said = text[:40]
    for form in {
        said,
        said.upper(),
        said.lower(),
        said.casefold(),
        folded(said),
        folded(said).replace(" ", ""),
        said[::-1],
    }:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1256"):
            plain = form.encode(encoding, "ignore")
            yield from (plain, plain.hex().encode(), plain.hex().upper().encode())
            yield from (base64.b64encode(bytes(shift) + plain)[shift and 4 : -4] for shift in range(3))
        yield json.dumps(form)[1:-1].encode()


def found_in(content: bytes, said: Iterable[str]) -> set[str]:
    """Which of the texts lie in the bytes; by the first bytes of each, so that thousands take no longer than one."""
    beginnings: dict[bytes, list[tuple[bytes, str]]] = {}
    for one in said:
        for form in in_every_encoding(one):
            if len(form) >= 8:  # shorter ones occur by chance
                beginnings.setdefault(form[:8], []).append((form, one))
    hits: set[str] = set()
    for at in range(0, len(content), 4096):
        part = content[at : at + 4096 + 512]
        for beginning in {part[place : place + 8] for place in range(len(part))} & beginnings.keys():
            hits |= {one for form, one in beginnings[beginning] if form in part}
    return hits


def decrypted_pages(file: Path, key: bytes) -> bytes:
    """Every page of a SQLCipher 4 file, used or free, by hand: AES-256-CBC, the IV in the last 80 bytes of the page."""
    content = file.read_bytes()
    pages = []
    for at in range(0, len(content), 4096):
        page = content[at : at + 4096]
        opener = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        pages.append(opener.update(page[16 if at == 0 else 0 : -80]) + opener.finalize())
    return b"".join(pages)


def key_of(folder: Path, passphrase: str, login: str) -> bytes:
    """The key that a passphrase opens, with nothing of the store."""
    return opening.open_with_passphrase(
        keyfile.read(folder / "store.rdk"), login=login, passphrase=passphrase
    ).database_key


def test_what_is_looked_for_would_be_found(practised: Path) -> None:
    said = sealed_texts(practised)
    planted = "Миливојевићка"

    assert len(said) > 1500
    for form in in_every_encoding(planted):
        assert len(form) < 8 or planted in found_in(bytes(5000) + form + bytes(5000), [planted])


@pytest.mark.timeout(300)
def test_a_coordinator_finds_no_person_of_a_whole_desk_in_any_table_or_page(practised: Path) -> None:
    said, key, file = sealed_texts(practised), key_of(practised, BO, "bo"), data_file(practised)

    [tables] = elsewhere(file, key, "SELECT name FROM sqlite_master WHERE type = 'table'")
    rows = elsewhere(file, key, *(f'SELECT * FROM "{name}"' for [name] in tables))  # noqa: S608
    dumped = json.dumps(rows, ensure_ascii=False).encode()
    pages = decrypted_pages(file, key)
    days = {one for one in said if one.encode() in dumped and one[:4].isdecimal()}

    assert len(rows) > 20
    assert b"CREATE TABLE person" in pages
    assert sum(len(table) for table in rows) > 3000
    assert found_in(pages + b"".join(part.read_bytes() for part in practised.glob("*-wal")), said - days) == set()
    assert found_in(dumped, said - days) == set()
    assert len(days) < 20, "a birth date may by chance be the day of somebody's step; few are"


def test_our_own_driver_shows_a_coordinator_no_more(practised: Path) -> None:
    connection = dbapi2.connect(str(data_file(practised)))
    connection.execute(opening.raw_key_pragma(key_of(practised, BO, "bo")))
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    values = [row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
    connection.close()
    held = b"\n".join(
        value if isinstance(value, bytes) else str(value).encode() for row in values for value in row if value
    )

    assert {one for one in found_in(held, sealed_texts(practised)) if not one[:4].isdecimal()} == set()


@pytest.mark.skipif(shutil.which("sqlcipher") is None, reason="this computer has no sqlcipher command")
def test_the_command_of_sqlcipher_shows_a_coordinator_no_more(practised: Path) -> None:
    script = f"{opening.raw_key_pragma(key_of(practised, BO, 'bo'))};\n.dump\n"
    done = subprocess.run(
        ["sqlcipher", str(data_file(practised))], input=script.encode(), capture_output=True, check=True
    )

    assert b"CREATE TABLE person" in done.stdout
    assert {one for one in found_in(done.stdout, sealed_texts(practised)) if not one[:4].isdecimal()} == set()


def test_a_public_key_swapped_by_another_tool_gives_the_coordinator_nothing(practised: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(practised, tmp_path / "desk"))
    mine = "(SELECT public_key FROM member WHERE name = 'Bo')"
    elsewhere(
        data_file(folder),
        key_of(folder, BO, "bo"),
        f"UPDATE member SET public_key = {mine} WHERE name <> 'Bo' AND role <> 'recovery'",  # noqa: S608
        "PRAGMA wal_checkpoint(TRUNCATE)",
    )
    with store.open_with_recovery(folder, recovery_key=RECOVERY_KEY) as desk:
        staff.add(desk, name="Dana", roles=[Role.CASEWORKER], login="dana", cost=FLOOR)
        left_out = staff.remove(desk, "Dana")

    assert left_out == ("Ana",)
    said, key = sealed_texts_by_recovery(folder), key_of(folder, BO, "bo")
    with opened(folder, BO) as desk, desk.work() as work:
        assert not desk.entitled
        assert {person.first_name for _case, person in persons(work)} == {SEALED_MARK}
        grants = work.session.execute(text("SELECT identity_grant FROM member WHERE name = 'Bo'")).scalars().all()
    assert grants == [None]
    assert {one for one in found_in(decrypted_pages(data_file(folder), key), said) if not one[:4].isdecimal()} == set()


def sealed_texts_by_recovery(folder: Path) -> set[str]:
    with store.open_with_recovery(folder, recovery_key=RECOVERY_KEY) as desk, desk.work() as work:
        return {said for _case, person in persons(work) for said in _texts(person)}
