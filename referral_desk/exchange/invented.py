"""Invented people: names put together from syllables of nobody, in Latin, Cyrillic and Arabic script.

Phone numbers begin with +999, which no country has; streets, towns and organisations do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.person import AgeBand, AgeBasis, Gender, Person, is_child_by
from referral_desk.nrm.terms import Country, Language, Unanswered, YesNo
from referral_desk.words import ngettext

SHELTER, SHELTER_PHONE = "Shelter of the Practice Desk", "+999 11 555 010"
ORGANISATIONS = ("Lantern Clinic", "Harbour House", "Open Door Legal Desk", "Northwind Shelter", "Willow Youth Centre")


@dataclass(frozen=True)
class Origin:
    """Where somebody may come from, the language spoken there, and the script of the name."""

    country: str
    language: str
    script: str
    weight: int


_ORIGINS = (
    Origin("SRB", "srp", "cyrillic", 20),
    Origin("MDA", "ron", "latin", 14),
    Origin("ALB", "sqi", "latin", 12),
    Origin("ROU", "ron", "latin", 10),
    Origin("UKR", "ukr", "cyrillic", 10),
    Origin("MKD", "mkd", "cyrillic", 8),
    Origin("BGR", "bul", "cyrillic", 6),
    Origin("NGA", "eng", "latin", 6),
    Origin("SYR", "ara", "arabic", 6),
    Origin("MAR", "ara", "arabic", 3),
    Origin("VNM", "vie", "latin", 3),
    Origin("COL", "spa", "latin", 2),
)

_SYLLABLES = {
    "latin": (
        "Ve lo Đe Ša mi Ra Żu ne Ło Či Ta Bre",
        "lu ra ri do še vi ma no łi či ze bo",
        "na la ra nka sa lin mir dan tek ro",
    ),
    "cyrillic": (
        "Ве Ло Ђе Ша Ми Ра Жу Не Љу Чи Та Бре",
        "лу ра ри до ше ви ма но љи чи зе бо",
        "на ла ра нка са лин мир дан тек ро",
    ),
    "arabic": ("سو لي نو را ما دي فا هي با تي", "لو مي را ني دا سو في با", "نا را لة ين ان دة مي ول"),
}
_FAMILY_ENDINGS = {"latin": "vić eanu ska dhi oro", "cyrillic": "вић енко ска ов ова", "arabic": "اني وري ادي ولي"}

_AGES = (
    (3, 8, 4),
    (9, 17, 24),
    (18, 20, 16),
    (21, 23, 13),
    (24, 26, 11),
    (27, 29, 9),
    (30, 38, 14),
    (39, 47, 6),
    (48, 70, 3),
)
_CROCKERY = ("likes tea without sugar", "sleeps badly", "is good at chess", "misses the sea", "asks for a window seat")


def person(rng: Random, day: date, origin: Origin, age: int) -> Person:
    """Somebody of an age who came on a day; some facts are declined or not known, as in life."""
    band = _band(age)
    doubt = rng.choices((YesNo.NO, YesNo.YES, None), (80, 4, 16))[0]
    answers: dict[str, Any] = _identity(rng, day, origin, age) | {
        "gender": rng.choices(list(Gender), (70, 26, 2, 1, 1))[0],
        "age_band": band,
        "age_basis": rng.choice(list(AgeBasis)),
        "age_in_doubt": doubt,
        "citizenships": frozenset({Country(origin.country)}),
        "language": Language(origin.language),
        "interpreter": rng.choice(list(YesNo)),
    }
    if is_child_by(band, doubt):
        answers["unaccompanied"] = rng.choice(list(YesNo))
    elif rng.random() < 0.2:
        count = rng.randint(1, 3)
        answers["dependants"] = ngettext("%(count)d child", "%(count)d children", count) % {"count": count}
    return _with_silences(rng, Person(day=day, **answers))


def origin(rng: Random) -> Origin:
    return rng.choices(_ORIGINS, [one.weight for one in _ORIGINS])[0]


def age(rng: Random) -> int:
    first, last, _weight = rng.choices(_AGES, [weight for _first, _last, weight in _AGES])[0]
    return rng.randint(first, last)


def remark(rng: Random) -> str:
    """A sealed sentence about nobody."""
    return f"{_name(rng, 'latin')} {rng.choice(_CROCKERY)}; wants to be asked in the morning."


def _identity(rng: Random, day: date, origin: Origin, age: int) -> dict[str, Any]:
    """The sealed answers."""
    born = f"{day.year - age}~" if rng.random() < 0.3 else _birthday(day, age, rng.randint(1, 12), rng.randint(1, 28))
    return {
        "first_name": _name(rng, origin.script),
        "last_name": _name(rng, origin.script) + rng.choice(_FAMILY_ENDINGS[origin.script].split()),
        "other_names": _name(rng, "latin") if rng.random() < 0.2 else None,
        "date_of_birth": PartialDate.of(born),
        "place_of_birth": _name(rng, origin.script),
        "phone": f"+999 {rng.randint(10, 99)} {rng.randint(100, 999)} {rng.randint(100, 999)}",
        "address": f"{_name(rng, 'latin')} street {rng.randint(1, 90)}",
    }


def _birthday(day: date, age: int, month: int, of_month: int) -> str:
    is_ahead = (month, of_month) > (day.month, day.day)
    return date(day.year - age - is_ahead, month, of_month).isoformat()


def _name(rng: Random, script: str) -> str:
    parts = _SYLLABLES[script]
    said = parts if rng.random() < 0.6 else parts[::2]
    return "".join(rng.choice(part.split()) for part in said).capitalize()


def _band(age: int) -> AgeBand:
    first_of_band = {int(band.code.rstrip("+").partition("--")[0]): band for band in AgeBand}
    return next(band for first, band in sorted(first_of_band.items(), reverse=True) if first <= age)


def _with_silences(rng: Random, person: Person) -> Person:
    for name, why in (
        ("gender", Unanswered.DECLINED),
        ("citizenships", Unanswered.UNKNOWN),
        ("age_band", Unanswered.UNKNOWN),
    ):
        if rng.random() < 0.03:
            setattr(person, name, None)
            person.unanswered = person.unanswered | {name: why.code}
    return person


_SORTS = ("HEALTH", "SHELTER", "LEGAL", "SHELTER", "NGO")
_GIVES = ("MED,MH,SRH", "ACC,PSS,MAT", "LEGINF,LEGREP,COMP,RES", "ACC,SAFE", "CHILD,EDU,LANG")


def organisation(name: str, number: int, today: date) -> dict[str, str]:
    """What a directory says of an organisation that does not exist; of every third nobody has asked for long."""
    verified = today - timedelta(days=400 if number % 3 == 2 else 10 * number + 5)
    told = {"name": name, "sort": _SORTS[number], "country": "SRB", "place": f"Practice Town {number + 1}"}
    reached = {"phone": f"+999 11 555 {200 + number}", "languages": "srp,eng", "verified_on": verified.isoformat()}
    agreed = {"vetted_on": (today - timedelta(days=300)).isoformat(), "agreement": "YES", "data_sharing": "YES"}
    return told | reached | (agreed if number != 3 else {})


def service(number: int, today: date) -> dict[str, str]:
    """A service of the organisation with this number; shelters say how many places are free."""
    told = {"name": f"Service {number + 1}", "services": _GIVES[number], "where": f"Practice Town {number + 1}"}
    free = {"places": "8", "free_places": str(number), "free_as_of": (today - timedelta(days=number)).isoformat()}
    admitted = {"audience": "WOMEN,GIRLS,FAMILIES", "not_admitted": "MEN,TEEN_SONS"}
    return told | (free | admitted if "ACC" in _GIVES[number] else {}) | {"verified_on": today.isoformat()}


def location(number: int) -> dict[str, str]:
    """Where it is: an address of nowhere, which is a secret all the same."""
    return {"name": f"House {number + 1}", "address": f"Nowhere Street {number + 1}", "confidential": "YES"}
