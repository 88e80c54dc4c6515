"""The rules: each stated once. Windows, commands, importer, printed list and tests all read SAFEGUARDS.

They stand in the modules of this package by section of the field's rule list; `rule` says what a rule is.
"""

from referral_desk.nrm.safeguards import (
    assistance,
    children,
    closing,
    crosscutting,
    identification,
    referral,
    reflection,
    risk,
    safe_return,
    trusting,
)
from referral_desk.nrm.safeguards.rule import (
    SAFEGUARDS,
    Safeguard,
    Severity,
    in_order,
    in_the_way,
    remarks,
    unmet,
    warnings,
    worth_knowing,
)

__all__ = [
    "SAFEGUARDS",
    "SECTIONS",
    "Safeguard",
    "Severity",
    "in_order",
    "in_the_way",
    "remarks",
    "unmet",
    "warnings",
    "worth_knowing",
]

SECTIONS = (
    *(crosscutting, identification, reflection, assistance, risk),
    *(referral, safe_return, children, closing, trusting),
)
"""X, I, F, A, K, R, T, C, Z of the field's list, and N: where each section stands."""
