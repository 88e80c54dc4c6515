"""The words of the field, as the windows explain them. GLOSSARY.md holds the same words, and those of the program."""

from __future__ import annotations

import re
from dataclasses import dataclass

from referral_desk.words import N_, _


@dataclass(frozen=True)
class Word:
    """A word of the field in English, as texts are written; `meaning` is one or two sentences."""

    english: str
    meaning_in_english: str

    @property
    def label(self) -> str:
        return _(self.english)

    @property
    def meaning(self) -> str:
        return _(self.meaning_in_english)


WORDS = tuple(
    Word(english, meaning)
    for english, meaning in (
        (N_("account"), N_("What a person tells of what happened, in her or his own words. Always sealed.")),
        (
            N_("assistance"),
            N_("Shelter, care, advice. It never depends on speaking to the authorities, on a decision or on a status."),
        ),
        (
            N_("best-interests assessment"),
            N_("What one social worker finds out for a child before any decision that touches it."),
        ),
        (
            N_("best-interests determination"),
            N_("What a panel decides for one child. Without one in favour, no child is returned."),
        ),
        (
            N_("case conference"),
            N_("All who help in one case meet and agree who does what, with the person's consent."),
        ),
        (N_("compensation"), N_("Money for what was suffered: from those who did it, or from a fund of the state.")),
        (
            N_("consent"),
            N_(
                "What a person agreed to, freely and informed: with one recipient, item by item, withdrawn at any time."
            ),
        ),
        (N_("disclosure"), N_("That something about the person was told to somebody outside the organisation.")),
        (
            N_("duty to notify"),
            N_("In some countries certain bodies must report a presumed victim; without consent, anonymously."),
        ),
        (
            N_("exploitation"),
            N_("Using a person: in work, in sexual acts, in begging, in crime, in servitude, by removing organs."),
        ),
        (
            N_("formal identification"),
            N_("The decision of the competent body that a person was trafficked. Help begins long before it."),
        ),
        (
            N_("guardian"),
            N_("Who acts for a child without parents here, or whose parents took part. Independent of deciders."),
        ),
        (N_("indicators"), N_("Signs that point to trafficking. They suggest, and never prove or rule out anything.")),
        (N_("legal hold"), N_("A court needs the case: nothing of it is erased until the hold is lifted.")),
        (
            N_("mechanism"),
            N_("What one country has laid down about referral: periods and deciders, each with its source."),
        ),
        (
            N_("National Referral Mechanism"),
            N_("How a state and civil society together identify, protect and assist trafficked people."),
        ),
        (
            N_("non-punishment"),
            N_("Nobody is punished for what she or he was made to do while being trafficked (CETS 197, art. 26)."),
        ),
        (
            N_("presumed victim"),
            N_("Somebody of whom there are reasonable grounds to believe it. Is helped before proof."),
        ),
        (N_("recipient"), N_("The organisation to which a referral is addressed.")),
        (N_("referral"), N_("A request to another organisation for a service, with the person's consent.")),
        (
            N_("reflection period"),
            N_(
                "Time to recover and to decide freely whether to speak to the authorities; nobody is removed meanwhile."
            ),
        ),
        (
            N_("residence permit"),
            N_("Leave to stay, because the person's situation or a proceeding asks for it (CETS 197, art. 14)."),
        ),
        (
            N_("risk assessment"),
            N_("What threatens this person and what is done about it: individual, for one purpose, repeated."),
        ),
        (N_("safeguard"), N_("A rule that protects a person. A step is refused while one does not hold.")),
        (N_("safety plan"), N_("What the person does when danger comes near, agreed with her or him beforehand.")),
        (
            N_("sealed"),
            N_("Locked a second time: only those who may know names can read it. It never leaves the desk."),
        ),
        (
            N_("social inclusion"),
            N_("A life of one's own: a home, work or school, people, papers. It goes on after a case is closed."),
        ),
        (N_("step"), N_("Something that happened in a case on a day. It is corrected, never overwritten.")),
        (
            N_("track"),
            N_("A part of a case with its own steps, such as assistance or justice. None waits for another."),
        ),
        (
            N_("trafficking in human beings"),
            N_(
                "Recruiting, moving or holding somebody, by force, deceit or abuse of weakness, to exploit her or him. "
                "For a child no such means are needed (Palermo Protocol, art. 3)."
            ),
        ),
        (
            N_("unaccompanied child"),
            N_("A child here without parents or another adult who by law or custom is responsible for it."),
        ),
    )
)


def words_in(text: str) -> list[Word]:
    """The words of the field that an English text uses, the longest first where one holds another."""
    left, found = text, []
    for word in sorted(WORDS, key=lambda word: -len(word.english)):
        pattern = rf"\b{re.escape(word.english)}s?\b"
        if re.search(pattern, left, re.IGNORECASE):
            found.append(word)
            left = re.sub(pattern, " ", left, flags=re.IGNORECASE)
    return found


def explained(text: str) -> str:
    """What the words of the field in an English text mean, in the language spoken; empty where there are none."""
    return "\n".join(f"{word.label}: {word.meaning}" for word in words_in(text))
