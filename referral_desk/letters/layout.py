"""The layouts of documents: what each may hold, in which order, for whom; data in resources/letters/*.toml.

An office may lay out documents of its own in a folder beside the settings; one of the same name takes the place of
ours. What a layout may say, and how one that cannot be used is refused, is in `layout_reading`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from referral_desk import resources, settings
from referral_desk.errors import DeskError, UnknownDocument, UnreadableFile
from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Question
from referral_desk.words import N_, _

REFERRAL_FORM = "referral_form.toml"

NO_LAYOUTS = frozenset({"common_words", "phrases"})
"""Files beside the layouts that are none."""

ABOUT = ("referral", "case", "desk")
RECIPIENTS = ("organisation", "person", "panel", "desk")
LEVELS = {
    "A_ANON": N_("Anonymous: nothing joins it to another paper"),
    "B_PSEUDO": N_("Under references: this recipient can join it to earlier papers of ours, nobody else can"),
    "C_IDENT": N_("With the name: on its own page, after a yes"),
}


DAYS_TO_DESTROY = 30
"""After the day by which an answer is asked for; a working rule of ours, not a standard."""


@dataclass(frozen=True)
class Block:
    """What stands together under a heading (English, looked up when shown): answers, or sentences, or room to write.

    `each` tells every step of the kind with its day instead of the latest one.
    """

    heading: str
    kind: type[Step] | None = None
    questions: tuple[Question, ...] = ()
    each: bool = False
    text: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """One document. `name` is that of its file; `destroy_after` are days after the answer asked for, None for never.

    `copies` says for whom a copy is made; `has_slip` that an answer is asked for; `is_sealed` that it is made with the
    seal in force; `step` is a kind without which there is nothing to tell.
    """

    version: str
    blocks: tuple[Block, ...]
    name: str = "referral_form"
    title: str = N_("Referral form")
    about: str = "referral"
    recipient: str = "organisation"
    level: str = "A_ANON"
    basis: str = "CONSENT"
    lead: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    destroy_after: int | None = DAYS_TO_DESTROY
    has_slip: bool = False
    is_sealed: bool = False
    step: str = ""
    order: int = 99

    @property
    def label(self) -> str:
        return _(self.title)

    def sections(self) -> list[tuple[str, list[Block]]]:
        """Blocks that follow one another under the same heading, together."""
        return [(heading, list(blocks)) for heading, blocks in groupby(self.blocks, lambda block: block.heading)]

    def prose(self) -> Iterator[str]:
        """Every sentence that the layout itself says, in English."""
        yield self.title
        yield from (*self.lead, *self.signatures, *self.copies)
        for block in self.blocks:
            yield from (block.heading, *block.text, *block.ticks, *block.blanks)


def every() -> list[Layout]:
    """Every document that can be used, ours and the office's, in the order in which one needs them.

    A broken one of the office hides no other; see `broken_ones`.
    """
    names = dict.fromkeys((*_shipped_names(), *(file.stem for file in own_files())))
    found = [laid for name in names if (laid := _usable(name))]
    return sorted(found, key=lambda layout: (layout.order, layout.name))


def _usable(name: str) -> Layout | None:
    try:
        return named(name)
    except UnreadableFile:
        return None


def named(name: str) -> Layout:
    """The document of this name; UnknownDocument where there is none, UnreadableFile where it cannot be used."""
    from referral_desk.letters import layout_reading

    for file in own_files():
        if file.stem == name:
            return layout_reading.read_file(file)
    if name not in _shipped_names():
        raise UnknownDocument(name=name)
    return shipped(f"{name}.toml")


def own_folder() -> Path:
    """Where an office lays out documents of its own."""
    return settings.folder() / "letters"


def own_files() -> list[Path]:
    return sorted(own_folder().glob("*.toml"))


def broken_ones() -> list[DeskError]:
    """What is wrong with the office's own layouts; empty where nothing is."""
    from referral_desk.letters import layout_reading

    refused: list[DeskError] = []
    for file in own_files():
        try:
            layout_reading.read_file(file)
        except UnreadableFile as error:
            refused.append(error)
    return refused


@cache
def shipped(name: str = REFERRAL_FORM) -> Layout:
    """A layout that comes with the program."""
    return read(resources.path("letters", name).read_text(encoding="utf-8"), file=name)


def read(text: str, *, file: str) -> Layout:
    """A layout from its text; UnreadableFile, with the line, where it cannot be one."""
    from referral_desk.letters import layout_reading

    return layout_reading.read(text, file=file)


@cache
def _shipped_names() -> tuple[str, ...]:
    files = sorted(resources.path("letters").glob("*.toml"))
    return tuple(file.stem for file in files if file.stem not in NO_LAYOUTS)
