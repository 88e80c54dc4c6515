"""The layout of a form: which questions it may hold, read from resources/letters/*.toml.

A layout that names a kind of step or a question that is not there, or one that never leaves the desk, is
refused with the line where it stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from referral_desk import resources
from referral_desk.errors import UnreadableFile
from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.pathway import KINDS
from referral_desk.nrm.referral import Referral
from referral_desk.words import _

REFERRAL_FORM = "referral_form.toml"

_EVERY = "*"
_NEVER = "-"
_IN_THE_HEADER = frozenset({(Referral, "urgency")})


@dataclass(frozen=True)
class Block:
    """The questions of one kind of step that stand together under a heading (English, looked up when shown)."""

    heading: str
    kind: type[Step]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Layout:
    version: str
    blocks: tuple[Block, ...]

    def sections(self) -> list[tuple[str, list[Block]]]:
        """Blocks that follow one another under the same heading, together."""
        return [(heading, list(blocks)) for heading, blocks in groupby(self.blocks, lambda block: block.heading)]


@cache
def shipped(name: str = REFERRAL_FORM) -> Layout:
    """A layout that comes with the program."""
    return read(resources.path("letters", name).read_text(encoding="utf-8"), file=name)


def read(text: str, *, file: str) -> Layout:
    """A layout from its text; UnreadableFile, with the line, where it cannot be one."""
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise _refusal(file, int(line[1]) if line else 1, _("this is not TOML.")) from None
    return _Reading(text, file, held).layout()


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
        kinds = [self._kind(at, block) for at, block in enumerate(blocks)]
        self.named |= {
            (kind, name) for kind, block in zip(kinds, blocks, strict=True) for name in map(_bare, block["questions"])
        }
        whole = (self._block(at, kind, blocks[at]) for at, kind in enumerate(kinds))
        return Layout(version, tuple(whole))

    def _kind(self, at: int, block: dict[str, Any]) -> type[Step]:
        wanted = {"heading": str, "kind": str, "questions": list}
        if {name: type(value) for name, value in block.items()} != wanted:
            raise self._refused(at, "[[block]]", _("a block has a heading, a kind and questions, nothing else."))
        if block["kind"] not in KINDS:
            raise self._refused(at, block["kind"], _("there is no kind of step “%(name)s”.") % {"name": block["kind"]})
        return KINDS[block["kind"]]

    def _block(self, at: int, kind: type[Step], block: dict[str, Any]) -> Block:
        asked: list[Question] = []
        for name in block["questions"]:
            found = self._rest(kind) if name == _EVERY else [self._question(at, kind, _bare(name))]
            asked.extend(() if name.startswith(_NEVER) else found)
        return Block(block["heading"], kind, tuple(asked))

    def _rest(self, kind: type[Step]) -> Iterable[Question]:
        return (question for question in letter_questions(kind) if (kind, question.name) not in self.named)

    def _question(self, at: int, kind: type[Step], name: str) -> Question:
        question = kind.question(name)
        if question is None:
            raise self._refused(at, name, _("there is no question “%(name)s” in this step.") % {"name": name})
        if question.reach < Reach.LETTER:
            raise self._refused(at, name, _("the answer to “%(name)s” never leaves the desk.") % {"name": name})
        return question

    def _refused(self, at: int, name: str, why: str) -> UnreadableFile:
        start = self.starts[at]
        wanted = name if name == "[[block]]" else f'"{name}"'
        found = (number for number, line in enumerate(self.lines[start - 1 :], start) if wanted in line)
        return _refusal(self.file, next(found, start), why)


def _bare(name: str) -> str:
    return name.removeprefix(_NEVER)


def letter_questions(kind: type[Step]) -> list[Question]:
    """The questions of a kind of step whose answers may stand on a letter."""
    return [question for question in kind.questions if question.reach >= Reach.LETTER]


def _refusal(file: str, line: int, why: str) -> UnreadableFile:
    return UnreadableFile(file=file, why=_("line %(line)d: %(why)s") % {"line": line, "why": why})
