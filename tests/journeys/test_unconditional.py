"""Help hangs on nothing: whatever is decided, said, granted or refused, the same help is open as before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_desk.nrm import assistance, pathway, residence, status, support
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.justice import Speaking
from referral_desk.nrm.kinds import KINDS
from referral_desk.nrm.reflection import ReflectionEnd, ReflectionPeriod
from referral_desk.nrm.safeguards import SAFEGUARDS
from tests.cast import TODAY, a_child, a_woman, days_ago, step

HELPING = [
    kind
    for kind in KINDS.values()
    if kind.__module__ in (support.__name__, assistance.__name__) and kind is not assistance.AssistanceEnd
]
NO_WORDS = ("cooperat", "testi", "police", "authorit", "status", "decision", "identif", "permit", "papers", "asylum")

WHAT_OTHERS_DECIDE = [
    {"kind": "decision", "status": "NOT_CONFIRMED", "decided_by": "GOV"},
    {"kind": "decision", "status": "IDENTIFIED", "decided_by": "POLICE"},
    {"kind": "submission", "outcome": "PERSON_REFUSED"},
    {"kind": "speaking", "decision": "NO"},
    {"kind": "speaking", "decision": "YES"},
    {"kind": "permit", "permit": "THB_COOPERATION", "status": "REFUSED"},
    {"kind": "permit", "permit": "THB_PERSONAL", "status": "GRANTED"},
    {"kind": "reflection", "granted": "REFUSED", "mechanism": "COE"},
    {"kind": "person_decision", "topic": "RETURN", "decision": "NO"},
    {"kind": "proceeding", "type": "CRIMINAL", "roles": "DEFENDANT", "status": "DROPPED"},
    {"kind": "circumstances", "residence": "IRREGULAR"},
]


def test_help_is_what_is_judged_here() -> None:
    assert {kind.kind for kind in HELPING} >= {"needs", "plan", "plan_item", "service", "stay", "assistance"}
    assert {Speaking, ReflectionPeriod, ReflectionEnd, residence.Permit, status.IdentificationDecision}.isdisjoint(
        HELPING
    )


@pytest.mark.parametrize("kind", HELPING, ids=lambda kind: kind.kind)
def test_no_rule_of_a_helping_step_speaks_of_authorities(kind: type[Step]) -> None:
    sentences = [guard.sentence.lower() for guard in SAFEGUARDS if guard.kind is kind]

    assert not [(word, sentence) for sentence in sentences for word in NO_WORDS if word in sentence]


@pytest.mark.parametrize("person", [a_woman, a_child], ids=["a woman", "a child"])
@settings(max_examples=40, deadline=None)
@given(happened=st.lists(st.sampled_from(WHAT_OTHERS_DECIDE), max_size=4))
def test_the_same_help_is_open_whatever_others_decide(person, happened) -> None:
    plain, case = person(), person()
    for told in happened:
        answers = {name: answer for name, answer in told.items() if name != "kind"}
        case.steps.append(step(told["kind"], 10, **answers))

    assert _hindrances(case) == _hindrances(plain)


def test_what_is_asked_of_those_who_help_names_no_authority() -> None:
    questions = [question for kind in HELPING for question in kind.questions]
    asked = [f"{question.name} {question.text}".lower() for question in questions]

    assert not [(word, text) for text in asked for word in ("cooperat", "testi", "police") if word in text]


def _hindrances(case: Case) -> dict[str, tuple[set[str], set[str]]]:
    """By kind of help, what stands in its way and what is warned of; help begun before stays open, too."""
    helped = Case(opened_on=days_ago(60))
    helped.steps.extend(case.steps)
    for kind in ("needs", "plan", "plan_item", "stay", "assistance"):
        helped.steps.append(KINDS[kind](day=days_ago(5)))
    return {
        one.kind.kind: ({guard.id for guard in one.unmet}, {guard.id for guard in one.warnings})
        for one in pathway.next_steps(helped, TODAY)
        if one.kind in HELPING
    }
