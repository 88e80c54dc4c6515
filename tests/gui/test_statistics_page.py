"""Statistics in windows: Bo, who can unseal nothing, publishes, adds up and hands over; what is seen is what leaves."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QScrollArea, QTableWidget

from referral_desk.exchange import figure_files, merging, our_figures
from referral_desk.gui import desk_figures
from referral_desk.gui.chart_picture import ChartPicture
from referral_desk.gui.statistics_page import PARTS
from referral_desk.journal import Act
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import Contact, FirstContact
from referral_desk.statistics import standard
from tests.crew import ANA, BO, CORA, opened
from tests.exchange.shelters import Shelter
from tests.gui.acting import press, settle

LAST_YEAR = date.today().year - 1  # noqa: DTZ011 - the day on the clock of this computer


@pytest.fixture
def last_year(crew_folder) -> Path:
    """Sixty people came last year, and most of them agreed to be referred to the clinic."""
    with opened(crew_folder, ANA) as desk, desk.work() as work:
        for at in range(60):
            day = {"day": date(LAST_YEAR, 1 + at % 12, 10).isoformat()}
            case = work.open_case(FirstContact(day=date(LAST_YEAR, 1 + at % 12, 10), contact=Contact.POLICE))
            band = "9--17" if at % 4 == 0 else "24--26"
            work.take(case, step_from(kind_of("person"), day | {"gender": "MF"[at % 3 > 0], "age_band": band}))
            agreed = {"status": "GIVEN", "scope": "SHARE_ORG", "recipient": "Clinic North", "items": ["GENDER"]}
            agreed["given_by"] = "GUARDIAN"
            if at < 40:
                work.take(case, step_from(kind_of("consent"), day | agreed))  # type: ignore[operator]
    return crew_folder


@pytest.fixture
def page(qtbot, last_year, crew_window):
    """Bo looks at the statistics; what is due was not closed yet."""
    window = crew_window(BO)
    window.go("statistics")
    made = window.stack.currentWidget()
    settle(qtbot, made.door)
    return made


def part(qtbot, page, name):
    page.go(name)
    settle(qtbot, page.door)
    return page.part


def closed(qtbot, page):
    """What is due is closed, and the publication stands open."""
    press(qtbot, page, "Close what is due")
    qtbot.waitUntil(lambda: bool(page.part.periods) and page.part.view.isVisible(), timeout=20_000)
    settle(qtbot, page.door)
    return page.part


def said(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_nothing_is_published_before_a_period_is_closed_and_it_says_why(page):
    assert "No period is closed yet" in said(page)
    assert not page.part.view.isVisible()
    assert not page.part.send.isEnabled()


@pytest.fixture
def two_years(last_year) -> Path:
    """Sixty more came the year before."""
    with opened(last_year, ANA) as desk, desk.work() as work:
        for at in range(60):
            work.open_case(FirstContact(day=date(LAST_YEAR - 1, 1 + at % 12, 10), contact=Contact.POLICE))
    return last_year


def test_closing_can_be_stopped_goes_on_later_and_leaves_the_window_alive(qtbot, two_years, page):
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(10)

    press(qtbot, page, "Close what is due")
    assert page.part.closing.bar.isVisible()
    press(qtbot, page, "Stop")
    qtbot.waitUntil(lambda: "You stopped" in said(page), timeout=20_000)
    settle(qtbot, page.door)
    stopped_at = len(page.part.periods)
    while len(page.part.periods) < 2:
        press(qtbot, page, "Close what is due")
        qtbot.waitUntil(page.part.closing.bar.isHidden, timeout=20_000)
        settle(qtbot, page.door)

    assert stopped_at < 2
    assert ticks
    assert sorted(page.part.periods) == [str(LAST_YEAR - 1), str(LAST_YEAR)]
    assert not page.part.closing.close_now.isVisible()


def test_after_a_restore_somebody_says_what_had_been_published_first(qtbot, last_year, crew_window):
    with opened(last_year, ANA) as desk, desk.work() as work:
        work.note(Act.RESTORED, "backup")
    window = crew_window(BO)
    window.go("statistics")
    page = window.stack.currentWidget()
    settle(qtbot, page.door)
    assert page.part.restored.isVisible()
    assert "restored from a backup" in said(page)
    assert not page.part.closing.close_now.isVisible()

    press(qtbot, page, "Nothing was published")
    settle(qtbot, page.door)

    assert not page.part.restored.isVisible()
    assert page.part.closing.close_now.isVisible()


def test_the_tables_on_the_page_are_those_in_every_file(qtbot, page, home):
    panel = closed(qtbot, page)
    shown = panel.view.told

    for ending in ("csv", "json", "xlsx", "ods", "pdf"):
        panel.view.save_as(str(home / f"figures.{ending}"))
        qtbot.waitUntil(lambda: "Saved." in said(panel.view), timeout=20_000)
        settle(qtbot, page.door)

    held = json.loads((home / "figures.json").read_text(encoding="utf-8"))
    assert [table["cells"] for table in held["tables"]] == [list(map(list, table.cells)) for table in shown.tables]
    table = page.findChild(QTableWidget)
    assert table.item(table.rowCount() - 1, 0).text() == str(shown.release.total) == "60"
    text = (home / "figures.csv").read_text(encoding="utf-8-sig")
    assert "multiples of 5" in text
    assert "multiples of 5" in said(page)
    assert (home / "figures.pdf").read_bytes().startswith(b"%PDF")


def test_the_chart_in_the_window_is_the_drawing_of_the_report(qtbot, page, home):
    panel = closed(qtbot, page)
    picture = panel.findChild(ChartPicture)

    assert picture.pdf == panel.view.told.tables[0].chart().pdf
    seen = pypdfium2.PdfDocument(picture.pdf)[0].get_textpage().get_text_bounded()
    panel.view.save_as(str(home / "figures.pdf"))
    qtbot.waitUntil((home / "figures.pdf").exists, timeout=20_000)
    printed = "".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(home / "figures.pdf"))
    assert all(word in printed for word in seen.split())
    assert picture.accessibleDescription().splitlines()[0].startswith("Woman: ")


def test_only_ticked_tables_are_written_and_none_is_said(qtbot, page, home):
    panel = closed(qtbot, page)
    for at in range(1, panel.view.tables.count()):
        panel.view.tables.item(at).setCheckState(Qt.CheckState.Unchecked)
    panel.view.save_as(str(home / "one.json"))
    qtbot.waitUntil((home / "one.json").exists, timeout=20_000)
    settle(qtbot, page.door)
    panel.view.tables.item(0).setCheckState(Qt.CheckState.Unchecked)
    panel.view.save_as(str(home / "none.json"))
    settle(qtbot, page.door)

    assert len(json.loads((home / "one.json").read_text(encoding="utf-8"))["tables"]) == 1
    assert "Tick at least one table." in said(page)
    assert not (home / "none.json").exists()


def test_a_table_of_ones_own_says_what_it_costs_and_is_added(qtbot, page, home):
    panel = closed(qtbot, page)
    for box, name in zip(panel.own.boxes, ("person.age_band", "first_contact.contact"), strict=False):
        box.setCurrentIndex(box.findData(name))
    panel.own.look()
    settle(qtbot, page.door)
    assert "figures to each period" in said(panel.own)

    press(qtbot, panel, "Add this table")
    qtbot.waitUntil(lambda: len(panel.view.told.tables) == 1, timeout=20_000)
    [table] = panel.view.told.tables
    assert table.total == 60
    panel.view.save_as(str(home / "own.json"))
    qtbot.waitUntil((home / "own.json").exists, timeout=20_000)
    assert json.loads((home / "own.json").read_text(encoding="utf-8"))["tables"][0]["total"] == 60


def test_a_table_of_ones_own_goes_into_the_periods_that_are_closed_afterwards(qtbot, page, home):
    """Before a period is closed there is more room for it than afterwards."""
    for box, name in zip(page.part.own.boxes, ("person.age_band", "first_contact.contact"), strict=False):
        box.setCurrentIndex(box.findData(name))
    page.part.own.look()
    settle(qtbot, page.door)
    assert "At most" in said(page.part.own)
    press(qtbot, page.part, "Add this table")
    settle(qtbot, page.door)
    assert "every period that is closed from now on" in said(page.part.own)

    panel = closed(qtbot, page)
    panel.own.look()
    settle(qtbot, page.door)
    assert "was added before" in said(panel.own)
    press(qtbot, panel, "Add this table")
    qtbot.waitUntil(lambda: len(panel.view.told.tables) == 1, timeout=20_000)


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(qtbot, page, home):
    panel = closed(qtbot, page)
    panel.view.save_as(str(home / "no such folder" / "figures.csv"))
    settle(qtbot, page.door)

    assert "could not be written" in said(page)
    assert panel.view.save.isEnabled()


def test_true_figures_are_marked_and_have_no_way_out(qtbot, page):
    panel = part(qtbot, page, "inside")

    assert "Not for publication" in said(panel)
    assert panel.findChild(QTableWidget) is not None
    assert panel.findChildren(QPushButton) == []


def test_a_keeper_sees_no_true_figures(qtbot, last_year, crew_window):
    window = crew_window(CORA)
    window.go("statistics")
    page = window.stack.currentWidget()
    panel = part(qtbot, page, "inside")

    assert "Only caseworkers and coordinators" in said(panel)
    assert panel.findChild(QTableWidget) is None


def test_records_leave_only_after_a_tick_and_only_of_those_who_agreed(qtbot, page, home):
    panel = part(qtbot, page, "records")
    assert "each row is a person" in said(panel)
    assert "40 persons agreed" in said(panel)
    assert not panel.save.isEnabled()

    panel.save_as(str(home / "before.csv"))
    panel.understood.click()
    panel.save_as(str(home / "records.csv"))
    settle(qtbot, page.door)

    assert not (home / "before.csv").exists()
    rows = list(csv.DictReader(io.StringIO((home / "records.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 40
    assert {row["prs_FirstName"] for row in rows} == {""}
    assert not panel.understood.isChecked()


def test_invented_records_say_so_in_every_row(qtbot, page, home):
    panel = closed(qtbot, page)
    panel.invent_as(str(home / "invented-records.csv"))
    qtbot.waitUntil((home / "invented-records.csv").exists, timeout=20_000)
    settle(qtbot, page.door)

    rows = list(csv.DictReader(io.StringIO((home / "invented-records.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 60
    assert {row["x_Label"] for row in rows} == {"invented record"}
    assert {row["yearOfRegistration"] for row in rows} == {str(LAST_YEAR)}
    told = panel.view.told.release.cells["person.gender",]
    assert sum(row["gender"] == "Woman" for row in rows) == told["F",]


def is_seen(notices) -> bool:
    """Whether what was said last lies in the part of the page that is shown."""
    return not notices.itemAt(0).widget().visibleRegion().isEmpty()


def guests(home, desk_folder) -> list[Path]:
    """Three other shelters, each with a block like ours, and their introductions."""
    family = standard.counted(standard.INTAKE).family
    with opened(desk_folder, BO) as desk, desk.work(unsealed=False) as work:
        our_figures.freezing.freeze_due(work)
        [block] = our_figures.closed(work, standard.INTAKE)
    files = []
    for at in range(3):
        shelter = Shelter(f"House {at}", bytes([at + 7] * 32), {})
        introduction, file = home / f"introduction-{at}.rdf", home / f"block-{at}.rdf"
        introduction.write_bytes(figure_files.introduction(shelter.party, shelter.secret))
        file.write_bytes(figure_files.block_file(shelter.party, block, shelter.secret))
        files += [introduction, file]
    assert family.hash == block.family_hash
    return files


def test_shelters_are_met_their_words_compared_and_their_blocks_added_up(qtbot, last_year, crew_window, home):
    files = guests(home, last_year)
    window = crew_window(BO)
    window.go("statistics")
    page = window.stack.currentWidget()
    panel = part(qtbot, page, "merging")

    area = page.findChild(QScrollArea, "page")
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    panel.take_in([str(files[1])])
    settle(qtbot, page.door)
    assert "Nobody has confirmed yet" in said(panel)
    qtbot.waitUntil(lambda: is_seen(panel.notices))
    panel.bring_in([str(file) for file in files[::2]])
    settle(qtbot, page.door)
    assert "compare the six words" in said(panel)
    for at in range(3):
        press(qtbot, panel, f"The words are the same: House {at}")
        settle(qtbot, page.door)
    panel.take_in([str(file) for file in files[1::2]])
    settle(qtbot, page.door)
    panel.take_in([str(files[1])])
    settle(qtbot, page.door)
    assert "would count the same persons twice" in said(panel)

    press(qtbot, panel, "Show the sum")
    settle(qtbot, page.door)
    assert panel.result.told.release.total == 180
    assert "3 blocks are added up here" in said(panel)
    assert "House 1" in said(panel)


def test_a_round_is_begun_followed_and_given_up(qtbot, last_year, crew_window, home):
    files = guests(home, last_year)
    window = crew_window(BO)
    window.go("statistics")
    page = window.stack.currentWidget()
    panel = part(qtbot, page, "merging")
    panel.bring_in([str(file) for file in files[::2]])
    settle(qtbot, page.door)
    for at in range(3):
        press(qtbot, panel, f"The words are the same: House {at}")
        settle(qtbot, page.door)

    rounds = panel.rounds
    rounds.period.setCurrentIndex(rounds.period.findText(str(LAST_YEAR)))
    for box in list(rounds.roster.values())[:3]:
        box.click()
    rounds.begin_as(str(home / "round.rdf"))
    settle(qtbot, page.door)
    assert "The round has begun" in said(panel)
    rounds.follow_as(str(home / "round.rdf"), str(home / "tables.rdf"))
    settle(qtbot, page.door)
    assert "Sealed and saved" in said(panel)
    assert (
        figure_files.read_tables(home / "tables.rdf").round_id == figure_files.read_round(home / "round.rdf").round_id
    )

    [begun] = desk_rounds(qtbot, page)
    rounds.count(begun.id, [str(home / "tables.rdf")])
    settle(qtbot, page.door)
    assert "nothing has come from" in said(panel)
    qtbot.waitUntil(lambda: is_seen(rounds.notices))
    assert "went into a sealed sum" in said(part(qtbot, page, "figures"))
    panel = part(qtbot, page, "merging")
    rounds = panel.rounds
    rounds.give_up_as(begun.id, str(home / "void.rdf"))
    settle(qtbot, page.door)
    assert "Send the notice to everybody" in said(panel)
    rounds.hear_of_void([str(home / "void.rdf")])
    settle(qtbot, page.door)
    assert "No such round can be given up here" in said(panel)
    assert "went into a sealed sum" not in said(part(qtbot, page, "figures"))


def desk_rounds(qtbot, page):
    found: list[desk_figures.Together] = []
    desk_figures.together(page.door, standard.INTAKE, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0].rounds


def test_what_was_published_goes_into_no_round(qtbot, page, home):
    panel = closed(qtbot, page)
    panel.view.save_as(str(home / "figures.csv"))
    qtbot.waitUntil((home / "figures.csv").exists, timeout=20_000)
    settle(qtbot, page.door)

    found: list[object] = []

    def look(work):
        return merging.received(work, standard.counted(standard.INTAKE).family)

    page.door.ask(look, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert [one.block.period.name for one in found[0]] == [str(LAST_YEAR)]


def test_every_part_is_reached_by_keyboard(qtbot, page):
    chips = [page.chips[name] for name, _text, _make in PARTS]
    chips[0].setFocus()
    parts = {type(page.part)}
    for chip, following in pairwise(chips):
        qtbot.keyClick(chip, Qt.Key.Key_Right)
        assert page.focusWidget() is following
        qtbot.keyClick(following, Qt.Key.Key_Space)
        settle(qtbot, page.door)
        parts.add(type(page.part))
        assert following.isChecked()
    assert len(parts) == len(PARTS)


def test_files_are_asked_for_in_our_own_dialog(qtbot, page):
    panel = part(qtbot, page, "merging")
    press(qtbot, panel, "Take in blocks…")

    [dialog] = panel.findChildren(QFileDialog)
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.close()


def test_the_tables_of_all_are_saved_and_brought_in_and_a_spoiled_file_is_refused(qtbot, page, home):
    panel = part(qtbot, page, "merging")
    assert "Only the tables that every desk publishes." in said(panel)
    file = home / "tables.rdf"

    panel.tables.save_as(str(file))
    qtbot.waitUntil(file.exists, timeout=20_000)
    settle(qtbot, page.door)
    assert "Give the file to everybody" in said(panel)
    panel.tables.bring_in([str(file)])
    settle(qtbot, page.door)
    assert "now published here, too" in said(panel)
    file.write_bytes(file.read_bytes()[:-40])
    panel.tables.bring_in([str(file)])
    settle(qtbot, page.door)

    assert "tables.rdf" in said(panel)
    assert "damaged" in said(panel)
