"""Small letters in which something is planted, or nothing: what the linter is measured with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image

from referral_desk import words
from referral_desk.letters import faces, linter, paper
from referral_desk.letters.shapes import Shape, Text
from referral_desk.nrm import pathway
from referral_desk.nrm.case import Case, random_code
from referral_desk.nrm.person import FirstContact
from tests.letters.clean import SENTENCES
from tests.letters.disguises import DISGUISES, Somebody, somebody

TODAY = date(2026, 11, 9)
SENDER = "Centar Svetionik\nP.O. box 42, 11000 Beograd, +381 11 555 0100"
IN_AN_IMAGE = "the properties of an image"
_BODY = faces.Face(9.5, 13)


@dataclass(frozen=True)
class Planted:
    """One letter; `what` names the disguise, and is empty where nothing was planted."""

    what: str
    who: Somebody
    text: str
    found: tuple[linter.Finding, ...]


def case_of(who: Somebody, need: str, account: str = "") -> Case:
    """A case in memory, as it is read with the seal."""
    case = pathway.open_case(on=TODAY, first=FirstContact(day=TODAY))
    told: dict[str, Any] = {"account": account, "needs": ["PSS"]}
    asked: dict[str, Any] = {
        "recipient": "Lantern Clinic",
        "recipient_contact": "+999 11 555 777",
        "services": ["MED"],
        "need": need,
    }
    for kind, given in (("person", who.answers()), ("interview", told), ("referral", asked | {"urgency": "NORMAL"})):
        step = pathway.kind_of(kind)
        case.steps.append(pathway.step_from(step, {"day": TODAY.isoformat(), **given}))
    case.steps[-1].reference = random_code("RF")  # type: ignore[attr-defined]
    return case


def letter(case: Case, need: str, language: str = "en") -> bytes:
    reference = case.steps[-1].reference  # type: ignore[attr-defined]
    said = ["Referral form", reference, "Lantern Clinic", "The need in one sentence", need]
    with words.speaking(language):
        story: list[Shape] = [Text(text, _BODY) for text in said]
        return paper.render(story, paper.Furniture("Referral form", "", "", lambda *_pages: ""), language=language)


def with_image(pdf: bytes, author: str) -> bytes:
    """The letter with a picture in it, whose properties say who took it."""
    picture = Image.new("RGB", (8, 8), "#888")
    exif = Image.Exif()
    exif[0x013B], exif[0x9C9D] = author, author.encode("utf-16-le")
    held = BytesIO()
    picture.save(held, "JPEG", exif=exif)
    stream = b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceRGB /Filter /DCTDecode >>\n"
    return pdf + b"99 0 obj\n" + stream + b"stream\n" + held.getvalue() + b"\nendstream\nendobj\n"


def planted(rng: Random, what: str) -> Planted:
    who = somebody(rng)
    if what == IN_AN_IMAGE:
        case = case_of(who, "A quiet room")
        name = getattr(rng.choice((who.first, who.last)), rng.choice((who.recorded, "plain")))
        pdf, text = with_image(letter(case, "A quiet room"), name), name
    else:
        text = DISGUISES[what](rng, who)
        case = case_of(who, text)
        pdf = letter(case, text, rng.choice(("en", "en", "ar")))
    return Planted(what, who, text, linter.findings(pdf, case, sender=SENDER))


def clean(rng: Random) -> Planted:
    """A page with nothing of her: sentences as caseworkers write them, her account beside it in the case."""
    who = somebody(rng)
    language, sentence = rng.choice(SENTENCES)
    others = [text for spoken, text in SENTENCES if spoken == language and text != sentence]
    account = rng.choice([*others, "She spoke of her mother."])
    case = case_of(who, sentence, account)
    found = linter.findings(letter(case, sentence, language if language in ("ar", "fa") else "en"), case, sender=SENDER)
    return Planted("", who, sentence, found)


def every(cases: int, seed: int = 1) -> list[Planted]:
    """Each disguise in so many cases, and as many clean pages."""
    rng = Random(seed)
    hidden = [planted(rng, what) for _case in range(cases) for what in (*DISGUISES, IN_AN_IMAGE)]
    return [*hidden, *(clean(rng) for _case in range(cases))]
