"""What must be read with the names in sight before a paper leaves: typed words, and who must never learn of the person.

Papers are made without the seal. Whether a typed word is a name, or a recipient is the one whose name is sealed, only
a member who may know names can tell.
"""

from __future__ import annotations

from collections.abc import Iterable

from referral_desk.errors import NamesUnread
from referral_desk.letters import leaving
from referral_desk.letters.layout import Layout
from referral_desk.nrm import never_tell
from referral_desk.nrm.case import KINDS, Case
from referral_desk.nrm.fields import SEALED_MARK
from referral_desk.nrm.referral import Referral
from referral_desk.store.work import Work


def check(work: Work, case: Case, referral: Referral, laid: Layout, questions: Iterable[str]) -> None:
    """SafeguardsUnmet for a recipient who must never learn of the person; NamesUnread where nobody here can tell.

    `questions` are those whose answers the paper holds, as `kind.question`.
    """
    goes_out = laid.recipient == "organisation"
    if work.seal is not None:
        if goes_out:
            leaving.check_may_learn(case, referral, work.today)
        return
    hidden = any(step.name == SEALED_MARK for step in never_tell.in_force(case, work.today))
    if (hidden and goes_out) or any(map(_is_typed, questions)):
        raise NamesUnread


def _is_typed(name: str) -> bool:
    kind, _dot, wanted = name.partition(".")
    question = KINDS[kind].question(wanted) if kind in KINDS else None
    return question is not None and question.kind is str and question.vocabulary is None
