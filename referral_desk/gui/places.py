"""The places of the side bar: which page stands there, and where it leads. Each is imported when it is first wanted."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from referral_desk.settings import keep
from referral_desk.words import _


def made(place: str, window: Any) -> QWidget:
    """The page of a place, made for a window: the function below that has its name."""
    page: QWidget = globals()[place](window)
    return page


def today(window: Any) -> QWidget:
    from referral_desk.gui.today_page import TodayPage

    page = TodayPage(window.door)
    page.wants_form.connect(window.show_form)
    page.wants_case.connect(window.show_case)
    page.wants_reply.connect(window.answer_enquiry)
    return page


def directory(window: Any) -> QWidget:
    from referral_desk.gui.directory_page import DirectoryPage

    return DirectoryPage(window.door)


def statistics(window: Any) -> QWidget:
    from referral_desk.gui.statistics_page import StatisticsPage

    return StatisticsPage(window.door)


def members(window: Any) -> QWidget:
    from referral_desk.gui.members_page import MembersPage

    page = MembersPage(window.door)
    page.wants_passphrase.connect(lambda: window.go("passphrase"))
    return page


def journal(window: Any) -> QWidget:
    from referral_desk.gui.journal_page import JournalPage

    return JournalPage(window.door)


def passphrase(window: Any) -> QWidget:
    from referral_desk.gui.passphrase_page import PassphrasePage

    def changed() -> None:
        window.go("cases")
        window.say(_("Your passphrase is changed."), "good", "circle-check")

    page = PassphrasePage(window.door)
    page.changed.connect(changed)
    page.left.connect(lambda: window.go("settings"))
    return page


def retention(window: Any) -> QWidget:
    from referral_desk.gui.retention_page import RetentionPage

    page = RetentionPage(window.door)
    page.wants_right.connect(window.show_right)
    page.wants_case.connect(window.show_case)
    return page


def backups(window: Any) -> QWidget:
    from referral_desk.gui.backups_page import BackupsPage

    def change_desk(folder: str) -> None:
        """The next process opens another desk: one that was restored."""
        keep(last_desk=folder)
        window.lock("asked")

    page = BackupsPage(window.door)
    page.wants_other_desk.connect(change_desk)
    return page


def country(window: Any) -> QWidget:
    from referral_desk.gui.country_page import CountryPage

    return CountryPage(window.door)


def settings(window: Any) -> QWidget:
    from referral_desk.gui.settings_page import SettingsPage

    page = SettingsPage(window.door)
    page.changed.connect(window.rebuild)
    page.wants_passphrase.connect(lambda: window.go("passphrase"))
    return page
