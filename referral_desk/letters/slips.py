"""Paper with a secret on it: the recovery sheet, and a first passphrase to be handed over.

They are made to be printed and to be locked away or destroyed, never to be saved. No name stands on them: neither of
the organisation nor of anybody.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.platypus import Flowable, Spacer

from referral_desk import words
from referral_desk.letters import paper, sentences
from referral_desk.letters.drawing import HEADING
from referral_desk.letters.faces import ACCENT, BODY, CAPTION, TITLE, Face, in_bold
from referral_desk.letters.form import LANGUAGES
from referral_desk.letters.shapes import Beside, Blank, Panel, Rule, Shape, Stack, Text
from referral_desk.vault.passphrases import grouped
from referral_desk.words import N_, _

SECRET = in_bold(Face(20, 30))
YEARS = 5

_RECOVERY = N_("Recovery sheet")
_RECOVERY_MEANS = N_(
    "This key opens the desk, and every backup of it, when a passphrase is lost. Whoever holds it can read everything."
)
_KEEP = N_("Where it belongs")
_KEEP_MEANS = N_(
    "In a sealed envelope, locked away, apart from the computer and from the backups. Do not photograph it, "
    "do not type it into anything but Referral Desk, do not send it."
)
_USE = N_("How it is used")
_USE_MEANS = N_(
    "Choose the folder of the desk and type the key in place of the passphrase. Small letters, spaces and missing "
    "hyphens are forgiven. Then give every member a new passphrase."
)
_PROVE = N_("Proved once a year")
_PROVE_MEANS = N_("Type the key where the desk asks for it; this opens nothing. Then seal the envelope anew.")

_FIRST = N_("First passphrase")
_FIRST_MEANS = N_(
    "It opens the desk once: then you choose a passphrase of your own. Destroy this slip as soon as you have done so."
)


def recovery_sheet(recovery_key: str, *, language: str) -> bytes:
    """The recovery key on paper, in the language given or, where there are no letters for it, in English."""
    with words.speaking(printed(language)):
        groups = grouped(recovery_key).split("-")
        key = Stack([Text(" – ".join(part), SECRET) for part in (groups[:4], groups[4:])])
        years = [
            Beside([Blank(_("Date"), CAPTION, room=22), Blank(_("Signature"), CAPTION, room=22)], (1, 2))
            for _year in range(YEARS)
        ]
        marks = Beside([Blank(_("Which desk"), CAPTION), Blank(_("In force since"), CAPTION)], (2, 1))
        story = [
            _head(_RECOVERY, _RECOVERY_MEANS),
            *(marks, Panel(key, padding=14), _part(_KEEP, _KEEP_MEANS), _part(_USE, _USE_MEANS)),
            Stack([_part(_PROVE, _PROVE_MEANS), *years], gap=4),
        ]
        return paper.render(_spaced(story), _furniture(_RECOVERY), language=words.language())


def passphrase_slip(passphrase: str, *, login: str, language: str) -> bytes:
    """A first passphrase on paper, with the login code where there is one."""
    with words.speaking(printed(language)):
        code = [Text(_("Login code"), CAPTION), Text(login, SECRET)] if login else []
        told = [*code, Text(_("Passphrase"), CAPTION), Text(passphrase, SECRET)]
        story = [_head(_FIRST, _FIRST_MEANS), Panel(Stack(told), padding=14)]
        return paper.render(_spaced(story), _furniture(_FIRST), language=words.language())


def printed(language: str) -> str:
    """The language that paper speaks where the windows speak this one."""
    return language if language in LANGUAGES else LANGUAGES[0]


def _head(title: str, means: str) -> Shape:
    top = Stack([Text(_(sentences.CONFIDENTIAL), in_bold(BODY)), Text(_(title), TITLE)])
    return Stack([top, Rule(colour=ACCENT, weight=2), Text(_(means), BODY)], gap=6)


def _part(heading: str, means: str) -> Shape:
    return Stack([Text(_(heading), HEADING), Rule(), Text(_(means), BODY)], gap=3, headed=True)


def _spaced(story: Iterable[Shape]) -> list[Flowable]:
    return [flowable for shape in story for flowable in (shape, Spacer(1, 16))][:-1]


def _furniture(title: str) -> paper.Furniture:
    counted = _(sentences.PAGE)
    return paper.Furniture(
        title=_(title),
        left=_(title),
        below=_(sentences.CONFIDENTIAL),
        page=lambda page, pages: counted % {"page": page, "pages": pages},
    )
