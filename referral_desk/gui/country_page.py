"""What a country has laid down, and how sure one may be of it; a keeper puts in its place what the office knows."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from referral_desk import profile
from referral_desk.gui.desk import Door
from referral_desk.gui.finding import has_all
from referral_desk.gui.pieces import (
    SteadyBox,
    apart,
    button,
    card,
    column,
    directed,
    emptied,
    image,
    label,
    line,
    narrow,
    notice,
    plain_widget,
    row,
    scrolled,
)
from referral_desk.gui.secret_field import captioned, private_line
from referral_desk.gui.value_form import ValueForm
from referral_desk.nrm import mechanism
from referral_desk.profile import Country, Laid
from referral_desk.words import _, ngettext

WIDEST = 900


class CountryPage(QWidget):
    """Every line says where it comes from and whether anybody has verified it; what is not known says so, too."""

    help_name = "country"
    changed = Signal()

    def __init__(self, door: Door, code: str = "") -> None:
        super().__init__()
        self.door, self.code = door, code
        self.box = SteadyBox()
        self.box.setAccessibleName(_("Country"))
        self.search = private_line(_("Search in this list"))
        self.search.setPlaceholderText(_("Search: reflection, appeal, holidays…"))
        self.search.setClearButtonEnabled(True)
        self.above, self.lines = QVBoxLayout(), QVBoxLayout()
        self.parts: list[tuple[Laid, QWidget]] = []
        self.none = label(_("Nothing is called so."), "muted")
        self.pages = QStackedWidget()
        self.pages.addWidget(scrolled(narrow(self._overview(), WIDEST)))
        self.setLayout(column(self.pages, gap=0))
        self.search.textChanged.connect(self._narrow)
        self.box.activated.connect(lambda at: self.look_at(self.box.itemData(at)))
        QShortcut(QKeySequence("Esc"), self, self.close_form, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.refresh()

    @property
    def form(self) -> ValueForm | None:
        found = self.pages.widget(1)
        return found if isinstance(found, ValueForm) else None

    def refresh(self) -> None:
        self.door.ask(partial(_country, code=self.code), self._show)

    def look_at(self, code: str) -> None:
        """Another country: the person may go there, or come from there."""
        self.code = code
        self.refresh()

    def change(self, one: Laid) -> None:
        """Ask what the office puts in the place of a value."""
        self.close_form()
        form = ValueForm(self.door, self.code, one)
        form.left.connect(self.close_form)
        form.saved.connect(self._saved)
        self.pages.setCurrentIndex(self.pages.addWidget(form))
        form.first.setFocus()

    def close_form(self) -> None:
        if form := self.form:
            self.pages.removeWidget(form)
            form.deleteLater()
            self.search.setFocus()

    def _saved(self) -> None:
        self.close_form()
        self.refresh()

    def _show(self, found: Country) -> None:
        self.code = found.code
        if not self.box.count():
            for code in mechanism.codes():
                self.box.addItem(mechanism.of(code).label, code)
        self.box.setCurrentIndex(self.box.findData(found.code))
        emptied(self.above)
        tone, icon = ("warn", "triangle-alert") if found.is_past_its_best else ("accent", "calendar")
        self.above.addWidget(notice(found.freshness, tone, icon=icon))
        unverified = sum(not one.is_verified for one in found.laid_down)
        if unverified:
            said = ngettext("%(count)d line is not verified.", "%(count)d lines are not verified.", unverified)
            told = (
                said % {"count": unverified}
                + " "
                + _("The program goes by them, and says so; check them with a lawyer.")
            )
            self.above.addWidget(notice(told, "warn", icon="scale"))
        if not self.door.facts.is_kept_by_me:
            self.above.addWidget(label(_("A keeper of the desk changes this."), "small"))
        emptied(self.lines)
        self.parts = [(one, self._line(one)) for one in found.laid_down]
        for _one, part in self.parts:
            self.lines.addWidget(part)
        self._narrow()

    def _narrow(self, _text: str = "") -> None:
        wanted = self.search.text()
        for one, part in self.parts:
            part.setVisible(has_all(wanted, one.label, one.text, one.source, one.standing))
        self.none.setHidden(any(not part.isHidden() for _one, part in self.parts) or not self.parts)

    def _overview(self) -> QVBoxLayout:
        title = label(_("Country profile"), "title")
        why = _(
            "Periods, deadlines and holidays the program goes by. What your office knows better stands in their place, "
            "with who verified it and when; what was recorded before keeps its last day."
        )
        choose = row(captioned(_("Country"), self.box), captioned(_("Search"), self.search), gap=16)
        choose.setStretch(1, 1)
        self.above.setSpacing(8)
        parts = (title, label(why, "muted", wraps=True), choose, self.above, card(self.lines, self.none, gap=0), 1)
        return column(*parts, gap=14, margin=24)

    def _line(self, one: Laid) -> QWidget:
        mine = label(_("value of this office"), "pill", tone="accent") if one.is_own else None
        change = None
        if self.door.facts.is_kept_by_me:
            says = _("Change: %(entry)s") % {"entry": one.label}
            change = button(_("Change…"), partial(self.change, one), icon="pencil", look="quiet", says=says)
        head = row(label(one.label, "label", wraps=True), mine, change, gap=10)
        head.setStretch(0, 1)
        source = label(apart(one.source), "source", wraps=True) if one.source else None
        note = label(apart(one.note), "small", wraps=True) if one.note else None
        said = column(head, label(one.text, wraps=True), _standing(one), source, note, gap=3, margin=(0, 10, 0, 10))
        made = plain_widget(column(said, line(), gap=0))
        made.setAccessibleName(f"{one.label}: {one.text}. {one.standing}")
        return made


def _standing(one: Laid) -> QFrame | QWidget:
    """Whether one may rely on it, in words and not by a colour alone."""
    icon, tone = ("circle-check", "good") if one.is_verified else ("triangle-alert", "warn")
    said: QLabel = label(directed(one.standing), "small", wraps=True)
    made = row(image(icon, tone, 14), said, gap=6)
    made.setStretch(1, 1)
    return plain_widget(made)


def _country(work: Any, code: str) -> Country:
    return profile.country(code or work.about().mechanism, on=work.today)
