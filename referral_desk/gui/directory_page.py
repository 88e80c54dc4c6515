"""Who helps: searched by what is needed, and one organisation at a time with all that is known of it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QMenu, QStackedWidget, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.directory import OrganisationRow, Wanted
from referral_desk.errors import DeskError
from referral_desk.gui import desk_listed
from referral_desk.gui.choices import by_alphabet, make_searchable
from referral_desk.gui.desk import Door
from referral_desk.gui.desk_listed import EntryPlace
from referral_desk.gui.entry_form import EntryForm
from referral_desk.gui.layouts import CardGrid, Flow
from referral_desk.gui.organisation_view import OrganisationView
from referral_desk.gui.pieces import (
    SteadyBox,
    WrappingButton,
    button,
    column,
    directed,
    emptied,
    image,
    label,
    notice,
    plain_widget,
    row,
    scrolled,
)
from referral_desk.gui.save_file import ask_file
from referral_desk.gui.secret_field import captioned, private_line
from referral_desk.gui.sheet_page import SheetPage
from referral_desk.nrm.directory import Audience
from referral_desk.nrm.terms import Language, Service
from referral_desk.words import _, ngettext

TYPING_PAUSE = 150
SHOWN_AT_ONCE = 60
FILE_NAME = "directory.csv"


class DirectoryPage(QWidget):
    """The search with what it finds; in its place one organisation, one form, or the sheet to be printed."""

    help_name = "directory"

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.search = private_line(_("Search the directory"))
        self.service, self.language, self.audience = SteadyBox(14), SteadyBox(14), SteadyBox(14)
        self.has_place = QCheckBox(_("With a free place"))
        self.with_inactive = QCheckBox(_("Also those that no longer work"))
        self.notices = QVBoxLayout()
        self.shown = QVBoxLayout()
        self.shown.setSpacing(10)
        self.count = label("", "small")
        self.typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self.typing.timeout.connect(self.refresh)
        self.room = QStackedWidget()
        self.room.addWidget(self._list())
        self.first = self.search
        self.setLayout(column(self.room))
        self._connect()
        self.refresh()

    def wanted(self) -> Wanted:
        service, language, audience = (box.currentData() for box in (self.service, self.language, self.audience))
        return Wanted(
            text=self.search.text(),
            service=Service.of(service) if service else None,
            language=Language.of(language) if language else None,
            audience=Audience.of(audience) if audience else None,
            has_place=self.has_place.isChecked(),
            with_inactive=self.with_inactive.isChecked(),
        )

    def refresh(self) -> None:
        wanted = self.wanted()
        desk_listed.find(self.door, wanted, partial(self._show, wanted))

    def show_organisation(self, organisation_id: UUID) -> None:
        page = OrganisationView(self.door, organisation_id)
        page.left.connect(self.back_to_list)
        page.wants_form.connect(self.show_form)
        self._put(page)

    def show_form(self, place: EntryPlace) -> None:
        page = EntryForm(self.door, place)
        page.saved.connect(self.show_organisation)
        owner = place.organisation_id or (place.entry_id if place.code == "organisation" else None)
        page.left.connect(partial(self.show_organisation, owner) if owner else self.back_to_list)
        self._put(page)

    def add(self) -> None:
        self.show_form(EntryPlace("organisation"))

    def back_to_list(self) -> None:
        self._put(None)
        self.refresh()
        self.search.setFocus()

    def prepare_sheet(self) -> None:
        """The organisations found now, on paper; no address is on it."""
        desk_listed.sheet(self.door, self.wanted(), self._show_sheet, self._refused)

    def export(self) -> None:
        ask_file(self, _("Export the directory"), FILE_NAME, "CSV (*.csv)", self.export_to)

    def export_to(self, path: str) -> None:
        said = _("Saved, without confidential addresses and remarks. It is not sealed.")
        desk_listed.export(self.door, path, lambda _nothing: self.say(said, "good"), self._refused)

    def bring_in(self) -> None:
        dialog = QFileDialog(self, _("Bring in a directory"), "", "CSV (*.csv)")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.connect(self.bring_in_from)
        dialog.open()

    def bring_in_from(self, path: str) -> None:
        desk_listed.bring_in(self.door, path, self._brought, self._refused)

    def say(self, text: str, tone: str) -> None:
        emptied(self.notices)
        self.notices.addWidget(notice(text, tone))

    def _put(self, page: QWidget | None) -> None:
        """Show a page in the place of the list, or (None) the list again."""
        before = self.room.currentWidget()
        if page is not None:
            self.room.addWidget(page)
            self.room.setCurrentWidget(page)
        else:
            self.room.setCurrentIndex(0)
        if before is not None and self.room.indexOf(before) > 0:
            self.room.removeWidget(before)
            before.deleteLater()

    def _show(self, wanted: Wanted, rows: tuple[OrganisationRow, ...]) -> None:
        if wanted != self.wanted():
            return
        emptied(self.shown)
        for one in rows[:SHOWN_AT_ONCE]:
            self.shown.addWidget(self._row(one))
        if not rows:
            self.shown.addWidget(_nothing(wanted == Wanted()))
        self.count.setText(directed(counted(len(rows))))

    def _row(self, one: OrganisationRow) -> QWidget:
        marks = Flow([label(mark.text, "pill", tone=mark.tone) for mark in one.marks])
        texts = [label(text, look, wraps=True) for text, look in _texts(one)]
        made = WrappingButton(
            partial(self.show_organisation, one.id), "card", one.name, column(*texts, marks, gap=4, margin=6)
        )
        made.setAccessibleDescription(", ".join(text for text, _look in _texts(one)))
        return made

    def _show_sheet(self, made) -> None:
        page = SheetPage(_("Directory"), made.pdf, made.file_name)
        page.left.connect(self.back_to_list)
        self._put(page)
        page.back.setFocus()

    def _brought(self, brought) -> None:
        told = {"added": brought.added, "changed": brought.changed, "alike": brought.alike}
        said = [_("%(added)d new, %(changed)d changed, %(alike)d alike.") % told]
        said += [_("Line %(line)d was left out: %(why)s") % {"line": at, "why": why} for at, why in brought.refused[:5]]
        self.say("\n".join(said), "warn" if brought.refused else "good")
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self.say(str(error), "danger")

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self.typing.start())
        for box in (self.service, self.language, self.audience):
            box.currentIndexChanged.connect(lambda _at: self.refresh())
        for check in (self.has_place, self.with_inactive):
            check.toggled.connect(lambda _on: self.refresh())

    def _list(self) -> QWidget:
        add = button(_("Add an organisation"), self.add, icon="plus", look="primary")
        more = button(_("More"), lambda: None, icon="ellipsis", says=_("More to do with the directory"))
        menu = QMenu(more)
        menu.addAction(_("Print what was found…"), self.prepare_sheet)
        menu.addAction(_("Export for another shelter…"), self.export)
        menu.addAction(_("Bring in from another shelter…"), self.bring_in)
        more.setMenu(menu)
        head = row(label(_("Directory"), "title"), 1, more, add)
        top = column(head, self.notices, self._filters(), self.count, gap=12)
        return plain_widget(column(scrolled(column(top, self.shown, 1, gap=12, margin=24))))

    def _filters(self) -> QWidget:
        self.search.setPlaceholderText(_("Name, town or region"))
        self.search.setClearButtonEnabled(True)
        fields = [captioned(_("Search"), self.search)]
        for box, text, vocabulary in (
            (self.service, _("What is needed"), Service),
            (self.language, _("Language"), Language),
            (self.audience, _("Who must be admitted"), Audience),
        ):
            offer(box, text, [(entry.code, entry.label) for entry in vocabulary.every()])
            fields.append(captioned(text, box))
        grid = CardGrid(fields, narrowest=24, gap=12)
        return plain_widget(column(grid, Flow([self.has_place, self.with_inactive], gap=20), gap=8))


def offer(box: SteadyBox, name: str, entries: list[tuple[str, str]]) -> None:
    """Fill a box of a search: anything, or one of these."""
    box.setAccessibleName(name)
    box.addItem(_("any"), None)
    for code, text in by_alphabet(entries):
        box.addItem(text, code)
    make_searchable(box)


def counted(count: int) -> str:
    said = ngettext("%(count)d organisation", "%(count)d organisations", count) % {"count": count}
    if count <= SHOWN_AT_ONCE:
        return said
    return _("%(found)s; the first %(count)d are shown. Narrow the search.") % {"found": said, "count": SHOWN_AT_ONCE}


def _texts(one: OrganisationRow) -> list[tuple[str, str]]:
    """What a row says, and how it looks."""
    told = [(words.isolate(one.name), "heading"), (one.summary, "muted"), (", ".join(one.services), "")]
    return [(text, look) for text, look in [*told, (one.free, "label")] if text]


def _nothing(is_empty: bool) -> QFrame | QWidget:
    said = (
        _("The directory is empty. Add the organisations you refer to, or bring in the directory of another shelter.")
        if is_empty
        else _("Nobody in the directory fits. Ask for less, or ask by phone: entries grow old.")
    )
    text = label(said, "muted", wraps=True)
    return plain_widget(column(row(1, image("building-2", "edge", 48), 1), text, gap=12, margin=(0, 32, 0, 0)))
