"""What each page is for, in a few sentences: F1 shows them above the page, and F1 takes them away again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from referral_desk.gui.pieces import button, column, directed, frame, image, label, row
from referral_desk.words import N_, _

TEXTS = {
    "unlock": N_(
        "Here you open your desk. If you have forgotten your passphrase, a keeper of the desk gives you a new one; if "
        "there is none, the recovery key from the sealed envelope opens the desk: type it in place of the passphrase."
    ),
    "creating": N_(
        "A desk is one folder that only a passphrase or the recovery key opens. You choose where it lies, say who "
        "you are, and write two things on paper: your passphrase and the recovery key. There is no desk before the "
        "last page."
    ),
    "today": N_(
        "What is overdue, due and coming in all cases, and what was left unfinished. It is reckoned from the records: "
        "a line goes by itself when its step is recorded. Enter leads to the right form."
    ),
    "cases": N_(
        "Every case of the desk, searched by code and, if you may read names, by name. Choose one to see where it "
        "stands; names and notes stay sealed until you ask for them, and the journal notes that you did."
    ),
    "case": N_(
        "Where this case stands: six tracks side by side, none waits for another. A step that cannot be taken says "
        "why. What was recorded is corrected, never overwritten: the former words stay."
    ),
    "form": N_(
        "One step of the case. Leave empty what was not asked; where somebody did not want to answer or did not know, "
        "say so beside the question. What you type is kept, sealed, while you type; Save records it."
    ),
    "letter": N_(
        "The referral form exactly as it will be printed, with all that it tells and all that it withholds. Nothing "
        "leaves but what stands here. Once printed or saved it is out of the reach of the desk."
    ),
    "papers": N_(
        "Everything that others were told about this person, on paper and by word of mouth: what, when, on which "
        "ground, and what came back. When a consent is withdrawn, the letters to those who hold papers are written "
        "here."
    ),
    "directory": N_(
        "Who helps with what, where and for whom. Look at the day beside a free place: it may be gone. Addresses are "
        "sealed and stand on no paper; a file for another shelter holds none that is confidential."
    ),
    "statistics": N_(
        "Figures of closed periods, rounded together so that nobody can be recognised; what stands here is what the "
        "file holds. Several shelters add up their figures as files. Records and true figures are no figures to "
        "publish."
    ),
    "members": N_(
        "Who may open this desk, and what each of them can do. A keeper who is a caseworker, too, adds and removes "
        "members and gives a new passphrase to whoever forgot theirs. Everybody sees who the others are."
    ),
    "journal": N_(
        "Who did what to which record and when, never what was said. The entries are chained: Verify shows whether "
        "one was changed. Print the journal now and then: the head on the sheet proves what it was that day."
    ),
    "backups": N_(
        "A backup is a copy that opens with the recovery key and with no passphrase of a colleague. It is opened "
        "before it counts. Keep the second place, best a stick, in another house than this computer."
    ),
    "restoring": N_(
        "Makes a desk of a backup in a new folder, with the recovery key. The backup and the old desk stay as "
        "they are. You see what is in it before anything is written."
    ),
    "retention": N_(
        "Cases whose time has ended: nobody may keep them without a reason. Erase them, or lay a legal hold on those "
        "that a court, a prosecution or a claim still needs."
    ),
    "country": N_(
        "What the law of a country says, as far as anybody knows: how long a reflection period lasts, by when "
        "something is due, which days are free. Each line says its source and whether a lawyer has verified it. A "
        "keeper puts what the office knows better in the place of it, with who verified it and when; the "
        "published value can come back. The content has a best-before date: after that day have it checked again."
    ),
    "passphrase": N_(
        "Your own passphrase. Five random words are the best there is: nobody guesses them, and they can be "
        "remembered. Write them down until you know them, and keep the paper apart from the computer."
    ),
    "settings": N_(
        "Language, colours and lock belong to this computer. What stands on letters as the sender belongs to the desk "
        "and is changed by a keeper."
    ),
}
"""By page. Each says what the page is for and the one thing that must not be misunderstood."""


class HelpStrip(QWidget):
    """Stands above a page and takes no room until somebody asks."""

    def __init__(self, keys: Callable[[], object] | None = None, glossary: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.said = label("", wraps=True)
        self.about = label("", wraps=True)
        self.about.hide()
        self.close_button = button("", self.put_away, icon="x", look="quiet", says=_("Close the help"))
        all_keys = button(_("All keys"), keys, look="quiet") if keys else None
        all_words = button(_("Words of the field"), glossary, look="quiet") if glossary else None
        buttons = (all_words, all_keys, self.close_button)
        texts = column(self.said, self.about, gap=6)
        parts = row(image("circle-question-mark", "accent_text"), texts, *buttons, gap=10)
        parts.setContentsMargins(12, 9, 12, 9)
        parts.setStretch(1, 1)
        self.setLayout(column(frame("notice", parts, tone="accent"), margin=(12, 12, 12, 0)))
        self.before: QWidget | None = None
        self.hide()

    def turn(self, name: str, about: str = "") -> None:
        """Show what is said of a page and of what one is about to answer, or take it away if it stands there."""
        if self.isHidden():
            self.before = self.window().focusWidget()
            self.show()
            self.follow(name)
            self.about.setText(directed(about))
            self.about.setVisible(bool(about))
            self.close_button.setAccessibleDescription("\n".join(filter(None, (self.said.text(), about))))
            self.close_button.setFocus()
        else:
            self.put_away()

    def follow(self, name: str) -> None:
        """Another page is in sight: say what that one is for."""
        if not self.isHidden():
            said = _(TEXTS.get(name, ""))
            self.said.setText(directed(said))
            self.about.hide()
            self.close_button.setAccessibleDescription(said)

    def put_away(self) -> None:
        """Make room, and go on where one was."""
        self.hide()
        if self.before is not None and isValid(self.before):
            self.before.setFocus()
        self.before = None
