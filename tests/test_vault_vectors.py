"""The page docs/format.md and the program say the same."""

import json
import re
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from referral_desk.vault import grants, keyfile, members, opening, passphrases, sealing, slots, state
from referral_desk.vault.derivation import derived

PAGE = Path(__file__).parents[1] / "docs" / "format.md"


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    found = re.search(r"```json\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


@pytest.fixture(scope="module")
def read_keyfile(vectors: dict[str, Any]) -> keyfile.KeyFile:
    return keyfile.parsed(json.dumps(vectors["keyfile"]).encode())


def test_a_typed_passphrase_is_stretched_as_the_page_says(vectors: dict[str, Any]) -> None:
    said = vectors["passphrase"]

    assert passphrases.normalised_passphrase(said["typed"]) == said["normalised"]
    assert passphrases.normalised_login(said["login_typed"]) == said["login_normalised"]
    salt = bytes.fromhex(said["store_salt"])
    key = slots.stretched(said["typed"], login=said["login_typed"], store_salt=salt, cost=slots.FLOOR)
    assert key.hex() == said["stretched_at_floor"]
    slot = vectors["slot"]
    both = derived(key, f"slot/{slot['id']}", length=64).hex()
    assert both == slot["key"] + slot["commitment"]


def test_a_slot_of_either_format_holds_the_secret_and_the_later_one_the_role(
    vectors: dict[str, Any], read_keyfile: keyfile.KeyFile
) -> None:
    said, slot, former = vectors["passphrase"], vectors["slot"], vectors["slot_of_the_first_format"]
    now = next(one for one in read_keyfile.slots if one.id == slot["id"])
    then = replace(now, nonce=bytes.fromhex(former["nonce"]), sealed=bytes.fromhex(former["sealed"]))

    typed = {"passphrase": said["typed"], "login": said["login_typed"], "store_salt": read_keyfile.store_salt}
    opened, opened_then = (slots.open_slot([one], **typed) for one in (now, then))

    assert (opened.role, opened_then.role) == (slot["role"], "")
    assert opened.user_secret.hex() == opened_then.user_secret.hex() == slot["user_secret"]


def test_a_typed_recovery_key_is_read_as_the_page_says(vectors: dict[str, Any]) -> None:
    said = vectors["recovery_key"]

    assert passphrases.parsed_recovery_key(said["typed"]) == said["parsed"]


def test_the_pairs_of_a_person_come_from_the_user_secret(vectors: dict[str, Any]) -> None:
    said = vectors["pairs"]
    secret = bytes.fromhex(said["user_secret"])

    assert grants.exchange_key(secret).private_bytes_raw().hex() == said["x25519_private"]
    assert grants.public_bytes(grants.exchange_key(secret)).hex() == said["x25519_public"]
    assert grants.signing_key(secret).public_key().public_bytes_raw().hex() == said["ed25519_public"]


def test_the_key_file_opens_with_passphrase_and_with_recovery_key(
    vectors: dict[str, Any], read_keyfile: keyfile.KeyFile
) -> None:
    said = vectors["passphrase"]

    own = opening.open_with_passphrase(read_keyfile, login=said["login_typed"], passphrase=said["typed"])
    spare = opening.open_with_recovery(read_keyfile, vectors["recovery_key"]["typed"])

    assert own.database_key.hex() == spare.database_key.hex() == vectors["database_key"]
    assert own.slot_id == vectors["slot"]["id"] != spare.slot_id
    assert json.loads(keyfile.rendered(read_keyfile)) == vectors["keyfile"]


def test_the_rows_of_members_are_as_the_page_says(vectors: dict[str, Any], read_keyfile: keyfile.KeyFile) -> None:
    private_key = grants.exchange_key(bytes.fromhex(vectors["slot"]["user_secret"]))
    identity_key = bytes.fromhex(vectors["identity_key"])
    caseworker, *others = (member(row) for row in vectors["members"])

    got = members.identity_key_of(caseworker, private_key, store_salt=read_keyfile.store_salt)
    assert got == identity_key
    assert [one.name for one in others] == ["", "Бојана"]
    for one in others:
        members.verify_member(identity_key, one)


def test_a_state_is_as_the_page_says(vectors: dict[str, Any]) -> None:
    said = vectors["state"]
    key = bytes.fromhex(vectors["database_key"])

    opened = state.opened_state(bytes.fromhex(said["file"]), database_key=key, generation=said["generation"])

    assert opened == state.State(said["change"], said["entries"], said["head"], said["closed"])


def test_a_sealed_answer_is_as_the_page_says(vectors: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    said = vectors["sealed"]
    seal = sealing.Seal(bytes.fromhex(vectors["identity_key"]))
    record_id = UUID(said["record_id"])
    monkeypatch.setattr(secrets, "token_bytes", lambda _: bytes.fromhex(said["nonce"]))

    block = seal.seal(said["plaintext"].encode(), kind=said["kind"], record_id=record_id, revision=said["revision"])

    assert block.hex() == said["block"]
    opened = seal.unseal(block, kind=said["kind"], record_id=record_id, revision=said["revision"])
    assert opened.decode() == said["plaintext"]


def member(row: dict[str, Any]) -> members.Member:
    granted = row["identity_grant"]
    return members.Member(
        slot_id=row["slot_id"],
        public_key=bytes.fromhex(row["public_key"]),
        role=row["role"],
        identity_grant=bytes.fromhex(granted) if granted else None,
        mac=bytes.fromhex(row["mac"]),
        name=row.get("name", ""),
    )
