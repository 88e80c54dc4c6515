"""What a story asks of the rules: what they refuse, warn of, remark and tell."""

from __future__ import annotations

from datetime import date
from typing import Any

from referral_desk.errors import SafeguardsUnmet, WarningsUnanswered
from referral_desk.nrm import pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.safeguards import remarks, worth_knowing
from tests import cast
from tests.cast import TODAY, days_ago

step: Any = cast.step
tells: Any = cast.tells


def refused(case: Case, kind: str, *ago: int, **written: Any) -> set[str]:
    """The ids of what stands in the way of a step, whatever it only warns of; the case stays as it is."""
    try:
        pathway.take(_same(case), step(kind, *ago, **written), on=TODAY, because=Everything())
    except SafeguardsUnmet as unmet:
        return {guard.id for guard in unmet.unmet}
    return set()


def warned(case: Case, wanted: Step) -> set[str]:
    try:
        pathway.take(_same(case), wanted, on=TODAY)
    except WarningsUnanswered as unanswered:
        return {guard.id for guard in unanswered.unmet}
    return set()


class Everything(dict[str, str]):
    """A reason for whatever is asked."""

    def get(self, _key: object, _default: object = None) -> str:
        return "It was so."


def _same(case: Case) -> Case:
    other = Case(opened_on=case.opened_on, id=case.id, code=case.code)
    other.steps.extend(case.steps)
    other.stands_in(case.around)
    return other


def remarked(case: Case, on: date = TODAY) -> set[str]:
    return {guard.id for guard in remarks(case, on)}


def told(case: Case, wanted: Step) -> set[str]:
    return {guard.id for guard in worth_knowing(case, wanted, TODAY)}


def consents(case: Case, scope: str, *ago: int, **more: str) -> Any:
    [since] = ago or (5,)
    return tells(case, "consent", since, **{"status": "GIVEN", "scope": scope, "given_by": "PERSON"} | more)


def iso(ago: int) -> str:
    return days_ago(ago).isoformat()
