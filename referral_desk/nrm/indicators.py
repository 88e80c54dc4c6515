"""Operational indicators of trafficking for labour (ILO and European Commission, 2009; labour profiles).

The two sexual profiles of the source are not here: their weights could not be verified. What the answers suggest is
computed from them and never stored; no answer and no sum of answers says “not a victim”.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Reach, field
from referral_desk.nrm.terms import DataItem, Term, Track
from referral_desk.words import N_


class Indicator(Term):
    """`CODE = code, label, weight for adults, weight for children`: S strong, M medium, W weak, "" not in the list."""

    def __init__(self, code: str, label: str, adult: str = "", child: str = "") -> None:
        super().__init__(code, label)
        self.adult = adult
        self.child = child


class DeceptiveRecruitment(Indicator):
    """D1: deceptive recruitment (an element of means)."""

    D1_01 = "D1.01", N_("Nature of the job, location or employer"), "S", "S"
    D1_02 = "D1.02", N_("Wages / earnings"), "M", "M"
    D1_03 = "D1.03", N_("Conditions of work"), "M", "M"
    D1_04 = "D1.04", N_("Content or legality of the work contract"), "M", "M"
    D1_05 = "D1.05", N_("Housing and living conditions"), "M", "M"
    D1_06 = "D1.06", N_("Legal documentation / obtaining legal migration status"), "M", "M"
    D1_07 = "D1.07", N_("Travel and recruitment conditions"), "M", "M"
    D1_08 = "D1.08", N_("Family reunification"), "M", "M"
    D1_09 = "D1.09", N_("Promises of marriage or adoption"), "M", "M"
    D1_10 = "D1.10", N_("Access to education opportunities"), "W", "S"


class CoerciveRecruitment(Indicator):
    """D2: coercive recruitment (an element of means)."""

    D2_01 = "D2.01", N_("Violence on victim"), "S", "S"
    D2_02 = "D2.02", N_("Threats of violence against victim"), "M", "S"
    D2_03 = "D2.03", N_("Abduction, forced marriage, forced adoption or sale of victim"), "M", "S"
    D2_04 = "D2.04", N_("Debt bondage"), "M", "S"
    D2_05 = "D2.05", N_("Confiscation of documents"), "M", "M"
    D2_06 = "D2.06", N_("Isolation, confinement or surveillance"), "M", "M"
    D2_07 = "D2.07", N_("Threat of denunciation to authorities"), "M", "M"
    D2_08 = "D2.08", N_("Threats to inform family, community or public"), "M", "M"
    D2_09 = "D2.09", N_("Violence on family (threatened or effective)"), "M", "M"
    D2_10 = "D2.10", N_("Withholding of money"), "M", "M"


class VulnerableRecruitment(Indicator):
    """D3: recruitment by abuse of vulnerability (an element of means)."""

    D3_01 = "D3.01", N_("Abuse of difficult family situation"), "M", "M"
    D3_02 = "D3.02", N_("Abuse of illegal (irregular) status"), "M", "M"
    D3_03 = "D3.03", N_("Abuse of lack of education (language)"), "M", "M"
    D3_04 = "D3.04", N_("Abuse of lack of information"), "M", "M"
    D3_05 = "D3.05", N_("Control of exploiters"), "M", "M"
    D3_06 = "D3.06", N_("Economic reasons"), "M", "M"
    D3_07 = "D3.07", N_("False information about successful migration"), "M", "M"
    D3_08 = "D3.08", N_("False information about law, attitude of authorities"), "M", ""
    D3_09 = "D3.09", N_("Family situation"), "M", "M"
    D3_10 = "D3.10", N_("Personal situation"), "M", "M"
    D3_11 = "D3.11", N_("Psychological and emotional dependency"), "M", "M"
    D3_12 = "D3.12", N_("Relationship with authorities / legal status"), "M", "M"
    D3_13 = "D3.13", N_("Difficulties in the past"), "M", "M"
    D3_14 = "D3.14", N_("Difficulty to organise the travel"), "M", "M"
    D3_15 = "D3.15", N_("Abuse of cultural / religious beliefs"), "W", "M"
    D3_16 = "D3.16", N_("General context"), "W", "M"


class Conditions(Indicator):
    """D4: exploitation (conditions of work) (an element of purpose)."""

    D4_01 = "D4.01", N_("Excessive working days or hours"), "S", "S"
    D4_02 = "D4.02", N_("Low or no salary"), "M", "M"
    D4_03 = "D4.03", N_("Wage manipulation"), "M", "M"
    D4_04 = "D4.04", N_("Bad living conditions"), "M", "M"
    D4_05 = "D4.05", N_("Very bad working conditions"), "M", "M"
    D4_06 = "D4.06", N_("Hazardous work"), "M", "M"
    D4_07 = "D4.07", N_("No respect of labour laws or contract signed"), "M", "M"
    D4_08 = "D4.08", N_("No social protection (contract, social insurance)"), "M", ""
    D4_09 = "D4.09", N_("No access to education"), "W", "M"


class CoercionThere(Indicator):
    """D5: coercion at destination (an element of means)."""

    D5_01 = "D5.01", N_("Confiscation of documents"), "S", "S"
    D5_02 = "D5.02", N_("Debt bondage"), "S", "S"
    D5_03 = "D5.03", N_("Isolation, confinement or surveillance"), "S", "S"
    D5_04 = "D5.04", N_("Violence on victim"), "S", "S"
    D5_05 = "D5.05", N_("Threats of violence against victim"), "M", "S"
    D5_06 = "D5.06", N_("Forced into illicit / criminal activities"), "M", "S"
    D5_07 = "D5.07", N_("Forced tasks or clients"), "M", "S"
    D5_08 = "D5.08", N_("Under strong influence"), "M", "S"
    D5_09 = "D5.09", N_("Forced to act against peers"), "M", "M"
    D5_10 = "D5.10", N_("Forced to lie to authorities, family, etc."), "M", "M"
    D5_11 = "D5.11", N_("Threat of denunciation to authorities"), "M", "M"
    D5_12 = "D5.12", N_("Threat to impose even worse working conditions"), "M", "M"
    D5_13 = "D5.13", N_("Violence on family (threatened or effective)"), "M", "M"
    D5_14 = "D5.14", N_("Withholding of wages"), "M", "M"
    D5_15 = "D5.15", N_("Threats to inform family, community or public"), "W", "M"


class VulnerabilityThere(Indicator):
    """D6: abuse of vulnerability at destination (an element of means)."""

    D6_01 = "D6.01", N_("Dependency on exploiters"), "M", "M"
    D6_02 = "D6.02", N_("Difficulty to live in an unknown area"), "M", "M"
    D6_03 = "D6.03", N_("Economic reasons"), "M", "M"
    D6_04 = "D6.04", N_("Family situation"), "M", "M"
    D6_05 = "D6.05", N_("Relationship with authorities / legal status"), "M", "M"
    D6_06 = "D6.06", N_("Difficulties in the past"), "W", "M"
    D6_07 = "D6.07", N_("Personal characteristics"), "W", "M"


class Seen(Term):
    """The answer to one indicator."""

    YES = "YES", N_("Yes")
    NO = "NO", N_("No")
    UNKNOWN = "UNK", N_("not known")


class Profile(Term):
    """Which list was used; a child's list applies wherever it is not certain that the person is an adult."""

    ADULT = "DELPHI_LAB_A", N_("Labour, adults")
    CHILD = "DELPHI_LAB_C", N_("Labour, children")


UNVERIFIED_PROFILES = N_(
    "There is no list for sexual exploitation here: the weights of its indicators could not be verified, so nothing is "
    "suggested from them. Write down what was seen, and check with a specialist."
)


class EvidenceSource(Term):
    DISCLOSED = "DISCLOSED", N_("The person said so")
    OBSERVED = "OBSERVED", N_("It was seen")
    THIRD_PARTY = "THIRD_PARTY", N_("Somebody else said so")
    DOCUMENT = "DOCUMENT", N_("A document")


class IndicatorAnswers(
    Step,
    kind="indicators",
    label=N_("Indicators of trafficking"),
    track=Track.IDENTIFICATION,
    when=N_("When were the indicators looked at?"),
    item=DataItem.EXPLOITATION_DETAIL,
):
    """One look at the list, from one or more sources. An indicator without an answer was not looked at."""

    profile: Mapped[Profile] = field(N_("Which list?"), one=Profile, required=True, hint=UNVERIFIED_PROFILES)
    sources: Mapped[frozenset[EvidenceSource] | None] = field(N_("From which sources?"), many=EvidenceSource)
    deceptive: Mapped[dict[DeceptiveRecruitment, Seen] | None] = field(
        N_("Deceptive recruitment"), many=DeceptiveRecruitment, graded=Seen
    )
    coercive: Mapped[dict[CoerciveRecruitment, Seen] | None] = field(
        N_("Coercive recruitment"), many=CoerciveRecruitment, graded=Seen
    )
    vulnerable: Mapped[dict[VulnerableRecruitment, Seen] | None] = field(
        N_("Recruitment by abuse of vulnerability"), many=VulnerableRecruitment, graded=Seen
    )
    conditions: Mapped[dict[Conditions, Seen] | None] = field(
        N_("Exploitation (conditions of work)"), many=Conditions, graded=Seen
    )
    coercion_there: Mapped[dict[CoercionThere, Seen] | None] = field(
        N_("Coercion at destination"), many=CoercionThere, graded=Seen
    )
    vulnerability_there: Mapped[dict[VulnerabilityThere, Seen] | None] = field(
        N_("Abuse of vulnerability at destination"), many=VulnerabilityThere, graded=Seen
    )
    evidence: Mapped[str | None] = field(N_("What it rests on"), reach=Reach.SEALED, long=True)


DIMENSIONS = ("deceptive", "coercive", "vulnerable", "conditions", "coercion_there", "vulnerability_there")
"""The questions that are dimensions D1 to D6, in this order."""
