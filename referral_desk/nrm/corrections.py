"""What follows from a correction beyond the answers that were changed."""

from __future__ import annotations

from referral_desk.nrm.case import Step
from referral_desk.nrm.consent import Consent, same_name
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.risk import RiskAssessment


def follow(former: Step, revised: Step) -> None:
    """Change in the revised step what no longer holds of it."""
    _keep_recipients_apart(former, revised)
    _let_approve_anew(former, revised)


def _keep_recipients_apart(former: Step, revised: Step) -> None:
    """What turns out to go to another organisation gets a reference of its own: two papers must not be joined by it."""
    if isinstance(former, Referral | Consent) and isinstance(revised, Referral | Consent):
        is_same = former.recipient == revised.recipient or same_name(former.recipient, revised.recipient)
        revised.reference = former.reference if is_same else None


def _let_approve_anew(former: Step, revised: Step) -> None:
    """Nobody approved words that she or he never read: a corrected assessment waits for another approval."""
    if not isinstance(former, RiskAssessment) or not isinstance(revised, RiskAssessment):
        return
    changed = {q.name for q in former.questions if former.answer(q) != revised.answer(q)} - {"why_corrected"}
    if changed and changed.isdisjoint(_APPROVAL):
        revised.approved, revised.approved_by = None, None


_APPROVAL = frozenset({"approved", "approved_by"})
