"""Finding the case, and the button, that a picture is about."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QWidget

from referral_desk.errors import ConsentNotInForce
from referral_desk.pages import CasePage, case_page
from scripts.look.waiting import rest, until

Fits = Callable[[Any, CasePage], bool]


def case_with(door: Any, fits: Fits) -> UUID:
    """The case that shows most of what a picture is about."""

    def fullest(work: Any) -> UUID:
        shown = [case_page(case, work.today) for case in work.cases(work.case_ids())]
        return max((page for page in shown if fits(work, page)), key=lambda page: len(page.timeline)).id

    found: list[UUID] = []
    door.ask(fullest, found.append)
    until(lambda: bool(found))
    return found[0]


def choose(windows: Any, window: Any, fits: Fits) -> None:
    """Click the case in the list."""
    rows = window.cases.list.rows
    window.cases.list.view.setCurrentIndex(rows.index(rows.ids.index(case_with(windows.door, fits))))
    rest(windows.door)


def is_adult_with_letter(work: Any, page: CasePage) -> bool:
    return not page.is_child and bool(page.referrals) and may_be_printed(work, page.referrals[0].id)


def is_child_who_may_not_return(_work: Any, page: CasePage) -> bool:
    return page.is_child and bool(page.marks) and any(step.unmet for track in page.tracks for step in track.open)


def is_held(_work: Any, page: CasePage) -> bool:
    return page.is_held


def may_be_printed(work: Any, referral_id: UUID) -> bool:
    """Whether the consent to a referral is in force today."""
    from referral_desk import letters

    with suppress(ConsentNotInForce):
        return bool(letters.referral_form(work, referral_id, language="en").pdf)
    return False


def press(page: QWidget, text: str, *, last: bool) -> None:
    """Click a button that says this, the last or the first of them."""
    found = [one for one in page.findChildren(QAbstractButton) if one.text().strip() == text and one.isVisible()]
    found[-1 if last else 0].click()


def at_the_end(window: Any) -> Any:
    bar = window.cases.case.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    return window
