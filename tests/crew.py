"""A desk with people: Ana keeps it and knows names, Bo coordinates and knows none, Cora keeps it and knows none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from referral_desk import staff, store
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import FirstContact
from referral_desk.roles import Role
from referral_desk.vault.slots import FLOOR
from tests.cast import TODAY

RECOVERY_KEY = "VGFSQCGS5V9PPNWCJQ1086QA7HCV"
ANA = "lantern gravel otter puzzle meadow"
BO = "river candle walnut paper engine"
CORA = "saddle anchor velvet copper island"
LOGINS = {ANA: "ana", BO: "bo", CORA: "cora"}
CANARIES = ("Zdravka", "Ždralović", "Milivojska", "+381 64 000 111", "1999-04-17")


def clock() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)


def at(day: int) -> datetime:
    """A day in the month after the stories."""
    return datetime(2026, 12, day, 10, tzinfo=UTC)


def founded(folder: Path) -> Path:
    """A desk of three members and one case; who is named in it must be found nowhere."""
    made = store.create(
        folder, passphrase=ANA, login="ana", name="Ana", recovery_key=RECOVERY_KEY, cost=FLOOR, clock=clock
    )
    with made as desk:
        staff.add(desk, name="Bo", roles=[Role.COORDINATOR], login="bo", passphrase=BO, cost=FLOOR)
        staff.add(desk, name="Cora", roles=[Role.KEEPER], login="cora", passphrase=CORA, cost=FLOOR)
        with desk.work() as work:
            case = work.open_case(FirstContact(day=work.today, first_words="Milivojska asked for a bed."))
            written = {"first_name": "Zdravka", "last_name": "Ždralović", "phone": "+381 64 000 111"}
            person = {"day": TODAY.isoformat(), "gender": "F", "date_of_birth": "1999-04-17", **written}
            work.take(case, step_from(kind_of("person"), person))
            work.keep_draft("interview", case.id, {"account": "Zdravka began to tell …"})
    return folder


def with_paper_and_another(folder: Path) -> Path:
    """The crew's desk when Zdravka's case has a correction, a referral on paper and a draft; and somebody else's."""
    with opened(folder) as desk:
        with desk.work() as work:
            case = work.case(work.case_ids("zdravka")[0])
            work.correct(case, case.steps[0], {"first_words": "Milivojska, of room 4."}, why="A slip.")
            said = {
                "status": "GIVEN",
                "scope": "SHARE_ORG",
                "recipient": "Clinic North",
                "items": "NEEDS",
                "given_by": "GUARDIAN",
            }
            work.take(case, step_from(kind_of("consent"), {"day": TODAY.isoformat(), **said}))
            asked = {"recipient": "Clinic North", "services": "MED", "urgency": "EMERG"}
            work.take(case, step_from(kind_of("referral"), {"day": TODAY.isoformat(), **asked}))
        with desk.work() as work:
            other = work.open_case(FirstContact(day=work.today))
            work.take(other, step_from(kind_of("person"), {"day": TODAY.isoformat(), "first_name": "Tarikandra"}))
    return folder


def code_of(desk: store.Desk, name: str = "zdravka") -> str:
    with desk.work() as work:
        return work.cases(work.case_ids(name))[0].code


def opened(folder: Path, passphrase: str = ANA, **more: object) -> store.Desk:
    return store.open_desk(folder, passphrase=passphrase, login=LOGINS.get(passphrase, ""), **({"clock": clock} | more))  # type: ignore[arg-type]


def recovered(folder: Path, key: str = RECOVERY_KEY) -> store.Desk:
    return store.open_with_recovery(folder, recovery_key=key, clock=clock)


def every_byte(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
