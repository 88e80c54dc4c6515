"""Children: best interests first, and the family is not safe by being the family (CRC, art. 3; CETS 197, art. 10)."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import Reach, field, yes_no
from referral_desk.nrm.terms import Term, Track, YesNo
from referral_desk.words import N_


class BestInterestsDecision(Term):
    """CL-BIDDEC."""

    RETURN = "RETURN_IN_BI", N_("Return is in the child's best interests")
    STAY = "STAY_IN_BI", N_("Staying is in the child's best interests")
    THIRD = "THIRD_SOLUTION", N_("A third solution is in the child's best interests")
    DEFERRED = "DEFERRED", N_("Deferred")
    TEMPORARY = "TEMPORARY", N_("A temporary solution")


class BestInterests(
    Step,
    kind="best_interests",
    label=N_("Best-interests determination"),
    track=Track.RISK,
    when=N_("When was it decided?"),
):
    """What a panel of several professions decided for one child."""

    decision: Mapped[BestInterestsDecision] = field(
        N_("Decision"), one=BestInterestsDecision, reach=Reach.STATISTICS, required=True
    )
    child_heard: Mapped[YesNo | None] = yes_no(N_("Was the child heard, alone?"))
    guardian_consents: Mapped[YesNo | None] = yes_no(N_("Does the guardian consent?"))
    care_arranged: Mapped[YesNo | None] = yes_no(N_("Is care arranged where the child would go?"))
    family_contact: Mapped[YesNo | None] = yes_no(
        N_("Is contact with the family in the child's best interests?"),
        hint=N_("The family may be those who exploited the child."),
    )
    panel: Mapped[str | None] = field(N_("Who sat on the panel?"), reach=Reach.SEALED, long=True)
    views: Mapped[str | None] = field(N_("What the child said"), reach=Reach.SEALED, long=True)


class FamilyTracing(
    Step,
    kind="family_tracing",
    label=N_("Family tracing or contact"),
    track=Track.RISK,
    when=N_("When was it begun?"),
):
    """The family is looked for or spoken to."""

    wished: Mapped[YesNo | None] = yes_no(N_("Does the person wish it?"))
    through: Mapped[str | None] = field(N_("Through which organisation?"))
    found: Mapped[str | None] = field(N_("What was learned"), reach=Reach.SEALED, long=True)


def family_contact_is_wanted_for(case: Case) -> bool:
    """Whether the latest determination says that family contact is in the child's best interests."""
    latest = case.latest(BestInterests)
    return latest is not None and latest.family_contact is YesNo.YES
