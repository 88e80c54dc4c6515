"""What the indicators suggest in one case, in plain sentences: a suggestion for people, from which nothing follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from referral_desk.nrm.case import Case
from referral_desk.nrm.experience import TraffickingExperience
from referral_desk.nrm.identification import Exploitation, Interview
from referral_desk.nrm.indicators import UNVERIFIED_PROFILES, IndicatorAnswers
from referral_desk.nrm.screening import screened
from referral_desk.words import _


def suggestion(case: Case, on: date) -> str:
    """A suggestion only: it names what it rests on, and it never says that somebody is not a victim."""
    if not case.taken(IndicatorAnswers):
        return ""
    found = screened(case, on)
    dimensions = [question.label for name in found.positive if (question := IndicatorAnswers.question(name))]
    told = {"suggestion": found.suggestion.label, "dimensions": ", ".join(dimensions) or _("none")}
    said = _("What the indicators suggest: %(suggestion)s. Positive dimensions: %(dimensions)s.") % told
    parts = [said, _("This is a suggestion for people who decide; help does not wait for it."), _no_list(case)]
    return " ".join(filter(None, parts))


def _no_list(case: Case) -> str:
    """Of what was told nothing can be suggested where there is no list for it."""
    told: list[Any] = [*case.taken(Interview), *case.taken(TraffickingExperience)]
    return _(UNVERIFIED_PROFILES) if any(Exploitation.SEX in (step.exploitation or ()) for step in told) else ""
