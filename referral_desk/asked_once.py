"""What was asked before: nobody has to tell the same story twice because we did not look.

What was talked about, when, with whom, and whether the account may be used instead of asking anew; never the account.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from referral_desk import words
from referral_desk.nrm.identification import Interview
from referral_desk.nrm.terms import YesNo
from referral_desk.store import Work, roster
from referral_desk.words import N_, _

ASKING = frozenset({"interview", "experience", "indicators", "exploiter", "circumstances", "submission"})
"""The kinds of step whose forms ask for what somebody may have told already."""

_REUSE = {
    YesNo.YES: N_("The account may be used: read it instead of asking."),
    YesNo.NO: N_("The person does not want the account to be used again. Ask only what she or he offers to tell."),
    None: N_("Whether the account may be used again was not asked: ask that first."),
}


@dataclass(frozen=True)
class Asked:
    """One earlier talk. `who` is empty where nobody is named."""

    day: date
    who: str
    topics: tuple[str, ...]
    reuse: str

    @property
    def sentence(self) -> str:
        """What not to ask again, in words."""
        told = {
            "day": words.isolate(words.day(self.day)),
            "topics": ", ".join(self.topics),
            "who": words.isolate(self.who),
        }
        said = _("Asked on %(day)s by %(who)s: %(topics)s.") if self.who else _("Asked on %(day)s: %(topics)s.")
        return f"{said % told} {self.reuse}"


def asked_before(work: Work, case_id: UUID) -> tuple[Asked, ...]:
    """The talks in which something was asked, the latest first."""
    names = roster.names(work.session)
    talks = reversed(work.case(case_id).taken(Interview))
    return tuple(_asked(talk, names.get(talk.recorded_by, "")) for talk in talks if talk.topics)


def not_again(asked: Iterable[Asked]) -> tuple[str, ...]:
    """Every topic that was talked about, each once."""
    return tuple(dict.fromkeys(topic for one in asked for topic in one.topics))


def _asked(talk: Interview, recorder: str) -> Asked:
    topics = tuple(sorted(topic.label for topic in talk.topics or ()))
    return Asked(talk.day, talk.interviewer or recorder, topics, _(_REUSE[talk.may_reuse]))
