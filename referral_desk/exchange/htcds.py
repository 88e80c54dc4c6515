"""Records for another organisation, in the columns of the Human Trafficking Case Data Standard (HTCDS 2.0).

These are records and not figures: each row is a person. A row leaves only where the person's consent to share with
this very recipient is in force, and in it only what the person agreed to share and what may stand on an anonymised
letter. Names, dates of birth, addresses and free text never leave this way, whatever was agreed; no seal is in
force while it is made.

Defects of the standard that are mended here: a value ends in no blank (the tools have `DebtBondage `); there is no
column for the case, so that `x_CaseRef` is added, random and another one for each recipient; `vic_ForcedLabourIndustry`
is one value in the field list and several in the survey form, so that several are written; `RestrictsMovement` is
defined and in no list, so that withheld freedom of movement is `Other`; deprecated columns are left out.
The columns are named as in the field list (`prs_FirstName`), not as in the survey form (`prs_First_Name`).
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from referral_desk import files
from referral_desk.errors import ConsentNotInForce
from referral_desk.exchange.handing import handing_out
from referral_desk.journal import Act
from referral_desk.nrm.case import KINDS, Case, Step, code_from
from referral_desk.nrm.consent import Consent, agreed_items, in_force, same_name
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.never_tell import NeverTell, may_not_be_told_yet, must_not_learn
from referral_desk.nrm.terms import DataItem, Term
from referral_desk.store import Desk, Work, figures_key
from referral_desk.words import N_, _

SEPARATOR = ";"
REFERENCE = "x_CaseRef"
AGREED = "con_Consent"

WARNING = N_(
    "These are records, not figures: each row is a person, and together the answers can tell who it is. Hand the "
    "file over in person or sealed, to nobody but this recipient, and delete it here afterwards."
)

CORE = (
    *("prs_Salutation", "prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_Gender", "prs_Citizenship"),
    *("prs_Title", "prs_Email", "prs_HomePhone", "prs_MobilePhone", "prs_MailingCity", "prs_MailingCountry"),
    *("prs_MailingState", "prs_MailingStreet", "prs_MailingPostalCode", "vic_TraffickingStatus"),
    *("vic_TraffickingStatusDecisionMakingOrg", "vic_MethodOfRecruitment", "vic_LocationOfRecruitment"),
    *("vic_MethodsOfControl", "vic_TypeOfExploitation", "vic_ForcedLabourIndustry", "vic_TypeOfSexExploitation"),
    *("vic_LocationOfExploitation", "cas_Status", "cas_ReasonForCaseClosure", "cas_CaseOwner"),
    *("cas_ReferringOrganisation", "cas_IncomingReferralDate", "cas_ReferringPrimaryCaseWorker"),
    *("cas_ReasonForIncomingReferral", "cas_IncomingReferralDetails", "cas_ReferredOrganisation"),
    *("cas_ReferredPrimaryCaseWorker", "cas_ReasonForOutgoingReferral", "cas_OutgoingReferralDate"),
    *("cas_OutgoingReferralDetails", AGREED),
)
"""The core columns of the standard that are not deprecated, in its order: always in the file, so that it fits the
tools. Those that identify a person, name a place, a day or a worker, or are free text are never filled."""


DEPRECATED = frozenset({"vic_AgreementToManagePersonalData", "vic_Vulnerabilities", "vic_DetailsOfVulnerabilities"})


@dataclass(frozen=True)
class Records:
    """What would leave: a line for each person who agreed.

    `left_out` counts the cases without such an agreement, `noted` those where a sealed note beside the consent may say
    what must be withheld, which only a caseworker can read, `never` those of whom this recipient must never learn.
    """

    recipient: str
    case_ids: tuple[UUID, ...]
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    left_out: int
    noted: int
    never: int

    @property
    def filled(self) -> tuple[str, ...]:
        """The columns in which something stands."""
        return tuple(name for at, name in enumerate(self.columns) if any(line[at] for line in self.lines))

    @property
    def csv(self) -> bytes:
        return files.as_csv([self.columns, *self.lines])


def recipients(work: Work) -> tuple[str, ...]:
    """Every organisation with which somebody's consent to share is in force today, each written in one way."""
    found: list[str] = []
    for case in work.cases(work.case_ids(), kinds=[Consent]):
        for consent in case.taken(Consent):
            name = consent.recipient or ""
            is_new = not any(same_name(name, other) for other in found)
            if is_new and in_force(case, name, work.today):
                found.append(name)
    return tuple(sorted(found, key=str.casefold))


def records(work: Work, recipient: str) -> Records:
    """The records that may go to this recipient today; ConsentNotInForce where there are none.

    Reads nothing sealed. The lines stand in the order of their random references, not in that of the cases.
    """
    sources = _sources()
    columns = tuple(dict.fromkeys((*CORE[:-1], *sources, AGREED, REFERENCE)))
    key, cases = figures_key.key_for(work, "htcds"), _cases(work)
    rows, noted, never = [], 0, 0
    for case in cases:
        consent = in_force(case, recipient, work.today)
        if must_not_learn(case, recipient, work.today) or may_not_be_told_yet(case, recipient, work.today):
            never += 1
        elif consent is not None and consent.sealed is not None:
            noted += 1
        elif consent is not None:
            agreed = agreed_items(case, consent)
            told = {name: _answered(case, asked, agreed) for name, asked in sources.items()}
            told |= {AGREED: "true", REFERENCE: _reference(key, recipient, case.id)}
            rows.append((told[REFERENCE], case.id, tuple(told.get(name, "") for name in columns)))
    if not rows:
        raise ConsentNotInForce
    _references, ids, lines = zip(*sorted(rows), strict=True)
    return Records(recipient, ids, columns, lines, len(cases) - len(rows) - noted - never, noted, never)


def hand_over(desk: Desk, recipient: str, target: Path) -> Records:
    """Write the records as a CSV file and note for each case in the journal that it left, before the file is there.

    ConsentNotInForce, or what files.write raises; then the journal notes nothing.
    """
    with handing_out(desk) as (work, give):
        found = records(work, recipient)
        for id_ in found.case_ids:
            work.note(Act.GAVE_RECORD, "case", id_)
        give(target, found.csv)
    return found


def told(found: Records) -> Iterator[str]:
    """What somebody must know before the file leaves, one sentence each."""
    yield _(WARNING)
    yield _("%(count)s persons agreed to share with %(recipient)s and are in the file.") % {
        "count": len(found.lines),
        "recipient": found.recipient,
    }
    if found.left_out:
        yield _("%(count)s cases stay here: no consent to share with this recipient is in force.") % {
            "count": found.left_out
        }
    if found.never:
        yield _("%(count)s cases stay here: this recipient must never learn of the person.") % {"count": found.never}
    if found.noted:
        yield _("%(count)s cases stay here: a sealed note beside the consent may say what must be withheld.") % {
            "count": found.noted
        }
    yield _("Columns with answers: %(columns)s.") % {"columns": ", ".join(found.filled)}


def _sources() -> dict[str, list[tuple[type[Step], Question]]]:
    """For each column the questions that ask the same and may leave the desk: a vocabulary, never text or a day."""
    found: dict[str, list[tuple[type[Step], Question]]] = {}
    for kind in KINDS.values():
        for question in kind.questions:
            is_of_use = question.vocabulary and question.reach >= Reach.LETTER and question.item
            # What was asked of one recipient is nobody else's business.
            is_of_use = is_of_use and not question.request
            if question.htcds and is_of_use and question.htcds not in DEPRECATED:
                found.setdefault(question.htcds, []).append((kind, question))
    return found


def _cases(work: Work) -> list[Case]:
    kinds = {kind for asked in _sources().values() for kind, _question in asked}
    return work.cases(work.case_ids(), kinds=[*kinds, Consent, NeverTell])


def _answered(case: Case, asked: list[tuple[type[Step], Question]], agreed: frozenset[DataItem]) -> str:
    """The values of a column; empty where there is no answer or the person did not agree to share it."""
    for kind, question in asked:
        steps = [step for step in case.taken(kind) if step.answer(question)]
        if steps and question.item in agreed:
            return SEPARATOR.join(_values(steps, question))
    return ""


def _values(steps: list[Step], question: Question) -> list[str]:
    """Of one answer the latest; of several all that were ever told, each once, in the order of the list."""
    if question.one:
        return _named([steps[-1].answer(question)])
    entries = {entry for step in steps for entry in step.answer(question)}
    order = {entry.code: at for at, entry in enumerate(question.many.every())}
    return _named(sorted(entries, key=lambda entry: order[entry.code]))


def _named(entries: Iterable[Any]) -> list[str]:
    """The system names of the standard; a term without one says nothing, a list of ISO is its own standard."""
    names = (entry.htcds if isinstance(entry, Term) else entry.code for entry in entries)
    return list(dict.fromkeys(name.strip() for name in names if name))


def _reference(key: bytes, recipient: str, case_id: UUID) -> str:
    """The same for a case each time, another one for each recipient: two recipients cannot join their lists."""
    plain = " ".join(recipient.casefold().split())
    digest = hmac.digest(key, f"{plain}/{case_id}".encode(), "sha256")
    return code_from(int.from_bytes(digest[:8], "big"), "RX")
