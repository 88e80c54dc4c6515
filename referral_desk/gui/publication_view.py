"""A publication before it leaves: its tables and charts exactly as they will be published, and what is withheld."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.errors import DeskError
from referral_desk.gui import desk_figures
from referral_desk.gui.chart_picture import ChartPicture
from referral_desk.gui.desk import Door
from referral_desk.gui.figure_table import table_view
from referral_desk.gui.pieces import SteadyBox, button, card, column, emptied, label, notice, plain_widget, row
from referral_desk.gui.save_file import ask_file
from referral_desk.gui.secret_field import captioned
from referral_desk.words import _

LIST_WIDTH = 260
LIST_HEIGHT = 300
FORMS = (
    ("pdf", "PDF"),
    ("xlsx", "Excel (XLSX)"),
    ("ods", "OpenDocument (ODS)"),
    ("csv", "CSV"),
    ("json", "JSON"),
)


class PublicationView(QWidget):
    """Which tables, how they look, and the way into a file."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.told: Any = None
        self.saved: Callable[[], object] = lambda: None
        self.tables = QListWidget()
        self.tables.setAccessibleName(_("Tables to publish"))
        self.tables.setMinimumHeight(LIST_HEIGHT)
        self.tables.setFixedWidth(LIST_WIDTH)
        self.tables.setWordWrap(True)
        self.tables.setProperty("look", "tables")
        self.tables.currentRowChanged.connect(self._show_table)
        self.pictures, self.said, self.notices = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.form, self.language = _box(_("Kind of file")), _box(_("Language of the file"))
        for ending, text in FORMS:
            self.form.addItem(text, ending)
        for code, name in words.LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(words.language())))
        self.save = button(_("Save…"), self.ask_save, icon="save", look="primary")
        self.setLayout(self._content())
        self.hide()

    def show_publication(self, told: Any) -> None:
        """Show what would be published; the first table stands open."""
        self.told = told
        emptied(self.notices)
        emptied(self.said)
        for sentence in (*told.method, *told.sheet, *told.still_open()):
            self.said.addWidget(label(sentence, "small", wraps=True))
        self.tables.clear()
        for table in told.tables:
            item = QListWidgetItem(table.title)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.tables.addItem(item)
        self.tables.setCurrentRow(0)
        self.show()

    def chosen(self) -> list[Any]:
        """The tables that are ticked."""
        rows = (self.tables.item(at) for at in range(self.tables.count()))
        return [
            table.which
            for table, item in zip(self.told.tables, rows, strict=True)
            if item.checkState() is Qt.CheckState.Checked
        ]

    def ask_save(self) -> None:
        ending = self.form.currentData()
        ask_file(self, _("Save the figures"), f"figures.{ending}", f"{ending.upper()} (*.{ending})", self.save_as)

    def save_as(self, path: str) -> None:
        if not self.chosen():
            self._tell(_("Tick at least one table."), "warn", "circle-alert")
            return
        self.save.setEnabled(False)
        self._tell(_("The file is being made …"), "accent", "clock")
        desk_figures.write(
            self.door,
            self.told,
            self.chosen(),
            path,
            language=self.language.currentData(),
            then=self._saved,
            refused=self._refused,
        )

    def _saved(self, _path: object) -> None:
        self.save.setEnabled(True)
        self._tell(_("Saved. What stands in it may be published."), "good", "circle-check")
        self.saved()

    def _refused(self, error: DeskError) -> None:
        self.save.setEnabled(True)
        self._tell(str(error), "danger", "circle-alert")

    def _tell(self, text: str, tone: str, icon: str) -> None:
        emptied(self.notices)
        self.notices.addWidget(notice(text, tone, icon=icon))

    def _show_table(self, at: int) -> None:
        if self.told is None or not 0 <= at < len(self.told.tables):
            return
        table = self.told.tables[at]
        emptied(self.pictures)
        self.pictures.addWidget(ChartPicture(table.chart()))
        self.pictures.addWidget(table_view(table.lines, _("The table as it will be published")))
        QTimer.singleShot(0, self, self.updateGeometry)

    def _content(self) -> QVBoxLayout:
        choice = column(label(_("Tables"), "heading"), self.tables, 1, gap=6)
        self.pictures.setSpacing(12)
        shown = plain_widget(column(self.pictures, 1))
        body = row(plain_widget(choice), shown, gap=20)
        body.setStretch(1, 1)
        ways = row(captioned(_("Kind of file"), self.form), captioned(_("Language of the file"), self.language), gap=16)
        foot = row(ways, 1, self.save, gap=16)
        foot.setAlignment(self.save, Qt.AlignmentFlag.AlignBottom)
        self.said.setSpacing(4)
        return column(
            body, card(label(_("What a reader must know"), "heading"), self.said, gap=8), self.notices, foot, gap=16
        )


def _box(name: str) -> SteadyBox:
    made = SteadyBox(14)
    made.setAccessibleName(name)
    return made
