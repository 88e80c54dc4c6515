"""Open a desk with its recovery key and without Referral Desk.

    pip install cryptography sqlcipher3
    python rescue.py FOLDER          the tables of a desk or a backup, and how many rows each has
    python rescue.py FOLDER --key    the raw key, for any program that opens SQLCipher 4 files

A backup opens with its backup passphrase, too. The format is in docs/format.md. Work on a copy of the folder.
What is found goes to the screen only. Names and notes stay sealed: the database key does not open them.
"""

import argparse
import hashlib
import hmac
import json
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MISREAD = str.maketrans("OIL", "011", " -\t")


def derived(key: bytes, purpose: str, length: int = 32) -> bytes:
    return HKDF(SHA256(), length=length, salt=None, info=f"rd1/{purpose}".encode()).derive(key)


def spoken(typed: str) -> str:
    """Return what is stretched: the 28 characters of a recovery key, or the words of a passphrase."""
    key = typed.upper().translate(MISREAD)
    return key if len(key) == 28 and key.isalnum() else " ".join(unicodedata.normalize("NFKC", typed).split())


@cache  # slots of the same cost need one run between them
def stretched(passphrase: str, store_salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    salt = hashlib.sha256(store_salt).digest()
    argon2id = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory_kib)
    return argon2id.derive(passphrase.encode())


def database_key(keyfile: dict[str, Any], typed: str) -> bytes | None:
    """Return the 32-byte key of the database, or None if this opens no slot."""
    salt = bytes.fromhex(keyfile["salt"])
    for slot in keyfile["slots"]:
        keys = derived(stretched(spoken(typed), salt, **slot["cost"]), f"slot/{slot['id']}", 64)
        if hmac.compare_digest(keys[32:], bytes.fromhex(slot["commitment"])):
            return granted_key(slot, keys[:32], salt)
    return None


def granted_key(slot: dict[str, Any], slot_key: bytes, salt: bytes) -> bytes:
    """Return the database key of an opened slot; InvalidTag if the slot is damaged."""
    context = f"rd1/slot/{slot['id']}/".encode() + salt
    secret = AESGCM(slot_key).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["sealed"]), context)
    private_key = X25519PrivateKey.from_private_bytes(derived(secret[:32], "x25519"))
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return suite.decrypt(bytes.fromhex(slot["database_grant"])[5:], private_key, b"rd1/grant/database/" + salt)


def row_counts(database: Path, key: bytes) -> dict[str, int]:
    connection = sqlcipher.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        counts = {name: f'SELECT count(*) FROM "{name}"' for (name,) in connection.execute(tables)}  # noqa: S608
        return {name: connection.execute(count).fetchone()[0] for name, count in counts.items()}
    finally:
        connection.close()


def main() -> int:
    arguments = argparse.ArgumentParser(description="Open a desk with its recovery key.")
    arguments.add_argument("folder", type=Path, help="a copy of the folder of the desk")
    arguments.add_argument("--key", action="store_true", help="print the raw key instead of the tables")
    chosen = arguments.parse_args()
    keyfile = json.loads((chosen.folder / "store.rdk").read_text(encoding="ascii"))
    try:
        key = database_key(keyfile, input("Recovery key: "))
    except InvalidTag:
        sys.exit("The slot of this recovery key is damaged. Try store.rdk.1, renamed to store.rdk.")
    if key is None:
        sys.exit("This is not the recovery key of this desk.")
    counts = {} if chosen.key else row_counts(chosen.folder / keyfile["database"], key)
    lines = [f"PRAGMA key = \"x'{key.hex()}'\";"] if chosen.key else [f"{n:8} {name}" for name, n in counts.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
