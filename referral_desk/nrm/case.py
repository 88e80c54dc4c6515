"""A case is a person's file: a list of dated steps, each kind of step its own typed table.

A step is never overwritten. A correction is a new revision of the same id; the former one stays.
The classes can be used without a database: rules see plain objects.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from referral_desk.nrm import answers, fields
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import Question, Reach, field, yes_no
from referral_desk.nrm.terms import Country, DataItem, Language, Term, Track, Year, YesNo
from referral_desk.words import N_, _

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_NOT_RECORDED_YET = datetime.max  # noqa: DTZ901 - the store keeps UTC without saying so

KINDS: dict[str, type[Step]] = {}
"""Every kind of step by its code, in the order of declaration."""


class Base(DeclarativeBase):
    """The tables of a desk."""


class Case(Base):
    """A person's file. `steps` holds the current revision of each step, oldest first."""

    __tablename__ = "cases"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    code: Mapped[str] = mapped_column(String, unique=True)
    opened_on: Mapped[date] = mapped_column(Date, index=True)

    def __init__(self, *, opened_on: date, id: UUID | None = None, code: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id or uuid4(), opened_on=opened_on, code=code or random_code())

    @property
    def steps(self) -> list[Step]:
        found: list[Step] = self.__dict__.setdefault("_steps", [])
        return found

    def taken(self, kind: type[S]) -> list[S]:
        """The steps of one kind, oldest first; of two on one day the later recorded comes last."""
        steps = [step for step in self.steps if isinstance(step, kind)]
        return sorted(steps, key=lambda step: (step.day or date.min, step.recorded_at or _NOT_RECORDED_YET))

    def latest(self, kind: type[S]) -> S | None:
        found = self.taken(kind)
        return found[-1] if found else None


class Step(Base):
    """Something that happened in a case on a day. Subclasses declare questions; see `fields`.

    Class keywords: `kind` (stable code and table name), `label`, `track`, `when` (the label of the day),
    `once` (at most one per case), `after` (the kind that must have come first), `item` (the consent item of
    questions that name none).
    """

    __abstract__ = True

    kind: ClassVar[str]
    english: ClassVar[str]
    track: ClassVar[Track]
    once: ClassVar[bool]
    after: ClassVar[type[Step] | None]
    questions: ClassVar[tuple[Question, ...]]

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    day: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    current: Mapped[bool]
    unanswered: Mapped[dict[str, str]] = mapped_column(JSON)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    def __init_subclass__(
        cls,
        *,
        kind: str,
        label: str,
        track: Track,
        when: str,
        once: bool = False,
        after: type[Step] | None = None,
        item: DataItem | None = None,
        **more: Any,
    ) -> None:
        cls.kind, cls.english, cls.track, cls.once, cls.after = kind, label, track, once, after
        own = fields.declared(vars(cls) | {"why_corrected": _WHY_CORRECTED})
        day = Question("day", when, kind=date, required=True)
        cls.questions = (day, *(_with_item(question, item) for question in own.values()))
        for name, question in own.items():
            setattr(cls, name, fields.column(question))
        cls.__tablename__ = kind
        cls.__table_args__ = (Index(f"ix_{kind}_case", "case_id", "current"),)
        super().__init_subclass__(**more)
        KINDS[kind] = cls

    def __init__(self, **given: Any) -> None:
        self.__dict__["_opened"] = {}
        super().__init__(**{"id": uuid4(), "revision": 1, "current": True, "unanswered": {}} | given)

    @classmethod
    def question(cls, name: str) -> Question | None:
        return next((question for question in cls.questions if question.name == name), None)

    @classmethod
    def label(cls) -> str:
        return _(cls.english)

    def answer(self, question: Question) -> Any:
        return getattr(self, question.name)

    def answers(self) -> dict[str, Any]:
        """Every answer by the name of its question; sealed ones as SEALED_MARK where the seal is not in force."""
        return {question.name: self.answer(question) for question in self.questions}

    def asked(self) -> list[Question]:
        """The questions that make sense with the answers given so far."""
        given = self.answers()
        return [question for question in self.questions if question.is_asked(given)]

    def sealed_answers(self) -> dict[str, Any] | None:
        """The opened block, to read or (in a new step) to write; None where the seal is not in force."""
        if "_opened" not in self.__dict__:
            opener = self.__dict__.get("_opener")
            self.__dict__["_opened"] = None if opener is None else self._parsed(opener())
        opened: dict[str, Any] | None = self.__dict__["_opened"]
        return opened

    def open_by(self, opener: Callable[[], bytes | None]) -> None:
        """Let sealed answers be read on request; `opener` gives the plaintext of the block."""
        self.__dict__["_opener"] = opener

    def sealed_text(self) -> bytes | None:
        """The plaintext of the block that is to be sealed; None where no sealed question has an answer."""
        opened = self.sealed_answers() or {}
        held = {q.name: answers.written(q, opened[q.name]) for q in self.questions if opened.get(q.name) is not None}
        return json.dumps(held, ensure_ascii=False).encode() if held else None

    def _parsed(self, block: bytes | None) -> dict[str, Any]:
        held = json.loads(block) if block else {}
        return {q.name: answers.read(q, held[q.name]) for q in self.questions if q.name in held}


S = TypeVar("S", bound=Step)

_WHY_CORRECTED = field(N_("Why was it corrected?"), reach=Reach.SEALED, asked_when=lambda _answers: False)


def _with_item(question: Question, item: DataItem | None) -> Question:
    return question if question.item else replace(question, item=item)


def random_code(prefix: str = "RD") -> str:
    """A reference such as RD-7K3M-9QXF: 35 random bits and a check character, nothing of the person in it."""
    number = secrets.randbits(35)
    body = "".join(_CROCKFORD[number >> shift & 31] for shift in range(0, 35, 5))
    text = body + _check_character(body)
    return f"{prefix}-{text[:4]}-{text[4:]}"


def is_code(text: str) -> bool:
    """Whether a reference was copied without a slip: any one wrong or two swapped characters are noticed."""
    body = text.upper().replace("-", "").removeprefix("RD").removeprefix("RF")
    return len(body) == 8 and set(body) <= set(_CROCKFORD) and _check_character(body[:7]) == body[7]


def _check_character(body: str) -> str:
    # Odd weights are invertible modulo 32, and neighbours differ by 2, which finds all but one kind of swap.
    return _CROCKFORD[sum((2 * at + 1) * _CROCKFORD.index(letter) for at, letter in enumerate(body)) % 32]


class Gender(Term):
    """CL-GENDER."""

    WOMAN = "F", N_("Woman"), "Feminine", "Woman"
    MAN = "M", N_("Man"), "Masculine", "Man"
    TRANS_WOMAN = "TF", N_("Trans woman"), "TransgenderFeminine", "Trans/Transgender/NonConforming"
    TRANS_MAN = "TM", N_("Trans man"), "TransgenderMasculine", "Trans/Transgender/NonConforming"
    NON_CONFORMING = "NC", N_("Non-conforming"), "NonConforming", "Trans/Transgender/NonConforming"


class AgeBand(Term):
    """CL-AGE, the bands of CTDC."""

    B00_08 = "0--8", N_("0–8 years"), "", "0--8"
    B09_17 = "9--17", N_("9–17 years"), "", "9--17"
    B18_20 = "18--20", N_("18–20 years"), "", "18--20"
    B21_23 = "21--23", N_("21–23 years"), "", "21--23"
    B24_26 = "24--26", N_("24–26 years"), "", "24--26"
    B27_29 = "27--29", N_("27–29 years"), "", "27--29"
    B30_38 = "30--38", N_("30–38 years"), "", "30--38"
    B39_47 = "39--47", N_("39–47 years"), "", "39--47"
    B48_UP = "48+", N_("48 years and older"), "", "48+"

    @property
    def is_child(self) -> bool:
        return self in (AgeBand.B00_08, AgeBand.B09_17)


class AgeBasis(Term):
    DOCUMENT = "DOCUMENT", N_("A document")
    SELF = "SELF", N_("What the person says")
    ESTIMATE = "ESTIMATE", N_("An estimate")
    ASSESSMENT = "AGE_ASSESSMENT", N_("An age assessment")


class Person(
    Step,
    kind="person",
    label=N_("The person"),
    track=Track.IDENTIFICATION,
    when=N_("On which day was this recorded?"),
    once=True,
):
    """Who the person is. Names and contacts are sealed; what may be counted is a question of its own."""

    first_name: Mapped[str | None] = field(N_("First name"), reach=Reach.SEALED, heading=N_("Identity"))
    last_name: Mapped[str | None] = field(N_("Last name"), reach=Reach.SEALED)
    other_names: Mapped[str | None] = field(
        N_("Other names"), reach=Reach.SEALED, hint=N_("Nicknames, former names, names on false papers")
    )
    date_of_birth: Mapped[PartialDate | None] = field(
        N_("Date of birth"), reach=Reach.SEALED, kind=PartialDate, hint=N_("A year alone is enough: 2004, about: 2004~")
    )
    place_of_birth: Mapped[str | None] = field(N_("Place of birth"), reach=Reach.SEALED)
    phone: Mapped[str | None] = field(N_("Phone"), reach=Reach.SEALED, heading=N_("Safe contact"))
    address: Mapped[str | None] = field(N_("Where the person stays"), reach=Reach.SEALED)
    safe_contact: Mapped[str | None] = field(
        N_("How is it safe to make contact?"),
        reach=Reach.SEALED,
        long=True,
        hint=N_("Who may answer, at which hours, whether a message may be left"),
    )
    gender: Mapped[Gender | None] = field(
        N_("Gender"),
        one=Gender,
        reach=Reach.STATISTICS,
        item=DataItem.GENDER,
        heading=N_("What others may need to know"),
    )
    age_band: Mapped[AgeBand | None] = field(
        N_("Age group"), one=AgeBand, reach=Reach.STATISTICS, item=DataItem.AGE_BAND
    )
    age_basis: Mapped[AgeBasis | None] = field(N_("How is the age known?"), one=AgeBasis)
    age_in_doubt: Mapped[YesNo | None] = yes_no(
        N_("Is it in doubt whether the person is an adult?"), hint=N_("In doubt the person is treated as a child.")
    )
    citizenships: Mapped[frozenset[Country] | None] = field(
        N_("Citizenship"), many=Country, reach=Reach.STATISTICS, item=DataItem.CITIZENSHIP
    )
    language: Mapped[Language | None] = field(N_("Language"), one=Language, reach=Reach.LETTER, item=DataItem.LANGUAGE)
    interpreter: Mapped[YesNo | None] = yes_no(
        N_("Is an interpreter needed?"), reach=Reach.LETTER, item=DataItem.LANGUAGE
    )
    unaccompanied: Mapped[YesNo | None] = yes_no(
        N_("Is the child without parents or guardian?"),
        reach=Reach.LETTER,
        item=DataItem.AGE_BAND,
        asked_when=lambda given: is_child_by(given.get("age_band"), given.get("age_in_doubt")),
    )
    dependants: Mapped[str | None] = field(
        N_("Who travels or lives with the person?"),
        reach=Reach.LETTER,
        item=DataItem.CHILDREN,
        hint=N_("Number and ages only, no names"),
    )


def is_child_by(age_band: AgeBand | None, in_doubt: YesNo | None) -> bool:
    """Whoever is not known to be an adult is presumed a child (CETS 197, art. 10(3))."""
    return age_band is None or age_band.is_child or in_doubt is YesNo.YES


def is_child(case: Case) -> bool:
    person = case.latest(Person)
    return person is None or is_child_by(person.age_band, person.age_in_doubt)


class Contact(Term):
    """CL-CONTACT: by which way the person came to us."""

    HELPLINE = "HELPLINE", N_("Helpline")
    WALK_IN = "WALK_IN", N_("Came by herself or himself")
    OUTREACH = "OUTREACH", N_("Outreach work")
    POLICE = "POLICE", N_("Police")
    BORDER = "BORDER", N_("Border police")
    LABINSP = "LABINSP", N_("Labour inspectorate")
    HEALTH = "HEALTH", N_("Health service")
    SCHOOL = "SCHOOL", N_("School")
    SOCIAL = "SOCIAL", N_("Social services")
    NGO = "NGO", N_("Another organisation")
    EMBASSY = "EMBASSY", N_("Embassy or consulate")
    ASYLUM = "ASYLUM", N_("Asylum office")
    COURT = "COURT", N_("Court or prosecution")
    ONLINE = "ONLINE", N_("Online")
    FAMILY = "FAMILY", N_("Family or friends")
    OTHER_VICTIM = "OTHER_VICTIM", N_("Another affected person")
    OTH = "OTH", N_("Another way")


class FirstContact(
    Step,
    kind="first_contact",
    label=N_("First contact"),
    track=Track.IDENTIFICATION,
    when=N_("When did the person come to us?"),
    once=True,
):
    """How the case began."""

    contact: Mapped[Contact | None] = field(N_("How did the person come to us?"), one=Contact, reach=Reach.STATISTICS)
    year: Mapped[Year | None] = field(
        N_("Year of first contact"), one=Year, reach=Reach.STATISTICS, derived=lambda step: Year(step.day.year)
    )
    safe_now: Mapped[YesNo | None] = yes_no(N_("Is the person safe at this moment?"))
    first_words: Mapped[str | None] = field(N_("What was said"), reach=Reach.SEALED, long=True)
