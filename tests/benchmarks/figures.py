"""Figures: rounding with its certificate at several sizes, and counting a whole family beside plain GROUP BYs.

Floor of the counting: the same tables, one GROUP BY each, on the same rows in plain sqlite3.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from referral_desk.statistics import certificate, exact, rounding, standard
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.families import Names
from tests.benchmarks.ground import desk, plain
from tests.benchmarks.timing import each
from tests.statistics import crowds

PEERS = (
    ("GaussSuppression 1.2.3 (R)", "hides 360 / 283 / 52 of 928", "1.7 / 2.7 / 3.1 s"),
    ("SmallCountRounding 1.2.5 (R)", "off by up to 11 / 11 / 8", "0.33 / 2.6 / 65 s"),
    ("cell key (ONS 3.1.0)", "188 / 228 / 213 sums wrong", "0.01 s"),
    ("pac-synth 0.0.8, eps = 1", "27 / 74 / 74 sums wrong", "0.1 / 14 / 298 s"),
)
"""What others took for 928 figures of 200, 2 000 and 50 000 people invented in the same way, and the price.

Measured once, by hand, on two cores: they need R or are not kept up, and are no part of this program.
"""


def rounding_200(_ground: Path) -> float:
    return _rounding(200)


def rounding_2000(_ground: Path) -> float:
    return _rounding(2_000)


def rounding_50000(_ground: Path) -> float:
    return _rounding(50_000)


def rounding_large(_ground: Path) -> float:
    """2 966 figures: a hundred citizenships, ten years, ten forms."""
    return _rounding(100_000, citizenships=100, years=10, forms=10)


def counting_family(ground: Path) -> float:
    """All tables of the intake family, in one statement."""
    counted = standard.counted(standard.INTAKE)
    with desk(ground) as opened, opened.work(unsealed=False) as work:
        return each(lambda _time: exact.tables(work.session, counted, CASES.c.code != ""), range(3))


def counting_family_floor(ground: Path) -> float:
    tables = standard.counted(standard.INTAKE).family.tables
    with closing(plain(ground / "plain.db")) as store:
        return each(lambda _time: [store.execute(_query(names)).fetchall() for names in tables], range(1))


def _rounding(number: int, **sizes: int) -> float:
    """Rounded, put together as people, and checked."""
    family = crowds.family(**sizes)
    true = crowds.exact(family, crowds.crowd(number, 1, **sizes))
    lists = crowds.every_code(family)

    def certified(key: bytes) -> None:
        found = rounding.rounded(family, lists, true, rounding.drawn(key, "bench"))
        certificate.certified(family, found.figures, true, certificate.people_of(found, lists))

    return each(certified, [b"1", b"2", b"3"])


_COLUMNS = {
    "person.gender": "person.gender",
    "person.age_group": "person.age_band IN ('0--8', '9--17')",
    "person.age_band": "person.age_band",
    "person.citizenships": "person.citizenships",
    "first_contact.contact": "first_contact.contact",
    "interview.country_of_exploitation": "interview.country_of_exploitation",
    "decision.status": "decision.status",
}


def _query(names: Names) -> str:
    columns = [_COLUMNS.get(name) or _has(name) for name in names]
    kinds = dict.fromkeys(column.partition(".")[0] for column in columns)
    joins = " ".join(f"LEFT JOIN {kind} ON {kind}.case_id = cases.id AND {kind}.current" for kind in kinds)
    places = ", ".join(str(at + 1) for at in range(len(names)))
    return f"SELECT {', '.join(columns)}, count(*) FROM cases {joins} GROUP BY {places}"  # noqa: S608 - our own names


def _has(name: str) -> str:
    question, _is, code = name.partition("=")
    return f"{question} LIKE '%\"{code}\"%'"
