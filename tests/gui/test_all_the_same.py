"""Going on without consent where the law allows it: with the ground, a reason, and a second person's passphrase."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from referral_desk import chronicle, staff
from referral_desk.gui.errands import Place
from referral_desk.gui.record_dialog import RecordDialog
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.referral import Referral
from referral_desk.roles import Role
from referral_desk.vault.slots import FLOOR
from tests.crew import BO
from tests.gui.acting import PASSPHRASE, answer, press, settle, show_form, texts_in, type_in

WHY = "He waits outside the door with a knife"


@pytest.fixture
def bo(qtbot, door):
    """Ana is not alone."""
    done: list[object] = []

    def let_in(desk):
        with desk.work() as work:
            work.about()
        return staff.add(desk, name="Bo", roles=[Role.COORDINATOR], login="bo", passphrase=BO, cost=FLOOR)

    door.at_desk(let_in, done.append)
    qtbot.waitUntil(lambda: bool(done))


def held_up(qtbot, window, ids):
    """A referral to the police of which nobody was asked, not saved."""
    form = show_form(qtbot, window, Place("referral", ids["adult"]))
    answer(qtbot, form, recipient="Police station")
    form.fields["services"].fill(["MED"])
    form.fields["urgency"].fill("EMERG")
    press(qtbot, form, "Save")
    settle(qtbot, window.door)
    return form


def steps_of(qtbot, door, case_id):
    found: list[object] = []
    door.ask(lambda work: list(work.case(case_id).steps), found.append, unsealed=True)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def told(qtbot, door):
    found: list[list[str]] = []
    door.at_desk(lambda desk: [one.sentence for one in chronicle.these(desk, range(1, 60))], found.append)
    qtbot.waitUntil(lambda: bool(found))
    return "\n".join(found[0])


def asked_for_second(qtbot, window, form):
    press(qtbot, form, "Go on all the same…")
    settle(qtbot, window.door)
    return form.all_the_same


def test_two_go_on_without_consent_where_a_life_is_in_danger(qtbot, window, door, ids, bo):
    form = held_up(qtbot, window, ids)
    assert "A referral requires the person's valid consent" in texts_in(form)
    assert "CETS 197, art. 11 and 12(7)" in texts_in(form)

    panel = asked_for_second(qtbot, window, form)
    press(qtbot, panel, "Vital interest: a life is in danger")
    type_in(qtbot, panel.why.focusProxy(), WHY)
    type_in(qtbot, panel.login, "bo")
    type_in(qtbot, panel.passphrase.line, BO)
    press(qtbot, panel, "Go on all the same")
    settle(qtbot, door)

    steps = steps_of(qtbot, door, ids["adult"])
    stands = [step for step in steps if isinstance(step, Consent)][-1]
    assert (stands.scope.code, stands.ground.code, stands.authorised_by) == ("SHARE_POLICE", "VITAL_INTEREST", "Bo")
    assert [step.recipient for step in steps if isinstance(step, Referral)][-1] == "Police station"
    assert window.cases.form is None
    assert "Bo agreed as the second person, with a passphrase" in told(qtbot, door)
    assert "went on without consent, on another ground in law" in told(qtbot, door)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("bo", "a wrong one"), "passphrase"),
        (("", PASSPHRASE), "another member of the desk"),
        (("bo", ""), "has to agree"),
    ],
    ids=["wrong", "one's own", "nothing typed"],
)
def test_nobody_agrees_with_oneself(qtbot, window, ids, bo, typed, says):
    login, passphrase = typed
    panel = asked_for_second(qtbot, window, held_up(qtbot, window, ids))
    press(qtbot, panel, "A duty laid down by law")
    type_in(qtbot, panel.why.focusProxy(), WHY)
    type_in(qtbot, panel.login, login)
    type_in(qtbot, panel.passphrase.line, passphrase)
    press(qtbot, panel, "Go on all the same")
    settle(qtbot, window.door)

    assert says in panel.wrong.text()
    assert panel.does.isEnabled()
    assert panel.why.written() == WHY
    assert [step.recipient for step in steps_of(qtbot, window.door, ids["adult"]) if isinstance(step, Referral)] == [
        "Safe House"
    ]


def test_what_is_missing_is_said_where_it_is_missing(qtbot, window, door, ids, bo):
    panel = asked_for_second(qtbot, window, held_up(qtbot, window, ids))

    press(qtbot, panel, "Go on all the same")

    assert panel.ground_missing.text()
    assert panel.why.error.text()
    assert panel.wrong.text()


def test_on_a_desk_of_one_the_name_is_written_and_no_passphrase_proves_it(qtbot, window, door, ids):
    panel = asked_for_second(qtbot, window, held_up(qtbot, window, ids))
    press(qtbot, panel, "Vital interest: a life is in danger")
    type_in(qtbot, panel.why.focusProxy(), WHY)
    type_in(qtbot, panel.name, "Mira")
    press(qtbot, panel, "Go on all the same")
    settle(qtbot, door)

    stands = [step for step in steps_of(qtbot, door, ids["adult"]) if isinstance(step, Consent)][-1]
    assert stands.authorised_by == "Mira"
    assert "agreed as the second person" not in told(qtbot, door)


def test_it_goes_by_keyboard_alone(qtbot, window, door, ids, bo):
    form = held_up(qtbot, window, ids)
    press_key(qtbot, Qt.Key.Key_Return)
    settle(qtbot, door)
    panel = form.all_the_same
    assert panel.isAncestorOf(QApplication.focusWidget())

    press_key(qtbot, Qt.Key.Key_Space)
    tab_to(qtbot, panel.why)
    type_in(qtbot, panel.why.focusProxy(), WHY)
    tab_to(qtbot, panel.login)
    type_in(qtbot, panel.login, "bo")
    tab_to(qtbot, panel.passphrase)
    type_in(qtbot, panel.passphrase.line, BO)
    press_key(qtbot, Qt.Key.Key_Return)
    settle(qtbot, door)

    assert window.cases.form is None


def test_the_reason_waits_as_a_draft_and_the_passphrase_does_not(qtbot, window, door, ids, bo):
    form = held_up(qtbot, window, ids)
    panel = asked_for_second(qtbot, window, form)
    type_in(qtbot, panel.why.focusProxy(), WHY)
    type_in(qtbot, panel.passphrase.line, BO)
    form.leave()
    settle(qtbot, door)

    kept: list[object] = []
    door.ask(lambda work: work.draft("referral", ids["adult"]), kept.append, unsealed=True)
    qtbot.waitUntil(lambda: bool(kept))
    assert WHY in kept[0].values()
    assert BO not in str(kept[0])


def test_a_safeguard_that_knows_no_exception_offers_none(qtbot, window, door, ids):
    form = show_form(qtbot, window, Place("assistance_end", ids["adult"]))

    assert form is not None
    assert "Go on all the same…" not in texts_in(form)


def test_what_needs_consent_can_be_reached_and_says_so(qtbot, window, door, ids):
    window.show_case(ids["child"])
    settle(qtbot, door)
    window.cases.case.record()
    dialog = window.findChildren(RecordDialog)[-1]
    qtbot.keyClicks(dialog.search, "referral")
    assert dialog.step.kind == "referral"

    assert "consent" in dialog.why.text()
    assert dialog.does.isEnabled()
    assert dialog.does.text().strip() == "To the form all the same…"
    dialog.close()


def ground_in_the_form(qtbot, window, ids, **more):
    """The consent form says that the law gives another ground."""
    form = show_form(qtbot, window, Place("consent", ids["adult"]))
    for name, code in {"status": "OTHER_GROUND", "scope": "SHARE_ORG", "ground": "VITAL_INTEREST"}.items():
        form.fields[name].fill(code)
    form.edited()
    answer(qtbot, form, recipient="Clinic North", **more)
    type_in(qtbot, form.fields["justification"].focusProxy(), WHY)
    press(qtbot, form, "Save")
    settle(qtbot, window.door)
    return form


def test_the_ground_that_stands_for_consent_takes_two_in_its_own_form(qtbot, window, door, ids, bo):
    before = len(steps_of(qtbot, door, ids["adult"]))
    form = ground_in_the_form(qtbot, window, ids)
    assert len(steps_of(qtbot, door, ids["adult"])) == before

    panel = form.seconding
    type_in(qtbot, panel.login, "bo")
    type_in(qtbot, panel.passphrase.line, "a wrong one")
    press(qtbot, panel, "Agree and save")
    settle(qtbot, door)
    assert "passphrase" in panel.wrong.text()
    answer(qtbot, form, purpose="a bed for tonight")
    panel.passphrase.line.clear()
    type_in(qtbot, panel.passphrase.line, BO)
    press(qtbot, panel, "Agree and save")
    settle(qtbot, door)

    stands = [step for step in steps_of(qtbot, door, ids["adult"]) if isinstance(step, Consent)][-1]
    assert (stands.recipient, stands.authorised_by, stands.purpose) == ("Clinic North", "Bo", "a bed for tonight")
    assert window.cases.form is None
    assert "Bo agreed as the second person, with a passphrase" in told(qtbot, door)


def test_on_a_desk_of_one_the_form_itself_says_who_agreed(qtbot, window, door, ids):
    ground_in_the_form(qtbot, window, ids, authorised_by="Mira")

    stands = [step for step in steps_of(qtbot, door, ids["adult"]) if isinstance(step, Consent)][-1]
    assert stands.authorised_by == "Mira"


def press_key(qtbot, key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def tab_to(qtbot, wanted) -> None:
    for _again in range(40):
        held = QApplication.focusWidget()
        if held is wanted or wanted.isAncestorOf(held):
            return
        press_key(qtbot, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not lead there")
