"""What people type to open a desk: passphrases, login codes and the recovery key.

A recovery key is 130 random bits as 26 characters of Crockford's base 32, then two check characters.
They are the number modulo 1021, a prime: any one wrong character and any two swapped
neighbours are noticed with certainty, anything else in all but one of a thousand cases.
"""

import itertools
import math
import secrets
import unicodedata
from collections.abc import Iterable, Sequence

from referral_desk.errors import WrongRecoveryKey
from referral_desk.vault import strength
from referral_desk.words import N_, _

PASSPHRASE_BITS = 64
BACKUP_BITS = 77
FEWEST_WORDS = 5
SHORTEST_LIST = 1000
SHORTEST_OWN = 15
OWN_BITS = math.log2(10**14)
"""What a passphrase of one's own needs: years of work for a hundred graphics cards at the dearest Argon2id."""

TOO_SHORT = N_("Use at least 15 characters, best of all five random words.")

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011")
RECOVERY_BITS = 130
RECOVERY_LENGTH = 28
CHECK_LENGTH = 2
CHECK_PRIME = 1021
GROUP = 4


def generated_passphrase(words: Sequence[str], *, bits: int = PASSPHRASE_BITS) -> str:
    """Return at least five different words, as many as `bits` need; a ValueError below 1000 to choose from.

    None is among those that are tried first, so that whatever is generated passes as strong enough, too.
    """
    choices = sorted(set(words) - strength.guessed())
    if len(choices) < SHORTEST_LIST:
        raise ValueError("too few words to choose from")
    count = max(FEWEST_WORDS, math.ceil(bits / math.log2(len(choices))))
    return " ".join(secrets.SystemRandom().sample(choices, count))


def normalised_passphrase(passphrase: str) -> str:
    """Return the form that is stretched: NFKC, with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def normalised_login(login: str) -> str:
    """Return the form that enters the salt: NFKC, case folded, with no outer white space; may be empty."""
    folded = unicodedata.normalize("NFKC", login).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def strong_enough(passphrase: str, *, about: Iterable[str] = (), bits: float = OWN_BITS) -> bool:
    """Tell whether a passphrase of one's own has 15 characters and takes enough guesses, by an estimate.

    `about` is what others know of desk and people. An estimate is no measure: a famous quotation passes. Generated
    passphrases are the norm because nothing can measure an invented one.
    """
    text = normalised_passphrase(passphrase)
    is_long = len(text) >= SHORTEST_OWN and not is_one_pattern(text.casefold())
    return is_long and strength.bits(text, about) >= bits


def advice(passphrase: str, *, about: Iterable[str] = (), bits: float = OWN_BITS) -> str:
    """Return what to do about a passphrase that is not strong enough yet, in the language spoken; empty if it is.

    Quick enough for every keystroke: a few milliseconds.
    """
    if strong_enough(passphrase, about=about, bits=bits):
        return ""
    text = normalised_passphrase(passphrase)
    return _(TOO_SHORT if len(text) < SHORTEST_OWN else strength.advice(text, about))


def is_one_pattern(text: str) -> bool:
    """Tell whether the steps between characters repeat: `abcabcab…` and `abcdefg…` both do."""
    steps = [ord(after) - ord(before) for before, after in itertools.pairwise(text)]
    return any(steps[period:] == steps[:-period] for period in range(1, len(steps) // 2 + 2))


def new_recovery_key() -> str:
    """Return 28 characters without groups; `grouped` makes them readable."""
    return recovery_key_from(secrets.randbits(RECOVERY_BITS))


def recovery_key_from(number: int) -> str:
    """Return the 28 characters of a number below 2**130."""
    body = _base32(number, RECOVERY_LENGTH - CHECK_LENGTH)
    return body + _base32(number % CHECK_PRIME, CHECK_LENGTH)


def grouped(recovery_key: str) -> str:
    """Return the key as it stands on the recovery sheet: seven groups of four, joined by hyphens."""
    return "-".join(recovery_key[at : at + GROUP] for at in range(0, len(recovery_key), GROUP))


def parsed_recovery_key(text: str) -> str:
    """Return the 28 plain characters of a key as someone typed it; WrongRecoveryKey if it cannot be one.

    Lower case, spaces, any hyphen, O for 0, and I or L for 1 are forgiven.
    """
    kept = (sign for sign in unicodedata.normalize("NFKC", text) if not _separates(sign))
    key = "".join(kept).upper().translate(MISREAD)
    if len(key) != RECOVERY_LENGTH or not set(key) <= set(ALPHABET):
        raise WrongRecoveryKey
    if recovery_key_from(_number(key[:-CHECK_LENGTH])) != key:
        raise WrongRecoveryKey
    return key


def is_recovery_key(text: str) -> bool:
    """Tell whether a text can be a recovery key; one in a million other texts of that length can, too."""
    try:
        parsed_recovery_key(text)
    except WrongRecoveryKey:
        return False
    return True


def _separates(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Pd", "Cf"}


def _base32(number: int, length: int) -> str:
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(length)))


def _number(text: str) -> int:
    number = 0
    for sign in text:
        number = number * 32 + ALPHABET.index(sign)
    return number
