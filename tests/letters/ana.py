"""Ana, a caseworker, her desk, and a girl of whom no paper may say who she is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pypdfium2

from referral_desk import letters, store
from referral_desk.nrm import pathway
from referral_desk.nrm.person import FirstContact
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR

CLINIC = "Gynaecological clinic Narodni front"
LAWYERS = "Free legal aid Kragujevac"
SENDER = "Centar Svetionik"
SENDER_PHONE = "+381 11 555 0100"

GIRL = {
    "first_name": "Анђела",
    "last_name": "Ђорђевић",
    "other_names": "Mimi Stojanka",
    "date_of_birth": "2010-03-09",
    "place_of_birth": "Prokuplje",
    "phone": "+381 64 123 45 67",
    "address": "Ulica breza 12, Vranje",
    "gender": "F",
    "age_band": "9--17",
    "age_in_doubt": "YES",
    "citizenships": ["SRB"],
    "language": "rom",
    "interpreter": "YES",
    "dependants": "A brother of 4",
}
AGREED = ["AGE_BAND", "GENDER", "LANGUAGE", "NEEDS", "RISK", "CHILDREN", "CITIZENSHIP"]
ASKED = {
    "services": ["MED", "INT"],
    "urgency": "URGENT",
    "reason": "ADDITIONAL",
    "need": "Examination by a female doctor",
    "safe_times": "Call on weekdays from 9.00-16.30, leave no message",
    "shares": ["AGE_BAND", "GENDER", "LANGUAGE", "NEEDS", "RISK", "CHILDREN"],
}


class Clock:
    """The clock on Ana's wall."""

    def __init__(self):
        self.now = datetime(2026, 11, 9, 10, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_days(self, days):
        self.now += timedelta(days=days)


def desk(folder, clock):
    made = store.create(
        folder, passphrase="five random words of hers", recovery_key=new_recovery_key(), cost=FLOOR, clock=clock
    )
    with made.work() as work:
        work.describe(organisation=SENDER, contact=f"P.O. box 42, 11000 Beograd, {SENDER_PHONE}")
    return made


def opened_case(desk, **changed):
    """A case with the girl and her first interview; returns its id."""
    with desk.work() as work:
        case = work.open_case(FirstContact(day=work.today))
        take(work, case, "person", **GIRL | changed)
        take(work, case, "interview", exploitation=["SEX"], needs=["PSS"], account="What she told, in her own words")
        take(work, case, "risk", purpose="PRE_REFERRAL", level="HIGH", factors="Somebody knows where she stays")
        take(work, case, "decision", status="PRESUMED", decided_by="POLICE", reference="KU-1187/26")
        return case.id


def agree(desk, case_id, *, recipient=CLINIC, items=AGREED, status="GIVEN", **more):
    with desk.work() as work:
        said = {"status": status, "scope": "SHARE_ORG", "recipient": recipient, "items": items, "form": "WRITTEN"}
        said |= {"given_by": "GUARDIAN", "child_assents": "YES"}
        take(work, work.case(case_id), "consent", **said | more)


def refer(desk, case_id, *, recipient=CLINIC, **changed):
    """A referral; returns its id."""
    with desk.work() as work:
        asked = ASKED | {"recipient": recipient, "recipient_contact": "+381 11 206 8200"} | changed
        return take(work, work.case(case_id), "referral", **asked).id


def referred(desk, *, person=None, **changed):
    """The whole way in one step: the case, her agreement, the referral; returns both ids."""
    case_id = opened_case(desk, **person or {})
    agree(desk, case_id)
    return case_id, refer(desk, case_id, **changed)


def take(work, case, kind, **written):
    return work.take(case, pathway.step_from(pathway.kind_of(kind), {"day": work.today.isoformat(), **written}))


def made(desk, referral_id, language="en"):
    """The form, not yet looked at."""
    with desk.work(unsealed=False) as work:
        return letters.referral_form(work, referral_id, language=language)


def text_of(pdf):
    """What stands on the pages, in single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()
