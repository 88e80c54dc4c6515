"""The rules: each stated once. Windows, commands, importer, printed list and tests all read SAFEGUARDS.

They stand in the modules of this package by section of the field's rule list; `rule` says what a rule is.
"""

from referral_desk.nrm.safeguards import old, trusting
from referral_desk.nrm.safeguards.rule import (
    SAFEGUARDS,
    Safeguard,
    Severity,
    in_order,
    remarks,
    unmet,
    warnings,
    worth_knowing,
)

__all__ = [
    "SAFEGUARDS",
    "Safeguard",
    "Severity",
    "in_order",
    "old",
    "remarks",
    "trusting",
    "unmet",
    "warnings",
    "worth_knowing",
]
