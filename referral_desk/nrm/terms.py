"""Controlled vocabularies: a stable code for the store, a label for people, the standards' equivalents.

Three kinds stand behind one interface (`of`, `every`, `.code`, `.label`): lists of our own (`Term`), ISO
lists (`Country`, `Language`) and numbers that are counted (`Year`). A list that only one step uses lies beside
that step; here are those that several share. Source of the codes: HTCDS 2.0, CTDC 2024 and the National
Referral Mechanism Handbook (ODIHR 2022).
"""

from __future__ import annotations

from enum import Enum
from typing import Self

from referral_desk import words
from referral_desk.errors import UnknownCode
from referral_desk.words import N_, _


class Term(Enum):
    """One entry of a vocabulary: `NAME = code, label[, HTCDS value[, CTDC column or value]]`."""

    def __new__(cls, code: str, label: str, htcds: str = "", ctdc: str = "") -> Self:  # noqa: ARG004
        term = object.__new__(cls)
        term._value_ = code
        return term

    def __init__(self, code: str, label: str, htcds: str = "", ctdc: str = "") -> None:
        self.code = code
        self.english = label
        self.htcds = htcds
        self.ctdc = ctdc

    __hash__ = object.__hash__
    """Each term is there once, and is looked up some hundred times for a page: Enum reckons it from the name."""

    @property
    def label(self) -> str:
        return _(self.english)

    @classmethod
    def of(cls, code: str) -> Self:
        """The term with this code; UnknownCode where there is none."""
        try:
            return cls._value2member_map_[code]  # type: ignore[return-value]
        except KeyError:
            raise UnknownCode(code=code, list=cls.__name__) from None

    @classmethod
    def every(cls) -> tuple[Self, ...]:
        return tuple(cls)


class IsoCode(str):
    """A code of a list that somebody else keeps."""

    __slots__ = ()

    @property
    def code(self) -> str:
        return str(self)

    @property
    def label(self) -> str:
        raise NotImplementedError

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        raise NotImplementedError

    @classmethod
    def of(cls, code: str) -> Self:
        """The entry with this code; UnknownCode where there is none."""
        if code not in cls.codes():
            raise UnknownCode(code=code, list=cls.__name__)
        return cls(code)

    @classmethod
    def every(cls) -> tuple[Self, ...]:
        return tuple(cls(code) for code in cls.codes())


class Country(IsoCode):
    """A country by its ISO 3166-1 alpha-3 code."""

    __slots__ = ()

    @property
    def label(self) -> str:
        return words.country(self)

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        return words.country_codes()


class Language(IsoCode):
    """A language by its ISO 639-2 code; a former or second code of it is read as the one listed."""

    __slots__ = ()

    @classmethod
    def of(cls, code: str) -> Self:
        return super().of(words.language_code(code))

    @property
    def label(self) -> str:
        return words.language_name(self)

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        return words.language_codes()


class Currency(IsoCode):
    """A currency by its ISO 4217 code."""

    __slots__ = ()

    @property
    def label(self) -> str:
        return words.currency(self)

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        return words.currency_codes()


class Year(int):
    """A calendar year, the finest time that is ever counted."""

    @property
    def code(self) -> str:
        return str(int(self))

    @property
    def label(self) -> str:
        return str(int(self))

    @classmethod
    def of(cls, code: str) -> Self:
        if not (code.isascii() and code.isdigit() and len(code) == 4):
            raise UnknownCode(code=code, list=cls.__name__)
        return cls(code)

    @classmethod
    def every(cls) -> tuple[Self, ...]:
        return ()


class Unanswered(Term):
    """Why there is no answer. An answer that is simply absent was not asked; “no” is an answer."""

    NOT_ASKED = "NOT_ASKED", N_("not asked")
    DECLINED = "DECLINED", N_("did not want to answer")
    UNKNOWN = "UNK", N_("not known")


class YesNo(Term):
    YES = "YES", N_("Yes")
    NO = "NO", N_("No")


class Track(Term):
    """What runs side by side in a case; none of them waits for another (NRM Handbook 2022, pillars 1 to 4)."""

    IDENTIFICATION = "IDENT", N_("Identification")
    CONSENT = "CONSENT", N_("Consent and data")
    REFLECTION = "REFLECT", N_("Recovery and reflection")
    ASSISTANCE = "ASSIST", N_("Assistance")
    RISK = "RISK", N_("Risk and safety")
    REFERRAL = "REFER", N_("Referrals")
    CHILDREN = "CHILD", N_("Child protection")
    RETURN = "RETURN", N_("Return")
    INCLUSION = "INCLUDE", N_("Social inclusion")
    JUSTICE = "JUSTICE", N_("Rights and justice")
    CASE = "CASE", N_("Keeping the case")


class DataItem(Term):
    """What a person may agree to share, item by item (CL-DATAITEM)."""

    NAME = "NAME", N_("Name")
    CONTACT = "CONTACT", N_("Contact details")
    DOB = "DOB", N_("Date of birth")
    AGE_BAND = "AGE_BAND", N_("Age group")
    GENDER = "GENDER", N_("Gender")
    CITIZENSHIP = "CITIZENSHIP", N_("Citizenship")
    LANGUAGE = "LANGUAGE", N_("Language")
    LEGAL_STATUS = "LEGAL_STATUS", N_("Legal status")
    ID_DOCS = "ID_DOCS", N_("Identity documents")
    ADDRESS = "ADDRESS", N_("Address")
    EXPLOITATION_TYPE = "EXPLOITATION_TYPE", N_("Form of exploitation")
    EXPLOITATION_DETAIL = "EXPLOITATION_DETAIL", N_("Details of the exploitation")
    EXPLOITER = "EXPLOITER", N_("Those who exploited the person")
    HEALTH = "HEALTH", N_("Health")
    MENTAL_HEALTH = "MENTAL_HEALTH", N_("Mental health")
    RISK = "RISK", N_("Risk level")
    NEEDS = "NEEDS", N_("Needs")
    CHILDREN = "CHILDREN", N_("Children and dependants")
    FAMILY = "FAMILY", N_("Family")
    PROCEEDINGS = "PROCEEDINGS", N_("Proceedings")
    PHOTO = "PHOTO", N_("Photograph")


class Service(Term):
    """What is asked of others or given by us (CL-SVC)."""

    ACC = "ACC", N_("Safe accommodation")
    MED = "MED", N_("Medical care")
    SRH = "SRH", N_("Sexual and reproductive health care")
    MH = "MH", N_("Mental health care")
    PSS = "PSS", N_("Psychosocial support")
    MAT = "MAT", N_("Food, clothing and hygiene")
    CASH = "CASH", N_("Financial assistance")
    LEGINF = "LEGINF", N_("Legal information")
    LEGREP = "LEGREP", N_("Legal representation")
    INT = "INT", N_("Interpretation and cultural mediation")
    DOC = "DOC", N_("Documents and registration")
    RES = "RES", N_("Advice on residence and asylum")
    SAFE = "SAFE", N_("Protection and security")
    CHILD = "CHILD", N_("Child protection and alternative care")
    GUARD = "GUARD", N_("Guardianship")
    TRACE = "TRACE", N_("Family tracing and mediation")
    EDU = "EDU", N_("Education")
    LANG = "LANG", N_("Language course")
    VOC = "VOC", N_("Vocational training")
    JOB = "JOB", N_("Employment")
    HOUS = "HOUS", N_("Long-term housing")
    DIS = "DIS", N_("Disability services")
    SUBST = "SUBST", N_("Treatment of substance use")
    COMP = "COMP", N_("Compensation claim")
    WIT = "WIT", N_("Support as victim and witness")
    RET = "RET", N_("Return counselling and travel")
    REINT = "REINT", N_("Support after return")
    TRANS = "TRANS", N_("Transport")
    OTH = "OTH", N_("Other service")


class NeedDomain(Term):
    """CL-NEEDDOM: the areas of life that are looked at."""

    SAFETY = "SAFETY", N_("Safety")
    HOUSING = "HOUSING", N_("Housing")
    PHYSICAL_HEALTH = "PHYSICAL_HEALTH", N_("Physical health")
    MENTAL_HEALTH = "MENTAL_HEALTH", N_("Mental health")
    SRH = "SRH", N_("Sexual and reproductive health")
    SUBSTANCE = "SUBSTANCE", N_("Substance use")
    BASIC = "BASIC", N_("Food, clothing and hygiene")
    FINANCE = "FINANCE", N_("Money and debts")
    LEGAL_STATUS = "LEGAL_STATUS", N_("Legal status")
    CRIMINAL_JUSTICE = "CRIMINAL_JUSTICE", N_("Criminal proceedings")
    LABOUR_RIGHTS = "LABOUR_RIGHTS", N_("Labour rights")
    DOCUMENTS = "DOCUMENTS", N_("Documents")
    FAMILY_CHILDREN = "FAMILY_CHILDREN", N_("Family and children")
    EDUCATION = "EDUCATION", N_("Education")
    WORK = "WORK", N_("Work")
    LANGUAGE = "LANGUAGE", N_("Language")
    SOCIAL_NETWORK = "SOCIAL_NETWORK", N_("Friends and community")
    DISABILITY = "DISABILITY", N_("Disability")
    SPIRITUAL_CULTURAL = "SPIRITUAL_CULTURAL", N_("Faith and culture")
    DIGITAL_SAFETY = "DIGITAL_SAFETY", N_("Digital safety")


class LegalGround(Term):
    """On what the handling of personal data rests (GDPR, art. 6 and 9)."""

    CONSENT = "CONSENT", N_("The person's consent")
    VITAL = "VITAL_INTEREST", N_("Vital interest: a life is in danger")
    DUTY = "LEGAL_OBLIGATION", N_("A duty laid down by law")
    CLAIM = "LEGAL_CLAIM", N_("A legal claim")
    OTHER = "OTHER", N_("Another ground in law")


class Hearing(Term):
    """How far a child was heard (CRC, art. 12)."""

    ALONE = "ALONE", N_("Heard alone")
    WITH_OTHERS = "WITH_OTHERS", N_("Heard in the presence of others")
    NOT_WANTED = "NOT_WANTED", N_("Did not want to speak")
    NOT_HEARD = "NOT_HEARD", N_("Not heard")


class ContactWay(Term):
    IN_PERSON = "IN_PERSON", N_("In person")
    PHONE = "PHONE", N_("By phone or video")
    MESSAGE = "MESSAGE", N_("By message")
    LETTER = "LETTER", N_("By letter")
    THROUGH_OTHERS = "THROUGH_OTHERS", N_("Through another organisation")


class KeepReason(Term):
    """Why something stays on a paper though the linter stopped at it."""

    OTHER_THING = "OTHER_THING", N_("It means something or somebody else")
    ORDINARY = "ORDINARY", N_("It is an ordinary word here")
    KNOWN = "KNOWN", N_("The recipient knows it already and has to know it")
    WISHED = "WISHED", N_("The person wants it to be told")
    NEEDED = "NEEDED", N_("Without it the recipient cannot help")
