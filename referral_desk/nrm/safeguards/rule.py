"""What a rule is: stated once, with its id, severity, sentence, source, and what holds it.

A condition returns whether the rule holds. It sees the case and the day; one that must see the answers being given
takes the step as a third argument, which is None while a page only asks what stands in the way.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.closing import is_closed
from referral_desk.nrm.deadlines import overdue
from referral_desk.nrm.sources import said
from referral_desk.words import N_, _

Condition = Callable[[Case, date, Any], bool]


class Severity(Enum):
    """What happens where a rule does not hold."""

    BLOCK = "B"
    """The act is refused."""
    WARN = "W"
    """The act waits for a reason, which is kept with it; of a case as a whole it is shown."""
    INFORM = "I"
    """It is shown, and nobody need answer."""

    @property
    def label(self) -> str:
        return _(_SEVERITIES[self])


_SEVERITIES = {
    Severity.BLOCK: N_("is refused"),
    Severity.WARN: N_("asks for a reason"),
    Severity.INFORM: N_("is shown"),
}


@dataclass(frozen=True, eq=False)
class Safeguard:
    """One rule, which equals itself alone. `id` is that of the field's rule list; `sentence` is to be looked up.

    `kind` is the kind of step it judges, Case where it judges a case at any time, None where something else holds it:
    then `held_by` says what. `otherwise` says how the law lets one do without, by which recorded act. A rule with
    `keys` holds as long as nothing due with one of them is overdue.
    """

    id: str
    severity: Severity
    kind: type[Step | Case] | None
    sentence: str
    source: str
    holds: Condition | None = None
    held_by: str = ""
    otherwise: str = ""
    keys: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        return _(self.sentence)

    @property
    def cited(self) -> str:
        """Its source in the language spoken."""
        return said(self.source)

    @property
    def on_what(self) -> str:
        """The code of the kind of step; `case` for a case as a whole, empty where something else holds it."""
        if self.kind is None:
            return ""
        return getattr(self.kind, "kind", "step") if issubclass(self.kind, Step) else "case"


SAFEGUARDS: list[Safeguard] = []

OTHER_GROUND = N_(
    "Where a life is in danger or a law demands it: record a consent step with “Not asked: the law gives another "
    "ground”, why, and which second person agreed."
)
"""How the law lets one do without consent: a recorded act, with basis, reason and a second person."""


def in_order(id_: str) -> tuple[int, int]:
    """Where a rule stands in the field's list, by its id."""
    return "XIFAKRTCZN".index(id_[0]), int(id_[1:])


def must_hold(kind: type[Step], sentence: str, *, id: str, source: str, otherwise: str = "") -> Callable[[Any], Any]:  # noqa: A002
    """Declare that a step of this kind may not be taken unless the condition holds."""
    return _declare(Severity.BLOCK, kind, sentence, id=id, source=source, otherwise=otherwise)


def should_hold(kind: type[Step | Case], sentence: str, *, id: str, source: str) -> Callable[[Any], Any]:  # noqa: A002
    """Declare that a step needs a reason where the condition does not hold, or that a case shows it."""
    return _declare(Severity.WARN, kind, sentence, id=id, source=source)


def is_worth_knowing(kind: type[Step | Case], sentence: str, *, id: str, source: str) -> Callable[[Any], Any]:  # noqa: A002
    """Declare that it is shown where the condition does not hold."""
    return _declare(Severity.INFORM, kind, sentence, id=id, source=source)


def held_elsewhere(severity: Severity, sentence: str, *, id: str, source: str, by: str) -> None:  # noqa: A002
    """List a rule that cannot be broken through this program, and say what holds it."""
    SAFEGUARDS.append(Safeguard(id, severity, None, sentence, source, held_by=by))


def in_time(sentence: str, *, id: str, source: str, keys: Collection[str]) -> None:  # noqa: A002
    """Declare that a case shows it where something due with one of these keys is overdue."""

    def holds(case: Case, on: date, _step: Any) -> bool:
        return not any(due.key in keys for due in overdue(case, on))

    SAFEGUARDS.append(Safeguard(id, Severity.WARN, Case, sentence, source, holds, keys=frozenset(keys)))


def unmet(case: Case, wanted: type[Step] | Step, on: date) -> tuple[Safeguard, ...]:
    """Every safeguard that stands in the way of a kind of step, or of a step with its answers, on a day."""
    return _broken(Severity.BLOCK, case, wanted, on)


def warnings(case: Case, wanted: type[Step] | Step, on: date) -> tuple[Safeguard, ...]:
    """Every rule for which such a step asks for a reason on a day."""
    return _broken(Severity.WARN, case, wanted, on)


def in_the_way(case: Case, kind: type[Step], on: date) -> tuple[tuple[Safeguard, ...], tuple[Safeguard, ...]]:
    """What `unmet` and `warnings` say of a kind of step; both are empty for most kinds."""
    return (unmet(case, kind, on), warnings(case, kind, on)) if _is_judged(kind) else _NOTHING


def worth_knowing(case: Case, wanted: type[Step] | Step, on: date) -> tuple[Safeguard, ...]:
    """What such a step should be done with in mind."""
    return _broken(Severity.INFORM, case, wanted, on)


def remarks(case: Case, on: date) -> tuple[Safeguard, ...]:
    """Every rule that does not hold in the case as it stands on a day: warnings before what is only shown.

    Of a closed case what is due all the same; nobody works on the rest.
    """
    late = {due.key for due in overdue(case, on)}
    closed = is_closed(case, on)
    asked = [guard for guard in SAFEGUARDS if guard.kind is Case and (guard.keys or not closed)]
    broken = [guard for guard in asked if _is_broken(guard, case, on, late)]
    told = [guard for kind in _kinds_told_of() for guard in _told_of(case, kind, on)]
    return tuple(sorted([*broken, *told], key=lambda guard: guard.severity is not Severity.WARN))


def _told_of(case: Case, kind: type[Step], on: date) -> tuple[Safeguard, ...]:
    """What is only shown of a kind of step: of the latest one, or before the first."""
    may_come = kind.after is None or case.latest(kind.after) is not None
    return worth_knowing(case, case.latest(kind) or kind, on) if may_come else ()


@cache
def _kinds_told_of() -> tuple[type[Step], ...]:
    kinds = (guard.kind for guard in SAFEGUARDS if guard.severity is Severity.INFORM and guard.kind)
    return tuple(dict.fromkeys(kind for kind in kinds if issubclass(kind, Step)))


def _is_broken(guard: Safeguard, case: Case, on: date, late: Collection[str]) -> bool:
    """What is overdue is found out once for all rules that ask for it."""
    if guard.keys:
        return not guard.keys.isdisjoint(late)
    return guard.holds is not None and not guard.holds(case, on, None)


def _broken(severity: Severity, case: Case, wanted: type[Step] | Step, on: date) -> tuple[Safeguard, ...]:
    kind, step = (wanted, None) if isinstance(wanted, type) else (type(wanted), wanted)
    judging = _judging(kind, severity, step is not None)
    return tuple([guard for guard, holds in judging if not holds(case, on, step)]) if judging else ()


@cache
def _is_judged(kind: type[Step]) -> bool:
    return any(_judging(kind, severity, False) for severity in (Severity.BLOCK, Severity.WARN))  # noqa: FBT003


_NOTHING: tuple[tuple[Safeguard, ...], tuple[Safeguard, ...]] = ((), ())


@cache
def _judging(kind: type[Step], severity: Severity, has_answers: bool) -> tuple[tuple[Safeguard, Condition], ...]:  # noqa: FBT001
    """The rules for a kind of step; one of `Step` itself is for the answers of every kind, and of nothing else."""
    kinds = (kind, Step) if has_answers else (kind,)
    mine = (guard for guard in SAFEGUARDS if guard.kind in kinds and guard.severity is severity)
    return tuple((guard, guard.holds) for guard in mine if guard.holds)


def _declare(
    severity: Severity,
    kind: type[Step | Case],
    sentence: str,
    *,
    id: str,  # noqa: A002
    source: str,
    otherwise: str = "",
) -> Callable[[Any], Any]:
    def declare(condition: Any) -> Any:
        sees_answers = len(inspect.signature(condition).parameters) == 3
        holds = condition if sees_answers else lambda case, on, _step: condition(case, on)
        SAFEGUARDS.append(Safeguard(id, severity, kind, sentence, source, holds, otherwise=otherwise))
        return condition

    return declare
