"""What is expected now in one case, until when, and what the person is entitled to: in plain sentences.

Entitlements are those of the Council of Europe Convention (CETS 197), which hold whatever the person decides about the
authorities. What rests on a national value that nobody verified says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from referral_desk import words
from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Case
from referral_desk.nrm.person import is_child
from referral_desk.nrm.reflection import last_protected_day, running_period
from referral_desk.profile import freshness
from referral_desk.today import DueLine, When
from referral_desk.words import _, ngettext


@dataclass(frozen=True)
class Expectation:
    """`now` is what is due first, `entitled` what the person may claim; `doubt` is empty where nothing is in doubt."""

    now: str
    entitled: tuple[str, ...]
    doubt: str
    tone: str


def expectation(case: Case, on: date, due: Sequence[DueLine]) -> Expectation:
    """Read from what is due in a case, the earliest first, and from how it stands on a day."""
    first = due[0] if due else None
    tone = first.when.tone if first else "good"
    return Expectation(_now(first, len(due)), tuple(_entitled(case, on)), _doubt(case, on, first), tone)


def _now(first: DueLine | None, count: int) -> str:
    if first is None:
        return _("Nothing is due now.")
    sentence = _("Overdue: %(what)s, since %(day)s.") if first.when is When.OVERDUE else _("Next: %(what)s, %(day)s.")
    said = sentence % {"what": first.label, "day": first.until}
    more = ngettext("%(count)d more stands below.", "%(count)d more stand below.", count - 1) % {"count": count - 1}
    return said if count == 1 else f"{said} {more}"


def _entitled(case: Case, on: date) -> list[str]:
    period = running_period(case, on)
    found = [_("Help, whatever is decided and whether or not there is talk with the authorities (CETS 197, art. 12).")]
    if period is not None:
        last = last_protected_day(case, period, on)
        until = words.isolate(words.day(last)) if last else ""
        staying = _("To stay until %(day)s and not to be removed (CETS 197, art. 13).") % {"day": until}
        found.append(staying if until else _("To stay, and not to be removed (CETS 197, art. 13)."))
    if is_child(case):
        found.append(_("A guardian, and that every decision serves the child's best interests (CETS 197, art. 10(4))."))
    return found


def _doubt(case: Case, on: date, first: DueLine | None) -> str:
    """The mark of what rests on a national value nobody verified."""
    period = running_period(case, on)
    if period is not None and not period.granted_until:
        rule = mechanism.of(period.mechanism).reflection
        return "" if rule.is_verified else rule.standing
    named = mechanism.home().values.get(first.key) if first else None
    return named.standing if named and not named.is_verified else outdated(on)


def outdated(on: date) -> str:
    """That what the country has laid down is past its best-before date; empty where it is not."""
    home = mechanism.home()
    return freshness(home, on) if home.is_past_its_best(on) else ""
