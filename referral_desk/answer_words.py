"""Three words by which a recipient answers: read out on the phone, ticked on a slip, or scanned.

They are made from a secret of the desk, the reference of the paper and the answer: nobody can guess them (one in
10^11), they say nothing to anybody else, and the same paper always carries the same ones.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from referral_desk import resources
from referral_desk.errors import UnknownAnswerWord, WrongAnswerWords
from referral_desk.nrm.case import code_from
from referral_desk.nrm.terms import Term
from referral_desk.store import disclosing
from referral_desk.store.work import Work
from referral_desk.words import N_

HOW_MANY = 3


class Reply(Term):
    """What a recipient may answer on a slip."""

    ACCEPTED = "ACCEPTED", N_("Yes, we accept")
    LATER = "LATER", N_("Later: on the waiting list")
    FULL = "FULL", N_("No: no place is free")
    DECLINED = "DECLINED", N_("No, for another reason")
    ARRIVED = "ARRIVED", N_("The person has arrived")
    SILENT = "SILENT", N_("No answer came; we wait no longer")


ON_SLIPS = (Reply.ACCEPTED, Reply.LATER, Reply.FULL, Reply.DECLINED, Reply.ARRIVED)
ASKED_OF_ENQUIRIES = (Reply.ACCEPTED, Reply.LATER, Reply.FULL, Reply.DECLINED)


@dataclass(frozen=True)
class Found:
    """To which paper some words belong, and what they say; `referral_id` is None for an enquiry."""

    reply: Reply
    reference: str
    case_id: UUID
    referral_id: UUID | None


def words_for(work: Work, reference: str, reply: Reply) -> str:
    """The three words, in lower case, with spaces between them."""
    return _words(disclosing.secret(work.session), reference, reply)


def find(work: Work, typed: str) -> Found:
    """The paper and the answer of three words, however they were typed.

    UnknownAnswerWord where one is none of the list, WrongAnswerWords where they stand on no paper of this desk.
    """
    wanted = _read(typed)
    secret = disclosing.secret(work.session)
    for reference, case_id, referral_id in disclosing.references(work.session):
        for reply in ON_SLIPS:
            if hmac.compare_digest(_words(secret, reference, reply), wanted):
                return Found(reply, reference, case_id, referral_id)
    raise WrongAnswerWords


def reference_for(work: Work, *about: object) -> str:
    """A reference that is the same for the same paper, and joins it to no other one."""
    made = _keyed(disclosing.secret(work.session), "reference", *map(str, about))
    return code_from(int.from_bytes(made[:5], "big") >> 5, "RF")


def _words(secret: bytes, reference: str, reply: Reply) -> str:
    number = int.from_bytes(_keyed(secret, "answer", reference, reply.code)[:16], "big")
    listed = _listed()
    chosen = []
    for _place in range(HOW_MANY):
        number, at = divmod(number, len(listed))
        chosen.append(listed[at])
    return " ".join(chosen)


def _keyed(secret: bytes, *parts: str) -> bytes:
    return hmac.digest(secret, "\x1f".join(("rd1", *parts)).encode(), hashlib.sha256)


def _read(typed: str) -> str:
    """What was typed as the three words of the list: hyphens, commas, capitals and line ends do not count."""
    known = {re.sub(r"\W", "", word): word for word in _listed()}
    parts = [part for part in re.split(r"[^\w-]+", typed.casefold()) if part]
    if len(parts) != HOW_MANY:
        parts = [part for part in re.split(r"[\W_]+", typed.casefold()) if part]
    bare = [re.sub(r"\W", "", part) for part in parts]
    for number, word in enumerate(bare[:HOW_MANY], 1):
        if word not in known:
            raise UnknownAnswerWord(number=number)
    if len(bare) != HOW_MANY:
        raise WrongAnswerWords
    return " ".join(known[word] for word in bare)


@cache
def _listed() -> tuple[str, ...]:
    return tuple(resources.path("words", "english.txt").read_text(encoding="utf-8").split())
