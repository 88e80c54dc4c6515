"""Stories of the other papers: two stages, three words that come back, and a ledger of all that left."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from referral_desk import answer_words, disclosures, erasure
from referral_desk.answer_words import ON_SLIPS, Reply
from referral_desk.errors import (
    AnsweredAlready,
    ConsentNotInForce,
    NotAcceptedYet,
    NothingToTell,
    NothingWithdrawn,
    PracticeOnly,
    RecipientMissing,
    SafeguardsUnmet,
    UnknownAnswerWord,
    WrongAnswerWords,
)
from referral_desk.letters import additions, documents, layout, layout_reading, samples
from referral_desk.letters.documents import Errand
from referral_desk.letters.form import FORM
from referral_desk.nrm.referral_news import ReferralState, state_of
from referral_desk.nrm.terms import DataItem, Service
from referral_desk.store import tables
from referral_desk.words import _, speaking
from tests.letters import ana

EVERYTHING = [item.code for item in DataItem]
NAMES = ("Анђела", "Ђорђевић", "Prokuplje", "Vranje", "123 45 67")


def leave(desk, errand, **more):
    letter = documents.checked(desk, errand)
    documents.let_go(desk, letter, **more)
    return letter


def words_of(desk, letter, reply):
    with desk.work(unsealed=False) as work:
        return answer_words.words_for(work, letter.reference, reply)


def state(desk, case_id, referral_id):
    with desk.work(unsealed=False) as work:
        case = work.case(case_id)
        referral = next(step for step in case.steps if step.id == referral_id)
        return state_of(case, referral, work.today)


def enquiry(case_id, recipient=ana.CLINIC):
    return Errand("enquiry", case_id, recipient=recipient, services=frozenset({Service.ACC}))


def test_an_enquiry_asks_for_a_place_before_anybody_agreed_and_names_nothing(desk):
    case_id = ana.opened_case(desk)

    letter = leave(desk, enquiry(case_id))

    text = ana.text_of(letter.pdf)
    with desk.work(unsealed=False) as work:
        code = work.case(case_id).code
    assert "Safe accommodation" in text
    assert "9–17 years" in text
    assert {line.name for line in letter.told if line.name in ("gender", "citizenships", "need", "level")} == set()
    assert code not in text
    assert not any(name in text for name in NAMES)


def test_the_name_leaves_only_after_a_yes_and_only_as_far_as_she_agreed(desk):
    case_id = ana.opened_case(desk)
    ana.agree(desk, case_id, items=["NAME", *ana.AGREED])
    referral_id = ana.refer(desk, case_id)
    sheet = Errand("identity_sheet", referral=referral_id)
    with pytest.raises(NotAcceptedYet):
        documents.checked(desk, sheet)

    form = leave(desk, Errand(FORM, referral=referral_id))
    disclosures.reply(desk, words_of(desk, form, Reply.ACCEPTED))
    letter = documents.checked(desk, sheet)

    text = ana.text_of(letter.pdf)
    assert "Ђорђевић" in text
    assert "Ђорђевић" not in ana.text_of(form.pdf)
    assert "123 45 67" not in text
    assert "2010" not in text
    assert any(said.startswith("Date of birth") for said in letter.withheld)


def test_without_her_consent_for_this_recipient_a_yes_opens_nothing(desk):
    case_id = ana.opened_case(desk)
    asked = leave(desk, enquiry(case_id, ana.LAWYERS))
    disclosures.reply(desk, words_of(desk, asked, Reply.ACCEPTED))
    ana.agree(desk, case_id, recipient=ana.LAWYERS, items=EVERYTHING)
    referral_id = ana.refer(desk, case_id, recipient=ana.LAWYERS)
    assert "Ђорђевић" in ana.text_of(documents.checked(desk, Errand("identity_sheet", referral=referral_id)).pdf)

    ana.agree(desk, case_id, recipient=ana.LAWYERS, status="WITHDRAWN")
    with pytest.raises(ConsentNotInForce):
        documents.checked(desk, Errand("identity_sheet", referral=referral_id))


@pytest.mark.parametrize(
    ("reply", "then"),
    [
        (Reply.ACCEPTED, ReferralState.ACCEPTED),
        (Reply.LATER, ReferralState.RECEIVED),
        (Reply.FULL, ReferralState.DECLINED),
        (Reply.DECLINED, ReferralState.DECLINED),
        (Reply.ARRIVED, ReferralState.IN_PROGRESS),
    ],
)
def test_three_words_advance_the_referral(desk, reply, then):
    case_id, referral_id = ana.referred(desk)
    letter = leave(desk, Errand(FORM, referral=referral_id))
    said = words_of(desk, letter, reply)
    assert state(desk, case_id, referral_id) is ReferralState.SENT
    assert all(word in ana.text_of(letter.pdf) for word in said.split())

    answered = disclosures.reply(desk, f"  {said.upper().replace(' ', ', ')} ")

    assert answered.referral_id == referral_id
    assert state(desk, case_id, referral_id) is then
    with pytest.raises(AnsweredAlready):
        disclosures.reply(desk, said)


def test_wrong_words_are_told_plainly_and_change_nothing(desk):
    case_id, referral_id = ana.referred(desk)
    leave(desk, Errand(FORM, referral=referral_id))

    with pytest.raises(UnknownAnswerWord) as unknown:
        disclosures.reply(desk, "acorn xyzzyx acorn")
    assert "Word 2" in str(unknown.value)
    for typed in ("acorn acorn acorn", "acorn", "acorn acorn acorn acorn", ""):
        with pytest.raises(WrongAnswerWords):
            disclosures.reply(desk, typed)
    assert state(desk, case_id, referral_id) is ReferralState.SENT


def test_words_of_a_paper_that_never_left_answer_nothing(desk):
    _case_id, referral_id = ana.referred(desk)
    shown = documents.checked(desk, Errand(FORM, referral=referral_id))

    with pytest.raises(WrongAnswerWords):
        disclosures.reply(desk, words_of(desk, shown, Reply.ACCEPTED))


def test_every_copy_stands_in_the_ledger_with_what_it_told(desk):
    case_id, referral_id = ana.referred(desk)
    first = leave(desk, Errand(FORM, referral=referral_id), delivery="HAND_CARRIED")
    second = leave(desk, Errand(FORM, referral=referral_id))

    with desk.work(unsealed=False) as work:
        told = disclosures.of(work, case_id)
    assert [one.copy_number for one in told] == [1, 2]
    assert "Copy 2" in ana.text_of(second.pdf)
    assert {"Age group", "Language", "Risk level"} <= set(told[0].what)
    assert "Citizenship" not in told[0].what
    assert (told[0].recipient, told[0].delivery) == (ana.CLINIC, "Carried by hand")
    assert disclosures.kept_file(desk, told[0].id) == first.pdf


def test_what_left_is_kept_sealed_and_goes_with_the_case(desk):
    case_id, referral_id = ana.referred(desk)
    letter = leave(desk, Errand(FORM, referral=referral_id))
    with desk.work() as work:
        row = disclosures.of(work, case_id)[0]
        assert letter.pdf not in (work.session.get(tables.DisclosureRow, row.id).sealed or b"")

    plan = erasure.plan(desk, case_id)
    assert ana.CLINIC in plan.recipients
    assert any("Papers that left" in label for label, _number in plan.goes)
    erasure.erase(desk, case_id, erasure.Ground.REQUEST)
    with desk.work(unsealed=False) as work:
        assert disclosures.of(work, case_id) == ()


def test_after_a_withdrawal_nothing_more_leaves_and_the_holder_is_told(desk):
    case_id, referral_id = ana.referred(desk)
    form = leave(desk, Errand(FORM, referral=referral_id))
    ana.agree(desk, case_id, status="WITHDRAWN")

    with pytest.raises(ConsentNotInForce):
        documents.checked(desk, Errand(FORM, referral=referral_id))
    with desk.work(unsealed=False) as work:
        case = work.case(case_id)
        assert disclosures.to_be_told(work, case) == (ana.CLINIC,)
        assert [one.reference for one in disclosures.held_by(work, case_id, ana.CLINIC)] == [form.reference]
    notice = leave(desk, Errand(additions.WITHDRAWAL, case_id, recipient=ana.CLINIC))
    assert form.reference in ana.text_of(notice.pdf)
    assert "withdrawn" in ana.text_of(notice.pdf)
    with desk.work(unsealed=False) as work:
        assert disclosures.to_be_told(work, work.case(case_id)) == ()
    with pytest.raises(NothingWithdrawn):
        documents.checked(desk, Errand(additions.WITHDRAWAL, case_id, recipient=ana.LAWYERS))


def test_the_person_reads_who_knows_what_on_paper_and_by_word_of_mouth(desk):
    case_id, referral_id = ana.referred(desk)
    leave(desk, Errand(FORM, referral=referral_id))
    disclosures.tell(
        desk, case_id, recipient="Night clinic", items=[DataItem.HEALTH], basis="VITAL_INTEREST", said="Анђела faints"
    )

    text = ana.text_of(documents.checked(desk, Errand(additions.WHO_KNOWS, case_id)).pdf)

    assert all(words in text for words in (ana.CLINIC, "Night clinic", "Health", "By word of mouth", "Age group"))
    assert "faints" not in text
    with desk.work(unsealed=False) as work:
        spoken = next(one for one in disclosures.of(work, case_id) if not one.is_paper)
    assert disclosures.kept_file(desk, spoken.id).decode() == "Анђела faints"


def test_whom_not_to_contact_stands_on_every_page(desk):
    need = " ".join(["A doctor and a long talk"] * 150)
    _case_id, referral_id = ana.referred(desk, need=need, do_not_contact=["FAMILY"])

    letter = ana.made(desk, referral_id)

    with pypdfium2.PdfDocument(letter.pdf) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert len(pages) > 1
    assert all("Do NOT contact: The family" in page for page in pages)
    assert all("Assistance does not depend on cooperation" in page for page in pages)
    assert all("Copy 1" in page for page in pages)


def test_a_sentence_without_its_answer_leaves_a_line_and_says_so(desk):
    _case_id, referral_id = ana.referred(desk, reason="", need="")

    letter = documents.checked(desk, Errand("referral_letter", referral=referral_id))

    assert {(one.kind, one.question) for one in letter.missing} == {("referral", "reason"), ("referral", "need")}
    assert "____" in ana.text_of(letter.pdf)


def test_an_answer_that_may_not_be_shared_does_not_slip_into_a_sentence(desk):
    case_id = ana.opened_case(desk)
    ana.agree(desk, case_id, items=["AGE_BAND"])
    referral_id = ana.refer(desk, case_id, shares=["AGE_BAND"])

    letter = documents.checked(desk, Errand("referral_letter", referral=referral_id))

    assert "Romani" not in ana.text_of(letter.pdf)
    assert any(said.startswith("Language:") for said in letter.withheld)


def test_a_paper_without_what_it_tells_is_not_made(desk):
    case_id, referral_id = ana.referred(desk)

    with pytest.raises(NothingToTell):
        documents.checked(desk, Errand("attestation", case_id))
    with pytest.raises(NothingToTell):
        documents.checked(desk, Errand("best_interests", case_id))
    with pytest.raises(RecipientMissing):
        documents.checked(desk, Errand("enquiry", case_id))
    with pytest.raises(PracticeOnly):
        samples.write(desk, layout.own_folder())
    assert documents.checked(desk, Errand("risk_summary", referral=referral_id)).pdf


def test_the_attestation_holds_days_and_kinds_of_help_and_nothing_else(desk):
    case_id = ana.opened_case(desk)
    with desk.work() as work:
        ana.take(work, work.case(case_id), "assistance", services=["ACC"], note="Sleeps badly")

    letter = documents.checked(desk, Errand("attestation", case_id))

    assert "Safe accommodation" in ana.text_of(letter.pdf)
    assert {line.name for line in letter.told} <= {"reference", "day", "sender", "sender_contact", "services"}


def test_the_night_shift_sheet_names_nobody(new_desk):
    case_id, _referral_id = ana.referred(new_desk, do_not_contact=["FAMILY"])
    with new_desk.work() as work:
        ana.take(work, work.case(case_id), "assistance", services=["ACC"])

    letter = documents.checked(new_desk, Errand("night_shift"))

    text = ana.text_of(letter.pdf)
    assert "Do not contact" in text
    assert not any(name in text for name in NAMES)
    assert documents.let_go(new_desk, letter) is None


@pytest.mark.parametrize("language", ["sr_Cyrl", "ar"])
def test_translated_sentences_keep_their_places(language):
    for sentence in (sentence for laid in layout.every() for sentence in laid.prose()):
        with speaking(language):
            translated = _(sentence)
        assert sorted(layout_reading.places_in(translated)) == sorted(layout_reading.places_in(sentence))


def test_papers_for_two_recipients_share_nothing_that_joins_them(desk):
    case_id = ana.opened_case(desk)
    for recipient in (ana.CLINIC, ana.LAWYERS):
        ana.agree(desk, case_id, recipient=recipient)
    made = [
        leave(desk, Errand(FORM, referral=ana.refer(desk, case_id, recipient=one))) for one in (ana.CLINIC, ana.LAWYERS)
    ]
    made += [leave(desk, enquiry(case_id, one)) for one in ("Harbour House", "Willow House")]

    codes = [set(re.findall(r"R[CDF]-[0-9A-Z]{4}-[0-9A-Z]{4}", ana.text_of(one.pdf))) for one in made]
    assert all(codes)
    assert len(set().union(*codes)) == sum(map(len, codes))
    said = [{words_of(desk, one, reply) for reply in ON_SLIPS} for one in made]
    assert len(set().union(*said)) == sum(map(len, said))
    assert len({one.file_name for one in made}) == len(made)
    for one in made:
        with pypdfium2.PdfDocument(one.pdf) as pdf:
            about = pdf.get_metadata_dict()
        assert {key for key, value in about.items() if value} <= {"Title", "CreationDate", "ModDate"}
        assert about["CreationDate"].startswith("D:20000101")


def test_whoever_must_never_learn_of_her_is_not_even_asked_for_a_place(desk):
    case_id = ana.opened_case(desk)
    with desk.work() as work:
        ana.take(
            work, work.case(case_id), "never_tell", sort="ORGANISATION", organisation="Harbour House", status="IN_FORCE"
        )

    with pytest.raises(SafeguardsUnmet) as refused:
        documents.checked(desk, enquiry(case_id, "harbour house"))
    assert [guard.id for guard in refused.value.unmet] == ["N1"]
    assert documents.checked(desk, enquiry(case_id, "Willow House")).pdf
