"""What is done about a finding: nothing leaves before somebody has decided, and the journal says why it stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from referral_desk import chronicle, journal
from referral_desk.errors import WithheldAnswers
from referral_desk.journal import Act
from referral_desk.letters import documents, findings
from referral_desk.letters.documents import Errand
from referral_desk.letters.form import FORM
from referral_desk.nrm.terms import KeepReason
from tests.letters import ana

NEED = "A female doctor for Anđela"


def looked_at(desk, referral_id, *rulings):
    return documents.looked_at(desk, Errand(FORM, referral=referral_id, rulings=rulings))


@pytest.fixture
def named(desk):
    """A form that names the girl in its need."""
    _case_id, referral_id = ana.referred(desk, need=NEED)
    return referral_id


def test_a_paper_with_a_finding_is_shown_and_does_not_leave(desk, named):
    letter = looked_at(desk, named)

    assert [str(finding) for finding in letter.waiting] == ["First name in: The need in one sentence"]
    assert letter.waiting[0].at == "referral.need"
    with pytest.raises(WithheldAnswers):
        documents.let_go(desk, letter)
    with pytest.raises(WithheldAnswers):
        documents.checked(desk, Errand(FORM, referral=named))


def test_what_is_replaced_is_printed_otherwise_and_recorded_as_before(desk, named):
    [finding] = looked_at(desk, named).waiting

    letter = looked_at(desk, named, findings.replaced(finding, "A female  doctor for her"))

    text = ana.text_of(letter.pdf)
    assert letter.waiting == ()
    assert "A female doctor for her" in text
    assert "Anđela" not in text
    with desk.work() as work:
        referral = work.revisions(type(documents._referral(work, named)[1]), named)[-1]
        assert referral.need == NEED


def test_a_replacement_that_names_her_again_is_found_again(desk, named):
    [finding] = looked_at(desk, named).waiting

    letter = looked_at(desk, named, findings.replaced(finding, "For Андјелу"))

    assert [one.what for one in letter.waiting] == ["First name"]


def test_what_is_removed_is_not_on_the_paper_and_is_told_as_withheld(desk, named):
    [finding] = looked_at(desk, named).waiting

    letter = looked_at(desk, named, findings.removed(finding))

    assert letter.waiting == ()
    assert "The need in one sentence" not in ana.text_of(letter.pdf)
    assert "The need in one sentence: taken off this paper, because it could point to a person" in letter.withheld


def test_what_is_kept_leaves_and_its_reason_stands_in_the_journal(desk, named):
    [finding] = looked_at(desk, named).waiting
    letter = looked_at(desk, named, findings.kept(finding, KeepReason.OTHER_THING))

    documents.let_go(desk, letter)

    with desk.work() as work:
        entry = work.session.scalars(
            select(journal.Entry).where(journal.Entry.act == Act.LET_STAND.name).order_by(journal.Entry.number.desc())
        ).first()
        assert entry
        [told] = chronicle.tell(work, [entry])
    assert entry.record == f"referral.OTHER_THING.need {named}"
    assert "It means something or somebody else" in told.sentence
    assert "Anđela" not in entry.record + told.sentence


def test_a_reason_for_one_finding_covers_no_other(desk):
    _case_id, referral_id = ana.referred(desk, need="Anđela, call 064/123-4567")
    waiting = looked_at(desk, referral_id).waiting
    first = next(one for one in waiting if one.what == "First name")

    letter = looked_at(desk, referral_id, findings.kept(first, KeepReason.WISHED))

    assert first not in letter.waiting
    assert "Phone" in {one.what for one in letter.waiting}


def test_a_reason_that_is_none_keeps_nothing(desk, named):
    [finding] = looked_at(desk, named).waiting

    assert findings.unanswered([finding], [findings.Ruling(finding, findings.Way.KEEP)]) == (finding,)


def test_what_stands_in_the_request_itself_cannot_be_rewritten_here(desk):
    case_id = ana.opened_case(desk)
    ana.agree(desk, case_id, recipient="House Đorđević")
    referral_id = ana.refer(desk, case_id, recipient="House Đorđević")

    [finding] = looked_at(desk, referral_id).waiting

    assert not findings.can_be_changed(finding)
    assert findings.changes([findings.removed(finding)]) == {}
