"""With what a finished paper is compared, by which document it is: the words of its own, and the answers it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referral_desk import answer_words, words
from referral_desk.answer_words import ON_SLIPS
from referral_desk.letters import additions, findings, linter, sentences
from referral_desk.letters.layout import Layout
from referral_desk.letters.linter import Finding
from referral_desk.letters.sheet import Sender
from referral_desk.nrm.case import Case, Step
from referral_desk.store.work import Work
from referral_desk.words import _

if TYPE_CHECKING:
    from referral_desk.letters.documents import Letter


def found_in(work: Work, letter: Letter, laid: Layout, sender: Sender) -> tuple[Finding, ...]:
    """What in the finished file could point to somebody: it is compared with every identifier of the case."""
    if letter.paper is None or letter.errand is None:
        return ()
    case = work.case(letter.paper.case_id)
    spoken = tuple(filter(None, (letter.errand.language, letter.errand.beside)))
    own = [text for language in spoken for text in _own_words(work, letter.reference, laid, language)]
    about = "\n".join((sender.organisation, sender.contact, *own, *additions.own_words(work, case, laid)))
    former = _former(work, case)
    otherwise = findings.changes(letter.errand.rulings)
    told = frozenset(letter.paper.questions if laid.is_sealed else ())
    return linter.findings(
        letter.pdf, case, sender=about, former=former, languages=spoken, otherwise=otherwise, told=told
    )


def _own_words(work: Work, reference: str, laid: Layout, language: str) -> list[str]:
    """What a paper of this layout says that is no answer of anybody: drawn letters may sound like a name, too."""
    with words.speaking(language):
        said = [reference, *(_(sentence) for sentence in (*laid.prose(), *sentences.BASES.values()))]
        said += [question.label for block in laid.blocks for question in block.questions]
        for reply in ON_SLIPS:
            said += [reply.label, answer_words.words_for(work, reference, reply)]
    return said


def _former(work: Work, case: Case) -> list[Step]:
    """Every step as it was before it was corrected: a name that was wrong may still be known."""
    corrected = [step for step in (*case.steps, *work.withdrawn(case.id)) if step.revision > 1]
    return [former for step in corrected for former in work.revisions(type(step), step.id) if not former.current]
