"""What was done to the person: one step for each time and place of exploitation; a person may have lived several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import Reach, field, yes_no
from referral_desk.nrm.identification import Control, Exploitation
from referral_desk.nrm.person import AgeBand
from referral_desk.nrm.terms import Country, DataItem, Term, Track, YesNo
from referral_desk.words import N_


class Sector(Term):
    """CL-ISIC: the sections of ISIC revision 4."""

    A = "A", N_("Agriculture, forestry and fishing"), "A_AgricultureForestryAndFishing"
    B = "B", N_("Mining and quarrying"), "B_MiningAndQuarrying"
    C = "C", N_("Manufacturing"), "C_Manufacturing"
    D = "D", N_("Electricity, gas and steam"), "D_ElectricityGasSteamAndAirConditioningSupply"
    E = "E", N_("Water supply, sewerage and waste"), "E_WaterSupplySewerageWasteManagement"
    F = "F", N_("Construction"), "F_Construction"
    G = "G", N_("Trade, and repair of vehicles"), "G_WholesaleAndRetailTradeRepairOfMotorVehicles"
    H = "H", N_("Transport and storage"), "H_TransportationAndStorage"
    I = "I", N_("Hotels and restaurants"), "I_AccommodationAndFoodServiceActivities"  # noqa: E741
    J = "J", N_("Information and communication"), "J_InformationAndCommunication"
    K = "K", N_("Finance and insurance"), "K_FinancialAndInsuranceActivities"
    L = "L", N_("Real estate"), "L_RealEstateActivities"
    M = "M", N_("Professional and technical work"), "M_ProfessionalScientificAndTechnicalActivities"
    N = "N", N_("Administrative and support services"), "N_AdministrativeAndSupportServiceActivities"
    O = "O", N_("Public administration and defence"), "O_PublicAdministrationAndDefence"  # noqa: E741
    P = "P", N_("Education"), "P_Education"
    Q = "Q", N_("Health and social work"), "Q_HumanHealthAndSocialWorkActivities"
    R = "R", N_("Arts and entertainment"), "R_ArtsEntertainmentAndRecreation"
    S = "S", N_("Other services"), "S_OtherServiceActivities"
    T = "T", N_("Work in households"), "T_ActivitiesOfHouseholdsAsEmployers"
    U = "U", N_("International bodies"), "U_ActivitiesOfExtraterritorialOrganizations"


class SexType(Term):
    """CL-SEXTYPE."""

    PROST = "PROST", N_("Prostitution"), "Prostitution", "typeOfSexProstitution"
    PORN = "PORN", N_("Pornography"), "Pornography", "typeOfSexPornography"
    REMOTE = "REMOTE", N_("Before a camera"), "RemoteInteractiveServices", ""
    PRIV = "PRIV", N_("In private"), "PrivateSexualServices", ""
    OTH = "OTH", N_("Another form"), "", ""


class Act(Term):
    """CL-ACT (Palermo Protocol, art. 3(a))."""

    REC = "REC", N_("Recruitment")
    TRP = "TRP", N_("Transportation")
    TRF = "TRF", N_("Transfer")
    HARB = "HARB", N_("Harbouring")
    RCV = "RCV", N_("Receipt")


class Means(Term):
    """CL-MEANS (Palermo Protocol, art. 3(a)); of a child none is needed."""

    THREAT = "THREAT", N_("Threat or use of force")
    COERC = "COERC", N_("Other coercion")
    ABD = "ABD", N_("Abduction")
    FRAUD = "FRAUD", N_("Fraud")
    DECEP = "DECEP", N_("Deception")
    POWER = "POWER", N_("Abuse of power")
    VULN = "VULN", N_("Abuse of a position of vulnerability")
    PAY = "PAY", N_("Payments to somebody who had control")


class Recruitment(Term):
    """CL-RECR."""

    BUS = "BUS", N_("At a place of business"), "AtAPlaceOfBusiness"
    EDU = "EDU", N_("At a school"), "AtAnEducationalInstitution"
    WORK = "WORK", N_("At work"), "AtWork"
    SOCNET = "SOCNET", N_("Through social networks"), "ThroughOnlineSocialNetworks"
    ONLAD = "ONLAD", N_("Through an advertisement online"), "ThroughAnOnlineAdvertisement"
    TV = "TV", N_("Through television"), "ThroughATelevisionAdvert"
    NEWS = "NEWS", N_("Through a newspaper"), "ThroughANewspaperAdvert"
    FAM = "FAM", N_("Through the family"), "ThroughFamilyOrFamilyEvents"
    FRIEND = "FRIEND", N_("Through friends"), "ThroughFriendsOrSocialEvents"
    LOVER = "LOVER", N_("Through pretended love"), "Other"
    AGENCY = "AGENCY", N_("Through an agency"), "Other"
    SOLD = "SOLD", N_("Sold by the family"), "Other"
    ABD = "ABD", N_("By abduction"), "Other"
    STREET = "STREET", N_("Spoken to in the street"), "Other"
    CARE = "CARE", N_("Out of an institution or centre"), "Other"
    OTH = "OTH", N_("Another way"), "Other"


class RecruiterRelation(Term):
    """CL-RECREL."""

    PARTNER = "PARTNER", N_("Partner"), "Acquainted", "recruiterRelationIntimatePartner"
    FAM = "FAM", N_("Family"), "Familial", "recruiterRelationFamily"
    FRIEND = "FRIEND", N_("Friend"), "Acquainted", "recruiterRelationFriend"
    KNOWN = "OTHK", N_("Somebody else, known before"), "Acquainted", "recruiterRelationOther"
    UNKNOWN = "OTHU", N_("Somebody else, not known before"), "Unaquainted", "recruiterRelationOther"
    OTHER = "OTH", N_("Somebody else"), "", "recruiterRelationOther"


class Platform(Term):
    """CL-WEB; names of products are not translated."""

    FACEBOOK = "Facebook", "Facebook", "Facebook"
    INSTAGRAM = "Instagram", "Instagram", "Instagram"
    WHATSAPP = "WhatsApp", "WhatsApp", "WhatsApp"
    TELEGRAM = "Telegram", "Telegram", "Telegram"
    MESSENGER = "FacebookMessenger", "Facebook Messenger", "FacebookMessenger"
    VIBER = "Viber", "Viber", "Viber"
    SNAPCHAT = "SnapChat", "Snapchat", "SnapChat"
    LINE = "Line", "Line", "Line"
    FOUR_SALE = "4Sale", "4Sale", "4Sale"
    WECHAT = "WeChat", "WeChat", "WeChat"
    QQ = "QQ", "QQ", "QQ"
    QZONE = "QZone", "QZone", "QZone"
    TIKTOK = "TikTok", "TikTok", "TikTok"
    TWITTER = "Twitter", "X (Twitter)", "Twitter"
    OTHER = "Other", N_("Another platform"), "Other"


class Duration(Term):
    """CL-DUR, the bands of CTDC."""

    YEAR = "0-12", N_("Up to a year"), "", "0--12 (0-1 yr)"
    TWO = "13-24", N_("One to two years"), "", "13--24 (1-2 yrs)"
    MORE = "25+", N_("More than two years"), "", "25+ (2+ yrs)"


class Exit(Term):
    """CL-EXIT: how the person got out."""

    ESCAPED = "ESCAPED", N_("Escaped")
    RELEASED = "RELEASED", N_("Was let go")
    RESCUED = "RESCUED_POLICE", N_("Freed by the police")
    CLIENT = "HELPED_CLIENT", N_("Helped by a client")
    FAMILY = "HELPED_FAMILY_FRIEND", N_("Helped by family or friends")
    NGO = "HELPED_NGO", N_("Helped by an organisation")
    DEBT_PAID = "DEBT_PAID", N_("The debt was paid")
    EXPELLED = "EXPELLED_DEPORTED", N_("Expelled or deported")
    STILL_IN = "STILL_IN", N_("Is still in it")
    OTH = "OTH", N_("Another way")


class LastContact(Term):
    """CL-LASTCONTACT."""

    WEEK = "LT_1W", N_("Within the last week")
    MONTH = "LT_1M", N_("Within the last month")
    THREE = "LT_3M", N_("Within three months")
    SIX = "LT_6M", N_("Within six months")
    YEAR = "6_12M", N_("Six months to a year ago")
    LONGER = "GT_1Y", N_("More than a year ago")


class WorkedFor(Term):
    ONE = "ONE", N_("One person or family")
    SMALL = "SMALL", N_("A few people")
    NETWORK = "NETWORK", N_("An organised network")
    COMPANY = "COMPANY", N_("A company")


LABOUR = frozenset({Exploitation.LAB, Exploitation.DOM, Exploitation.CHLAB, Exploitation.SLV})


def _labour(given: Mapping[str, Any]) -> bool:
    return not LABOUR.isdisjoint(given.get("exploitation") or ())


def _sexual(given: Mapping[str, Any]) -> bool:
    return Exploitation.SEX in (given.get("exploitation") or ())


class TraffickingExperience(
    Step,
    kind="experience",
    label=N_("Experience of exploitation"),
    track=Track.IDENTIFICATION,
    when=N_("When was it told?"),
    item=DataItem.EXPLOITATION_DETAIL,
):
    """One time of exploitation. It is told once; nobody needs every answer."""

    exploitation: Mapped[frozenset[Exploitation] | None] = field(
        N_("Forms of exploitation"),
        many=Exploitation,
        reach=Reach.STATISTICS,
        item=DataItem.EXPLOITATION_TYPE,
        htcds="vic_TypeOfExploitation",
    )
    sector: Mapped[Sector | None] = field(
        N_("In which kind of work?"),
        one=Sector,
        reach=Reach.STATISTICS,
        asked_when=_labour,
        htcds="vic_ForcedLabourIndustry",
    )
    sex_type: Mapped[frozenset[SexType] | None] = field(
        N_("Form of sexual exploitation"),
        many=SexType,
        reach=Reach.STATISTICS,
        asked_when=_sexual,
        htcds="vic_TypeOfSexExploitation",
    )
    acts: Mapped[frozenset[Act] | None] = field(
        N_("What was done (acts)?"), many=Act, reach=Reach.STATISTICS, heading=N_("Acts and means")
    )
    means: Mapped[frozenset[Means] | None] = field(
        N_("By which means?"), many=Means, reach=Reach.STATISTICS, hint=N_("Of a child no means is needed.")
    )
    control: Mapped[frozenset[Control] | None] = field(
        N_("Means of control"), many=Control, reach=Reach.STATISTICS, htcds="vic_MethodsOfControl"
    )
    recruitment: Mapped[frozenset[Recruitment] | None] = field(
        N_("How was the person recruited?"),
        many=Recruitment,
        reach=Reach.STATISTICS,
        heading=N_("How it began"),
        htcds="vic_MethodOfRecruitment",
    )
    recruiter: Mapped[frozenset[RecruiterRelation] | None] = field(
        N_("Who recruited the person?"),
        many=RecruiterRelation,
        reach=Reach.STATISTICS,
        htcds="vic_RelationshipToTrafficker",
    )
    abducted: Mapped[YesNo | None] = yes_no(N_("Was the person taken by force?"), reach=Reach.STATISTICS)
    recruited_online: Mapped[frozenset[Platform] | None] = field(
        N_("On which platforms was the person recruited?"), many=Platform, htcds="vic_RecruitmentWebsitesAndApps"
    )
    country_of_recruitment: Mapped[Country | None] = field(
        N_("Country of recruitment"), one=Country, reach=Reach.STATISTICS
    )
    place_of_recruitment: Mapped[str | None] = field(
        N_("Place of recruitment"), reach=Reach.SEALED, htcds="vic_LocationOfRecruitment"
    )
    transit: Mapped[frozenset[Country] | None] = field(
        N_("Countries on the way"), many=Country, heading=N_("Where and how long"), htcds="hte_Type"
    )
    countries: Mapped[frozenset[Country] | None] = field(
        N_("Countries of exploitation"), many=Country, reach=Reach.STATISTICS, htcds="hte_Country"
    )
    place: Mapped[str | None] = field(
        N_("Place of exploitation"), reach=Reach.SEALED, htcds="vic_LocationOfExploitation"
    )
    internal: Mapped[YesNo | None] = yes_no(
        N_("Was it within one country?"), reach=Reach.STATISTICS, hint=N_("No border need be crossed.")
    )
    exploited_online: Mapped[frozenset[Platform] | None] = field(
        N_("On which platforms was the person exploited?"), many=Platform, htcds="vic_ExploitationWebsitesAndApps"
    )
    began: Mapped[PartialDate | None] = field(N_("When did it begin?"), kind=PartialDate, htcds="hte_Date")
    ended: Mapped[PartialDate | None] = field(N_("When did it end?"), kind=PartialDate)
    duration: Mapped[Duration | None] = field(N_("How long did it last?"), one=Duration, reach=Reach.STATISTICS)
    age_at_entry: Mapped[AgeBand | None] = field(
        N_("Age when it began"), one=AgeBand, reach=Reach.STATISTICS, htcds="vic_AgeWhenTrafficked"
    )
    as_child: Mapped[YesNo | None] = yes_no(N_("Was the person a child at any time of it?"), reach=Reach.STATISTICS)
    exploiters: Mapped[WorkedFor | None] = field(
        N_("Who exploited the person?"), one=WorkedFor, reach=Reach.STATISTICS, heading=N_("How it ended")
    )
    still_in: Mapped[YesNo | None] = yes_no(N_("Is the person still in it?"))
    how_left: Mapped[Exit | None] = field(N_("How did the person get out?"), one=Exit, reach=Reach.STATISTICS)
    last_contact: Mapped[LastContact | None] = field(N_("Last contact with those who exploit"), one=LastContact)
    threats_go_on: Mapped[YesNo | None] = yes_no(N_("Do threats go on?"))
    other_victims: Mapped[YesNo | None] = yes_no(N_("Are other people exploited there?"))
    earlier_help: Mapped[YesNo | None] = yes_no(N_("Was help asked for before?"))
    account: Mapped[str | None] = field(
        N_("In the person's own words"), reach=Reach.SEALED, long=True, htcds="hte_Description"
    )
