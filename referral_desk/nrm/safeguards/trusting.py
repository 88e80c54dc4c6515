"""Who may learn of a person and on whom she or he may rely: rules of our own, for steps of every kind."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.directory import WARNED_OF
from referral_desk.nrm.never_tell import may_tell_on, tells_on
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.safeguards.rule import must_hold, should_hold
from referral_desk.words import N_


@must_hold(
    Step,
    N_(
        "Somebody named here must never learn of the person: choose another, or record first that the person took "
        "it back (Never tell)."
    ),
    id="N1",
    source="GDPR, art. 7(3) and 32",
)
def nobody_learns_who_must_not(case: Case, on: date, step: Step | None) -> bool:
    return step is None or not tells_on(case, step, on)


@should_hold(
    Step,
    N_(
        "This is nearly the name of an organisation that must never learn of the person. Do not go on before you know "
        "that it is another, and say how you know. A letter to it waits until a consent or a referral says so."
    ),
    id="N1",
    source="GDPR, art. 7(3) and 32",
)
def nobody_learns_by_a_name_that_is_like_it(case: Case, on: date, step: Step | None) -> bool:
    return step is None or not may_tell_on(case, step, on)


@must_hold(
    Step,
    N_(
        "A phone, an e-mail or an address given here is recorded in a case of this desk for somebody who exploited a "
        "person. Nobody is to be reached through it; to say that it must be avoided, record “Never tell”."
    ),
    id="N2",
    source="CETS 197, art. 12(2); Directive 2012/29/EU, art. 18",
)
def no_exploiter_is_trusted(case: Case, _on: date, step: Step | None) -> bool:
    return step is None or all(by_name for _question, by_name in case.around.exploiter_signs(step))


@should_hold(
    Step,
    N_(
        "A name given here is recorded in a case of this desk for somebody who exploited a person. Do not go on "
        "before you know that it is somebody else, and say how you know."
    ),
    id="N3",
    source="CETS 197, art. 12(2); Directive 2012/29/EU, art. 18",
)
def no_namesake_is_trusted_unseen(case: Case, _on: date, step: Step | None) -> bool:
    return step is None or not any(by_name for _question, by_name in case.around.exploiter_signs(step))


@should_hold(
    Referral,
    N_(
        "The directory says of this recipient that it no longer works, was not vetted, or that no agreement on "
        "referring or on sharing data is in force."
    ),
    id="R4",
    source="NRM Handbook 2022, agreements between organisations",
)
def recipient_is_sound(case: Case, _on: date, referral: Referral | None) -> bool:
    return referral is None or WARNED_OF.isdisjoint(case.around.doubts(referral.recipient))
