"""Reading a layout: every name in it is looked up, and what cannot be used is refused with file and line.

What a layout can never do, whoever writes it: let an answer out that is not made for letters (unless the paper is
made with the seal, for the person, a panel, or as an identity sheet), tell of those who exploited the person, or
tell more than age, language and the need of an interpreter where the person was not asked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from referral_desk.errors import UnreadableFile
from referral_desk.letters.layout import ABOUT, LEVELS, RECIPIENTS, Block, Layout
from referral_desk.letters.sentences import BASES
from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.pathway import KINDS
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.terms import DataItem
from referral_desk.words import _

OWN_PLACES = frozenset(
    {"organisation", "contact", "recipient", "reference", "day", "reply_by", "destroy_by", "services", "items", "until"}
)
"""What a sentence may hold beside answers: {recipient}, {reference} …"""

PLACE = re.compile(r"\{([\w.]+)\}")

_EVERY = "*"
_NEVER = "-"
_IN_THE_HEADER = frozenset({(Referral, "urgency")})
_WITHOUT_ASKING = frozenset(
    {(Person, "age_band"), (Person, "language"), (Person, "interpreter"), (Referral, "services")}
)
_SEALED_FOR = ("person", "panel", "desk")

_TEXTS = ("lead", "signatures", "copies")
_KEYS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("version", "title", "about", "recipient", "level", "basis", "step"), (str,)),
    **dict.fromkeys((*_TEXTS, "block"), (list,)),
    "destroy_after": (int,),
    "order": (int,),
    "slip": (bool,),
    "seal": (bool,),
}
_CHOICES = {"about": ABOUT, "recipient": RECIPIENTS, "level": tuple(LEVELS), "basis": tuple(BASES)[:4]}


def read_file(file: Path) -> Layout:
    """The layout in a file of the office."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnreadableFile(file=file.name, why=_("it is missing, or not a text file in UTF-8.")) from None
    return read(text, file=file.name)


def read(text: str, *, file: str) -> Layout:
    """A layout from its text; UnreadableFile, with the line, where it cannot be one."""
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line[1]) if line else max(1, len(text.splitlines()))
        raise _refusal(file, at, _("this is not TOML.")) from None
    return _Reading(text, file, held).layout()


def letter_questions(kind: type[Step]) -> list[Question]:
    """The questions of a kind of step whose answers may stand on a letter."""
    return [question for question in kind.questions if question.reach >= Reach.LETTER]


def places_in(sentence: str) -> list[str]:
    """The names in braces of a sentence, in the order written."""
    return PLACE.findall(sentence)


class _Reading:
    """One reading of one text, which knows the line of each block."""

    def __init__(self, text: str, file: str, held: dict[str, Any]) -> None:
        self.file = file
        self.held = held
        self.lines = text.splitlines()
        self.starts = [number for number, line in enumerate(self.lines, 1) if line.strip() == "[[block]]"]
        self.named: set[tuple[type[Step], str]] = set(_IN_THE_HEADER)

    def layout(self) -> Layout:
        version, blocks = self.held.get("version"), self.held.get("block")
        if not isinstance(version, str) or not isinstance(blocks, list) or len(blocks) != len(self.starts):
            raise _refusal(self.file, 1, _("a layout has a version and [[block]] entries, nothing else."))
        self._check_keys()
        kinds = [self._kind(at, block) for at, block in enumerate(blocks)]
        for kind, block in zip(kinds, blocks, strict=True):
            self.named |= {(kind, _bare(name)) for name in block.get("questions", ()) if kind}
        whole = tuple(self._block(at, kind, blocks[at]) for at, kind in enumerate(kinds))
        return self._whole(version, whole)

    def _whole(self, version: str, blocks: tuple[Block, ...]) -> Layout:
        held = self.held
        usual = Layout(version, blocks)
        return Layout(
            version=version,
            blocks=blocks,
            name=Path(self.file).stem,
            title=held.get("title", usual.title),
            about=held.get("about", usual.about),
            recipient=held.get("recipient", usual.recipient),
            level=held.get("level", usual.level),
            basis=held.get("basis", usual.basis),
            lead=tuple(held.get("lead", ())),
            signatures=tuple(held.get("signatures", ())),
            copies=tuple(held.get("copies", ())),
            destroy_after=held.get("destroy_after") if "title" in held else usual.destroy_after,
            has_slip=held.get("slip", False),
            is_sealed=held.get("seal", False),
            step=held.get("step", ""),
            order=held.get("order", usual.order),
        )

    def _check_keys(self) -> None:
        for key, value in self.held.items():
            if key not in _KEYS:
                raise self._refused_key(key, _("a layout knows no “%(name)s”.") % {"name": key})
            if type(value) not in _KEYS[key] or (key in _TEXTS and not _is_prose(value)):
                raise self._refused_key(key, _("the value of “%(name)s” is of another kind.") % {"name": key})
            if key in _CHOICES and value not in _CHOICES[key]:
                told = {"name": key, "choices": ", ".join(_CHOICES[key])}
                raise self._refused_key(key, _("“%(name)s” is one of: %(choices)s.") % told)
        if self.held.get("step") and self.held["step"] not in KINDS:
            raise self._refused_key("step", _("there is no kind of step “%(name)s”.") % {"name": self.held["step"]})
        self._check_seal()
        for sentence in self.held.get("lead", ()):
            self._check_places(1, sentence)

    def _check_seal(self) -> None:
        may_be = self.held.get("recipient") in _SEALED_FOR or self.held.get("level") == "C_IDENT"
        if self.held.get("seal") and not may_be:
            raise self._refused_key("seal", _("only a paper for the person, a panel, or with the name holds the seal."))

    def _kind(self, at: int, block: dict[str, Any]) -> type[Step] | None:
        if not _is_block(block):
            raise self._refused(at, "[[block]]", _("a block has a heading, a kind and questions, nothing else."))
        if "kind" not in block:
            return None
        if block["kind"] not in KINDS:
            raise self._refused(at, block["kind"], _("there is no kind of step “%(name)s”.") % {"name": block["kind"]})
        return KINDS[block["kind"]]

    def _block(self, at: int, kind: type[Step] | None, block: dict[str, Any]) -> Block:
        if kind is None:
            for sentence in block.get("text", ()):
                self._check_places(self.starts[at], sentence)
            text, ticks, blanks = (tuple(block.get(name, ())) for name in ("text", "ticks", "blanks"))
            return Block(block["heading"], text=text, ticks=ticks, blanks=blanks)
        asked: list[Question] = []
        for name in block["questions"]:
            found = self._rest(kind) if name == _EVERY else [self._question(at, kind, _bare(name))]
            asked.extend(() if name.startswith(_NEVER) else found)
        return Block(block["heading"], kind, tuple(asked), each=block.get("each", False))

    def _rest(self, kind: type[Step]) -> Iterable[Question]:
        return (
            question
            for question in letter_questions(kind)
            if (kind, question.name) not in self.named and question.item is not _exploiter()
        )

    def _question(self, at: int, kind: type[Step], name: str) -> Question:
        question = kind.question(name)
        if question is None:
            raise self._refused(at, name, _("there is no question “%(name)s” in this step.") % {"name": name})
        if (question.reach < Reach.LETTER and not self._may_hold(question)) or question.item is _exploiter():
            raise self._refused(at, name, _("the answer to “%(name)s” never leaves the desk.") % {"name": name})
        if self.held.get("basis") == "NOBODY" and (kind, name) not in _WITHOUT_ASKING:
            raise self._refused(at, name, _("“%(name)s” is told only where the person agreed.") % {"name": name})
        return question

    def _may_hold(self, question: Question) -> bool:
        """A sealed paper may hold what is sealed; a paper for the person or the house what stays at the desk, too."""
        return bool(self.held.get("seal")) or (
            self.held.get("recipient") in _SEALED_FOR and question.reach is Reach.DESK
        )

    def _check_places(self, line: int, sentence: str) -> None:
        """A sentence may name answers that may stand on a letter, and what every letter knows of itself."""
        for place in places_in(sentence):
            kind, _dot, name = place.partition(".")
            if place in OWN_PLACES:
                continue
            question = KINDS[kind].question(name) if kind in KINDS else None
            why = None
            if question is None:
                why = _("there is nothing called “%(name)s” that a sentence could hold.")
            elif question.reach < Reach.LETTER or question.item is _exploiter():
                why = _("the answer to “%(name)s” never leaves the desk.")
            if why:
                found = (number for number, text in enumerate(self.lines, 1) if f"{{{place}}}" in text)
                raise _refusal(self.file, next(found, line), why % {"name": place})

    def _refused(self, at: int, name: str, why: str) -> UnreadableFile:
        start = self.starts[at]
        wanted = name if name == "[[block]]" else f'"{name}"'
        found = (number for number, line in enumerate(self.lines[start - 1 :], start) if wanted in line)
        return _refusal(self.file, next(found, start), why)

    def _refused_key(self, key: str, why: str) -> UnreadableFile:
        begun = re.compile(rf"\s*\[*{re.escape(key)}\b")
        found = (number for number, line in enumerate(self.lines, 1) if begun.match(line))
        return _refusal(self.file, next(found, 1), why)


def _exploiter() -> object:
    """The consent item of what is told of those who exploited the person; no layout holds any of it."""
    return getattr(DataItem, "EXPLOITER", "")


def _is_block(block: dict[str, Any]) -> bool:
    told = {name: type(value) for name, value in block.items() if name != "each"}
    if "kind" in block:
        return told == {"heading": str, "kind": str, "questions": list} and _is_prose(block["questions"])
    rest = {name: value for name, value in block.items() if name != "heading"}
    return told.get("heading") is str and bool(rest) and set(rest) <= {"text", "ticks", "blanks"} and _all_prose(rest)


def _all_prose(rest: dict[str, Any]) -> bool:
    return all(_is_prose(value) for value in rest.values())


def _is_prose(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _bare(name: str) -> str:
    return name.removeprefix(_NEVER)


def _refusal(file: str, line: int, why: str) -> UnreadableFile:
    return UnreadableFile(file=file, why=_("line %(line)d: %(why)s") % {"line": line, "why": why})
