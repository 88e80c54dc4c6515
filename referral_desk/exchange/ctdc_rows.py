"""What one row of the public CTDC data says, in our codes.

The data were published in several shapes (codebooks of the k-anonymised Global Dataset, 2017 to 2021, and of the
Global Synthetic Dataset, 2021 to 2025): flags are 0/1/-99 or 1/nothing, countries have two letters or three, forms
of labour are `typeOf…` or `sectorOf…`, means of control come one by one (`meansOfControl…`) or merged (`means…`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from referral_desk import words
from referral_desk.nrm.answers import Written
from referral_desk.nrm.experience import Duration, RecruiterRelation, Sector, SexType
from referral_desk.nrm.identification import Control, Exploitation
from referral_desk.nrm.person import AgeBand, Gender
from referral_desk.nrm.terms import Term, YesNo
from referral_desk.words import _

YEAR = "yearOfRegistration"

Told = dict[str, Written]
"""Written answers by the names of our questions, and the `year`. An empty list says: none of these."""

_UNKNOWN = "?UNK"
_FIRST_YEAR = 1900
_OLDEST = 999
_SHOWN = 40

_NOTHING = frozenset({"", "null", "-99", "-99.0", "unknown", "nan"})
_NO_COUNTRY = _NOTHING | {"0", "0.0", "00", "zz"}
_FLAGS = {"1": True, "1.0": True, "0": False, "0.0": False}
_DASHES = str.maketrans("–—−", "---")
_BAND = re.compile(r"(\d{1,3})(?:\+|-+(\d{1,3}))")
_OTHER_CODES = {"XKX": "XKK"}

_GENDERS = {gender.ctdc.casefold(): gender.code for gender in Gender} | {
    "female": Gender.WOMAN.code,
    "male": Gender.MAN.code,
    "transgender": Gender.NON_CONFORMING.code,
    "transgender/nonconforming": Gender.NON_CONFORMING.code,
}

_OTHER_FORM = "isOtherExploit"
_NAMED_FORMS = {
    "isForcedMarriage": Exploitation.MARR,
    "isForcedMilitary": Exploitation.MIL,
    "isOrganRemoval": Exploitation.ORG,
    "isSlaveryAndPractices": Exploitation.SLV,
}
_FORMS = _NAMED_FORMS | {
    "isForcedLabour": Exploitation.LAB,
    "isSexualExploit": Exploitation.SEX,
    _OTHER_FORM: Exploitation.OTH,
    "typeOfLabourDomesticWork": Exploitation.DOM,
    "sectorOfLabourDomesticWork": Exploitation.DOM,
    "typeOfLabourBegging": Exploitation.BEG,
    "sectorOfLabourBegging": Exploitation.BEG,
    "typeOfLabourIllicitActivities": Exploitation.CRIM,
    "sectorOfLabourIllicitActivities": Exploitation.CRIM,
}

# Merged columns do not say which of several means it was: they are read as one that stands for all.
_MEANS = {
    "meansDebtBondageEarnings": Control.DEBT,
    "meansThreats": Control.THR,
    "meansAbusePsyPhySex": Control.PSY,
    "meansFalsePromises": Control.FALSE,
    "meansDrugsAlcohol": Control.DRUG,
    "meansDenyBasicNeeds": Control.NEC,
    "meansExcessiveWorkHours": Control.HOURS,
    "meansWithholdDocs": Control.DOCS,
    "meansWithholdDocuments": Control.DOCS,
    "meansOfControlDebtBondage": Control.DEBT,
    "meansOfControlTakesEarnings": Control.EARN,
    "meansOfControlRestrictsFinancialAccess": Control.FIN,
    "meansOfControlThreats": Control.THR,
    "meansOfControlUsesChildren": Control.THRFAM,
    "meansOfControlThreatOfLawEnforcement": Control.LAW,
    "meansOfControlPsychologicalAbuse": Control.PSY,
    "meansOfControlPhysicalAbuse": Control.PHY,
    "meansOfControlSexualAbuse": Control.SEXA,
    "meansOfControlFalsePromises": Control.FALSE,
    "meansOfControlPsychoactiveSubstances": Control.DRUG,
    "meansOfControlRestrictsMovement": Control.MOVE,
    "meansOfControlRestrictsMedicalCare": Control.MED,
    "meansOfControlWithholdsNecessities": Control.NEC,
    "meansOfControlExcessiveWorkingHours": Control.HOURS,
    "meansOfControlWithholdsDocuments": Control.DOCS,
    "meansOfControlOther": Control.OTH,
}

_SEX_TYPES = {
    f"{group}{name}": code
    for group in ("typeOfSex", "sectorOfSex")
    for name, code in (
        ("Prostitution", SexType.PROST),
        ("Pornography", SexType.PORN),
        ("RemoteInteractiveServices", SexType.REMOTE),
        ("PrivateSexualServices", SexType.PRIV),
    )
}
_RECRUITERS = {
    "recruiterRelationIntimatePartner": RecruiterRelation.PARTNER,
    "recruiterRelationFriend": RecruiterRelation.FRIEND,
    "recruiterRelationFamily": RecruiterRelation.FAM,
    "recruiterRelationOther": RecruiterRelation.OTHER,
}
_SECTORS = {
    f"{group}{name}": code
    for group in ("typeOfLabour", "sectorOfLabour")
    for name, code in (
        ("Agriculture", Sector.A),
        ("AquaFarming", Sector.A),
        ("MiningDrilling", Sector.B),
        ("Manufacturing", Sector.C),
        ("Construction", Sector.F),
        ("Peddling", Sector.G),
        ("Hospitality", Sector.I),
        ("DomesticWork", Sector.T),
    )
}

T = TypeVar("T")


class NotUnderstood(Exception):
    """A row that cannot become a case; its text is the reason, in the language spoken."""


def told_by(cells: Mapping[str, str], *, this_year: int) -> Told:
    """What a row tells, its cells given by the columns of COLUMNS; NotUnderstood where a cell means nothing."""
    told: Told = {"year": _read(YEAR, cells[YEAR], lambda cell: _year(cell, this_year))}
    for column, (question, read) in _ONE_ANSWER.items():
        if column in cells:
            told[question] = _read(column, cells[column], read)
    for question, entries in _SEVERAL.items():
        flags = {column: _read(column, cells[column], _flag) for column in entries if column in cells}
        if flags:
            told[question] = _named(flags, entries)
    sectors = {column: _read(column, cells[column], _flag) for column in _SECTORS if column in cells}
    if sectors:
        told["sector"] = _sole(sectors)
    return {question: answer for question, answer in told.items() if question not in DETAILS or _says(answer)}


def _says(answer: Written) -> bool:
    """Whether a detail is worth a step: an empty cell of a detail tells nothing that an absent one does not."""
    return answer not in (_UNKNOWN, [])


def _read(column: str, cell: str, read: Callable[[str], T]) -> T:
    try:
        return read(cell.strip().translate(_DASHES).casefold())
    except (LookupError, ValueError):
        shown = cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"
        reason = _("%(column)s: “%(cell)s” is not understood.") % {"column": column, "cell": shown}
        raise NotUnderstood(reason) from None


def _year(cell: str, this_year: int) -> str:
    year = int(cell.removesuffix(".0"))
    if year not in range(_FIRST_YEAR, this_year + 1):
        raise ValueError
    return str(year)


def _gender(cell: str) -> str:
    return _UNKNOWN if cell in _NOTHING else _GENDERS[cell]


def _age_band(cell: str) -> str:
    """The band that holds the given one: older files have narrower bands."""
    return _UNKNOWN if cell in _NOTHING else _band_of(*_ages(cell))


def _band_of(first: int, last: int) -> str:
    for band in AgeBand:
        lowest, highest = _ages(band.code)
        if lowest <= first <= last <= highest:
            return band.code
    raise ValueError


def _ages(band: str) -> tuple[int, int]:
    """The first and the last year of a band such as `09--17`, `9-17` or `48+`."""
    form = _BAND.fullmatch(band)
    if form is None:
        raise ValueError
    return int(form[1]), int(form[2] or _OLDEST)


def _citizenships(cell: str) -> Written:
    return _UNKNOWN if cell in _NO_COUNTRY else [_country_code(cell)]


def _country(cell: str) -> Written:
    return _UNKNOWN if cell in _NO_COUNTRY else _country_code(cell)


def _country_code(cell: str) -> str:
    code = cell.upper()
    long = words.alpha_3(code) or _OTHER_CODES.get(code, code)
    if long not in words.country_codes():
        raise ValueError
    return long


def _flag(cell: str) -> bool | None:
    return None if cell in _NOTHING else _FLAGS[cell]


def _yes_no(cell: str) -> str:
    told = _flag(cell)
    return _UNKNOWN if told is None else YesNo.YES.code if told else YesNo.NO.code


def _duration(cell: str) -> str:
    """The band by its first number of months: files write `0--12 (0-1 yr)` and `0-12`."""
    if cell in _NOTHING:
        return _UNKNOWN
    first = cell.partition("-")[0].rstrip("+ (yrs)")
    return _DURATIONS[first.partition("+")[0]]


_DURATIONS = {"0": Duration.YEAR.code, "13": Duration.TWO.code, "25": Duration.MORE.code}


def _sole(flags: Mapping[str, bool | None]) -> Written:
    """The one sector that is flagged; which of several it was, or any at all, is not known."""
    named = {_SECTORS[column].code for column, flag in flags.items() if flag}
    return named.pop() if len(named) == 1 else _UNKNOWN


def _named(flags: Mapping[str, bool | None], entries: Mapping[str, Term]) -> Written:
    """The codes of all that is flagged; “other” only where nothing says which."""
    if all(flag is None for flag in flags.values()):
        return _UNKNOWN
    named = {column for column, flag in flags.items() if flag}
    if named & _NAMED_FORMS.keys():
        named.discard(_OTHER_FORM)
    return sorted({entries[column].code for column in named})


_ONE_ANSWER: dict[str, tuple[str, Callable[[str], Written]]] = {
    "gender": ("gender", _gender),
    "ageBroad": ("age_band", _age_band),
    "citizenship": ("citizenships", _citizenships),
    "CountryOfExploitation": ("country_of_exploitation", _country),
    "traffickMonths": ("duration", _duration),
    "isAbduction": ("abducted", _yes_no),
}

_SEVERAL: dict[str, Mapping[str, Term]] = {
    "exploitation": _FORMS,
    "control": _MEANS,
    "sex_type": _SEX_TYPES,
    "recruiter": _RECRUITERS,
}

DETAILS = frozenset({"duration", "abducted", "sex_type", "recruiter", "sector"})
"""The questions that an interview does not ask: where they are told, an experience is told."""

COLUMNS = tuple(
    dict.fromkeys((YEAR, *_ONE_ANSWER, *(column for entries in _SEVERAL.values() for column in entries), *_SECTORS))
)
"""Every column that tells us something, as the codebooks spell it; files also hold others."""
