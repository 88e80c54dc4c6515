"""What indicators suggest: a help for the eye, never a finding. Nothing here can say “not a victim”.

The rule is that of the operational indicators (ILO and European Commission, 2009): a dimension is positive with two
strong indicators, a strong one and any other, three of medium weight, or two of medium weight and a weak one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from referral_desk.nrm.case import Case
from referral_desk.nrm.experience import TraffickingExperience
from referral_desk.nrm.identification import Interview
from referral_desk.nrm.indicators import DIMENSIONS, Indicator, IndicatorAnswers, Seen
from referral_desk.nrm.person import is_child
from referral_desk.nrm.terms import Term
from referral_desk.words import N_

STRONG, MEDIUM, WEAK = "S", "M", "W"

RECRUITMENT = frozenset({"deceptive", "coercive"})
EXPLOITATION = "conditions"
COERCION = "coercion_there"
MEANS = frozenset(DIMENSIONS) - {EXPLOITATION}


class Suggestion(Term):
    """There is no fourth one."""

    STRONG = "STRONG", N_("Strong signs of trafficking")
    POSSIBLE = "POSSIBLE", N_("Trafficking is possible")
    UNKNOWN = "INSUFFICIENT_INFO", N_("Not enough is known to suggest anything; help does not wait for it")


@dataclass(frozen=True)
class Screened:
    """What a look at the indicators suggests, and the dimensions that are positive, in the order of the list."""

    suggestion: Suggestion
    positive: tuple[str, ...]
    as_child: bool


def is_positive(weights: Iterable[str]) -> bool:
    """Whether the indicators seen in one dimension make it positive; a strong one alone does not."""
    seen = list(weights)
    strong, medium, weak = (seen.count(weight) for weight in (STRONG, MEDIUM, WEAK))
    return strong >= 2 or (strong == 1 and medium + weak >= 1) or medium >= 3 or (medium == 2 and weak >= 1)


def suggested(weights: Mapping[str, Iterable[str]], *, as_child: bool, act_known: bool = False) -> Screened:
    """From the weights of what was seen, by dimension. Of a child no means are asked for; any exploitation counts."""
    held = {name: list(weights.get(name, ())) for name in DIMENSIONS}
    positive = tuple(name for name in DIMENSIONS if is_positive(held[name]))
    judge = _for_a_child if as_child else _for_an_adult
    exploited = bool(held[EXPLOITATION])
    return Screened(judge(frozenset(positive), exploited=exploited, act_known=act_known), positive, as_child)


def screened(case: Case, on: date) -> Screened:
    """What was seen in a case until a day, in any look at the list: one that missed something takes nothing away."""
    as_child = is_child(case)
    looks = [step for step in case.taken(IndicatorAnswers) if step.day <= on]
    weights = {name: [_weight(one, as_child=as_child) for one in _seen(looks, name)] for name in DIMENSIONS}
    told = [step for step in [*case.taken(Interview), *case.taken(TraffickingExperience)] if step.day <= on]
    if as_child and any(step.exploitation for step in told):  # type: ignore[attr-defined]
        weights[EXPLOITATION] = [*weights[EXPLOITATION], STRONG, STRONG]
    acts = any(step.acts for step in case.taken(TraffickingExperience) if step.day <= on)
    return suggested(weights, as_child=as_child, act_known=acts)


def _for_an_adult(positive: frozenset[str], *, exploited: bool, act_known: bool) -> Suggestion:
    del exploited, act_known
    if EXPLOITATION not in positive or not positive & MEANS:
        return Suggestion.UNKNOWN
    return Suggestion.STRONG if positive & RECRUITMENT and COERCION in positive else Suggestion.POSSIBLE


def _for_a_child(positive: frozenset[str], *, exploited: bool, act_known: bool) -> Suggestion:
    if EXPLOITATION in positive and (act_known or positive & MEANS):
        return Suggestion.STRONG
    return Suggestion.POSSIBLE if exploited or EXPLOITATION in positive else Suggestion.UNKNOWN


def _seen(looks: Iterable[IndicatorAnswers], dimension: str) -> set[Indicator]:
    answers = (getattr(look, dimension) or {} for look in looks)
    return {one for given in answers for one, seen in given.items() if seen is Seen.YES}


def _weight(indicator: Indicator, *, as_child: bool) -> str:
    return indicator.child if as_child else indicator.adult
