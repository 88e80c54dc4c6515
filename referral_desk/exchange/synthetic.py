"""Invented records for those who need rows: drawn from published figures alone, in the columns of CTDC.

The people of the certificate saw the truth when the figures were found; these are drawn anew, from the published
figures and nothing else, so that they tell nothing that the figures do not. Their tables are exactly the published
ones. Whatever else the rows seem to say together is chance.
"""

from __future__ import annotations

from collections.abc import Iterator

from referral_desk import files
from referral_desk.exchange.ctdc_rows import YEAR
from referral_desk.nrm.identification import Control, Exploitation
from referral_desk.nrm.person import AgeBand, Gender
from referral_desk.nrm.terms import Country
from referral_desk.statistics import certificate, rounding
from referral_desk.statistics.blocks import Block, Release
from referral_desk.statistics.certificate import People
from referral_desk.statistics.families import YES, Family
from referral_desk.statistics.labels import OF

LABEL = "x_Label"
INVENTED = "invented record"
"""Stands in every row, so that it cannot get lost."""

_KEY = b"invented records"
"""Known to everybody: what is drawn by it comes from the figures alone."""

_FLAGS = {
    f"{question}{OF}{term.code}": term.ctdc
    for step in ("interview", "experience")
    for question, terms in ((f"{step}.exploitation", Exploitation), (f"{step}.control", Control))
    for term in terms
    if term.ctdc
}
"""Which yes-or-no dimension sets which column."""

COLUMNS = (
    *(LABEL, YEAR, "gender", "ageBroad", "citizenship", "CountryOfExploitation", "traffickMonths"),
    *("meansDebtBondageEarnings", "meansThreats", "meansAbusePsyPhySex", "meansFalsePromises", "meansDrugsAlcohol"),
    *("meansDenyBasicNeeds", "meansExcessiveWorkHours", "meansWithholdDocs", "isForcedLabour", "isSexualExploit"),
    *("isOtherExploit", "typeOfLabourAgriculture", "typeOfLabourConstruction", "typeOfLabourDomesticWork"),
    *("typeOfLabourHospitality", "typeOfSexProstitution", "typeOfSexPornography", "recruiterRelationIntimatePartner"),
    *("recruiterRelationFriend", "recruiterRelationFamily", "recruiterRelationOther"),
)


def people_of(family: Family, block: Block) -> People:
    """People whose tables are those of the block, checked; the same each time. NoRounding or RoundingMissing."""
    found = rounding.invented(
        family, block.lists, block.cells, rounding.drawn(_KEY, f"{family.hash}/{block.period.name}")
    )
    people = certificate.people_of(found, block.lists)
    certificate.recertified(family, block.cells, people)
    return people


def records(family: Family, release: Release) -> bytes:
    """The rows of all blocks as CSV, in an order that says nothing."""
    rows = sorted(row for block in release.blocks for row in _rows(people_of(family, block), block))
    return files.as_csv([COLUMNS, *rows])


def _rows(people: People, block: Block) -> Iterator[tuple[str, ...]]:
    first, last = block.period.first.year, block.period.last.year
    year = str(first) if first == last else ""
    for codes, count in certificate.as_counter(people).items():
        told = row(dict(zip(people.names, codes, strict=True)), year)
        for _one in range(count):
            yield told


def row(person: dict[str, str], year: str) -> tuple[str, ...]:
    """Somebody with these codes, by dimension, in the columns of CTDC."""
    told = {LABEL: INVENTED, YEAR: year}
    told["gender"] = _ctdc(Gender, person.get("person.gender", ""))
    told["ageBroad"] = _ctdc(AgeBand, person.get("person.age_band", ""))
    told["citizenship"] = _country(person.get("person.citizenships", ""))
    told["CountryOfExploitation"] = _country(
        person.get("interview.country_of_exploitation", "") or person.get("experience.countries", "")
    )
    told |= {_FLAGS[name]: "1" for name, code in person.items() if code == YES and name in _FLAGS}
    return tuple(told.get(column, "") for column in COLUMNS)


def _ctdc(terms: type[Gender | AgeBand], code: str) -> str:
    return next((term.ctdc for term in terms if term.code == code), "")


def _country(code: str) -> str:
    """A country; of those that are counted by region, or are not known, nothing."""
    return code if code in Country.codes() else ""
