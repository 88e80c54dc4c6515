"""What dimensions and codes of families are called, in the language spoken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from referral_desk import words
from referral_desk.nrm.pathway import KINDS
from referral_desk.nrm.terms import Country, Service
from referral_desk.statistics import counting
from referral_desk.statistics.families import REMAINDER
from referral_desk.words import N_, _

OF = "="
"""Between a question with several answers and one of them, in the name of a dimension."""

_DIMENSIONS = {
    "person.gender": N_("Gender"),
    "person.age_group": N_("Child or adult"),
    "person.age_band": N_("Age group"),
    "person.citizenships": N_("Citizenship"),
    "interview.exploitation": N_("Form of exploitation"),
    "experience.exploitation": N_("Form of exploitation"),
    "interview.control": N_("Means of control"),
    "experience.control": N_("Means of control"),
    "interview.country_of_exploitation": N_("Country of exploitation"),
    "experience.countries": N_("Country of exploitation"),
    "first_contact.contact": N_("How people came to us"),
    "decision.status": N_("Status by the latest decision"),
    "service": N_("Services"),
    "closure.duration": N_("How long the case was open"),
    "closure.reason": N_("Why the case was closed"),
    "reflection.granted": N_("Reflection period"),
    "return.manner": N_("Return, and risk assessment before it"),
    "monitoring.retrafficked": N_("Trafficked again after return"),
    "referral.answer_time": N_("Time until the first answer to a referral"),
    "referral_answer.decline_reason": N_("Why a referral was declined"),
    "permit.permit": N_("Residence permit"),
    "award.result": N_("Compensation"),
    "guardian.status": N_("Guardian of children"),
    "best_interests.decision": N_("Best-interests determination of children"),
}
"""Short names for tables; a question that is not here is called as it is asked."""

_CODES = {
    REMAINDER: N_("all others, and not known"),
    "?": N_("not known"),
    "YES": N_("Yes"),
    "NO": N_("No"),
    "SEVERAL": N_("several"),
    "CHILD": N_("Children"),
    "ADULT": N_("Adults"),
    "NOT_CHILD": N_("adults, and age not known"),
    "TRANS": N_("Trans and non-conforming"),
    "GIVEN": N_("given"),
    "UNMET": N_("asked for, not given"),
    "NO_RETURN": N_("no return"),
    "NONE": N_("none"),
    "OPEN": N_("no answer yet"),
    "CLAIMED": N_("claimed, not decided"),
    "D30": N_("up to 30 days"),
    "D90": N_("31 to 90 days"),
    "D180": N_("91 to 180 days"),
    "D365": N_("181 to 365 days"),
    "LONGER": N_("more than a year"),
    "IN_3": N_("within 3 days"),
    "IN_14": N_("4 to 14 days"),
    "LATER": N_("after more than 14 days"),
}
_CODES_OF = {
    ("monitoring.retrafficked", "?"): N_("no return, or not known"),
    ("referral_answer.decline_reason", "?"): N_("not declined, or not known"),
    ("referral.answer_time", "NONE"): N_("no referral"),
    ("permit.permit", "NONE"): N_("no permit"),
    ("award.result", "NONE"): N_("not claimed"),
    ("guardian.status", "NONE"): N_("no guardian"),
    ("best_interests.decision", "NONE"): N_("not determined"),
}
"""What a code says in one dimension, where the plain word would mislead."""

_FAMILIES = {
    "intake": N_("Persons who came"),
    "closure": N_("Persons whose case was closed"),
}
_RISK = {"ASSESSED": N_("%(what)s, risk assessed before"), "UNASSESSED": N_("%(what)s, no risk assessment")}


def family(name: str) -> str:
    """What a family counts."""
    return _(_FAMILIES[name]) if name in _FAMILIES else name


def dimension(name: str) -> str:
    """What is counted by; of one answer to a question with several, that answer."""
    question, _of, one = name.partition(OF)
    if one:
        return _("%(what)s: %(which)s") % {"what": dimension(question), "which": code(question, one)}
    if name in _DIMENSIONS:
        return _(_DIMENSIONS[name])
    found = next((known for known in counting.dimensions() if known.name == name), None)
    return found.label if found else name


def table(names: Iterable[str]) -> str:
    """What a table counts by."""
    return " × ".join(map(dimension, names))


def code(name: str, one: str) -> str:
    """A category of a dimension; of the several answers to a question, `name` is the question."""
    kind, _dot, asked = name.partition(".")
    if (name, one) in _CODES_OF:
        return _(_CODES_OF[name, one])
    if name == "service":
        return Service.of(one).label if one in {service.code for service in Service} else one
    vocabulary = _vocabulary(kind, asked)
    if vocabulary is Country and one.isdigit():
        return words.region(one)
    if vocabulary is not None and one in _codes(vocabulary):
        return str(vocabulary.of(one).label)
    what, _point, how = one.partition(".")
    if how in _RISK:
        return _(_RISK[how]) % {"what": code(name, what)}
    return _(_CODES[one]) if one in _CODES else one


def _vocabulary(kind: str, asked: str) -> Any:
    found = KINDS[kind].question(asked) if kind in KINDS else None
    return found.vocabulary if found else None


def _codes(vocabulary: Any) -> frozenset[str]:
    return frozenset(entry.code for entry in vocabulary.every())
