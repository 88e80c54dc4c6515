"""What goes through the door where a second person agrees: plain functions of a whole desk."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from referral_desk import second_person
from referral_desk.gui.desk import Door, Then
from referral_desk.gui.errands import Form, Place, check_form, is_open
from referral_desk.nrm import pathway
from referral_desk.nrm.all_the_same import Ground
from referral_desk.nrm.pathway import Reasons
from referral_desk.second_person import Second


def others(door: Door, then: Then, refused: Then) -> None:
    """The names of everybody who can agree with a passphrase."""
    door.do(second_person.others, then, refused=refused)


def go_on(door: Door, place: Place, form: Form, then: Then, refused: Then, **told: Any) -> None:
    """Take the step of a form without the consent it lacks, as `told`; the draft of it is no longer needed."""
    door.do(partial(_go_on, place=place, form=form, **told), partial(_gone, door, then), refused=refused)


def _gone(door: Door, then: Then, case_id: UUID) -> None:
    then(case_id)
    door.changed.emit(case_id)


def _go_on(desk: Any, place: Place, form: Form, ground: Ground, second: Second, because: Reasons) -> UUID:
    step = pathway.step_from(pathway.kind_of(place.kind), form)
    case_id = second_person.go_on(desk, place.case_id or "", step, ground, second, because)
    with desk.work() as work:
        work.drop_draft(place.key, place.case_id)
    return case_id


def check(door: Door, place: Place, form: Form, then: Then, refused: Then) -> None:
    """Whether a form that takes two is whole but for who agrees; the names of those who can."""
    whole = form | {"authorised_by": str(form.get("authorised_by") or "…")}
    door.ask(partial(check_form, place=place, form=whole), lambda _fine: others(door, then, refused), refused=refused)


def record(door: Door, place: Place, form: Form, then: Then, refused: Then, **told: Any) -> None:
    """Take or correct a step that takes two, as `told`; the draft of it is no longer needed."""
    door.do(partial(_record, place=place, form=form, **told), partial(_gone, door, then), refused=refused)


def _record(desk: Any, place: Place, form: Form, second: Second, why: str, because: Reasons) -> UUID:
    kind, case_id = pathway.kind_of(place.kind), place.case_id or ""
    if place.step_id:
        given = {q.name: form.get(q.name) for q in kind.questions if is_open(q)}
        second_person.correct(desk, case_id, place.step_id, given, second, why=why, because=because)
    else:
        second_person.record(desk, case_id, pathway.step_from(kind, form), second, because)
    with desk.work() as work:
        work.drop_draft(place.key, place.case_id)
    return UUID(str(case_id))
