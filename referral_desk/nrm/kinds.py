"""Where kinds of step are declared, in the order in which people read them.

Importing this module declares every kind.
"""

from __future__ import annotations

from referral_desk.nrm import (
    assistance,
    children,
    circumstances,
    closing,
    consent,
    data_rights,
    experience,
    exploiter,
    identification,
    inclusion,
    indicators,
    justice,
    keeping,
    never_tell,
    person,
    redress,
    referral,
    referral_news,
    reflection,
    residence,
    retention,
    risk,
    safe_return,
    status,
    support,
)
from referral_desk.nrm.case import KINDS

DECLARED_IN = (
    person,
    identification,
    circumstances,
    experience,
    exploiter,
    indicators,
    status,
    consent,
    data_rights,
    reflection,
    residence,
    support,
    assistance,
    risk,
    referral,
    referral_news,
    children,
    safe_return,
    inclusion,
    justice,
    redress,
    closing,
    keeping,
    never_tell,
    retention,
)


def _in_order() -> None:
    """Whoever imports which module first must not change the order of forms and lists."""
    places = {module.__name__: place for place, module in enumerate(DECLARED_IN)}
    ordered = sorted(KINDS.items(), key=lambda item: places.get(item[1].__module__, len(places)))
    KINDS.clear()
    KINDS.update(ordered)


_in_order()

__all__ = ["DECLARED_IN", "KINDS"]
