"""What a sentence of a layout holds in braces, filled in: by what every paper knows of itself, and by answers.

An answer goes through the allow-list like every other one. Where there is none, or it stays, a line to write on
takes its place, and whoever prints is told which answer is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from referral_desk.letters import leaving
from referral_desk.letters.layout_reading import PLACE, places_in
from referral_desk.letters.leaving import Agreement, Leaving, Staying
from referral_desk.nrm.case import KINDS, Case
from referral_desk.nrm.referral import Referral
from referral_desk.words import _

BLANK = "______________"


@dataclass(frozen=True)
class Missing:
    """An answer that a sentence needs and nobody has given: the code of the step, and the question."""

    kind: str
    question: str

    @property
    def label(self) -> str:
        """In the language of whoever reads it, which need not be that of the paper."""
        asked = KINDS[self.kind].question(self.question)
        return asked.label if asked else ""


@dataclass
class Places:
    """The places of all sentences of one paper; what was told and what was missing is kept as they are filled."""

    case: Case
    referral: Referral
    agreed: Agreement
    own: Mapping[str, str]
    told: dict[str, Leaving] = field(default_factory=dict)
    stays: list[Staying] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    def fill(self, sentences: Iterable[str]) -> tuple[str, ...]:
        """Sentences in the language spoken, with every place filled."""
        return tuple(self._filled(sentence) for sentence in sentences)

    def _filled(self, sentence: str) -> str:
        for name in places_in(sentence):
            if name not in self.own:
                self._look_up(name)
        return PLACE.sub(lambda found: self._text(found[1]), _(sentence))

    def _look_up(self, name: str) -> None:
        kind, _dot, wanted = name.partition(".")
        question = KINDS[kind].question(wanted)
        found = question and leaving.single(self.case, self.referral, self.agreed, KINDS[kind], question)
        if isinstance(found, Leaving):
            self.told[name] = found
        elif isinstance(found, Staying):
            self.stays.append(found)
        elif question:
            self.missing.append(Missing(kind, wanted))

    def _text(self, name: str) -> str:
        if name in self.own:
            return self.own[name] or BLANK
        found = self.told.get(name)
        return found.text if found else BLANK
