"""What a person is told before she or he decides on a consent: whole sentences, in plain words.

Nothing here names the person, the case or anybody but the recipient. The sentences follow GDPR, art. 7 and 13, and
CETS 197, art. 12(7): free, informed, and without effect on the help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from referral_desk import words
from referral_desk.errors import DeskError
from referral_desk.nrm.answers import Written
from referral_desk.nrm.consent import SHARING
from referral_desk.nrm.dates import day_of
from referral_desk.nrm.terms import DataItem
from referral_desk.words import N_, _

ISO = {"en": "eng", "sr_Latn": "srp", "sr_Cyrl": "srp", "ar": "ara"}
"""The languages of the program as answers to the question in which language it was explained."""


@dataclass(frozen=True)
class Asking:
    """What is asked of the person, as it stands in the open form; every part may be missing."""

    scope: str = ""
    recipient: str = ""
    purpose: str = ""
    until: str = ""
    items: tuple[str, ...] = ()
    speaks: str = ""

    @classmethod
    def of(cls, form: Mapping[str, Written], speaks: str) -> Asking:
        """What the answers of a form ask; what has no answer for a reason is left out."""
        held = {name: answer for name, answer in form.items() if not str(answer).startswith("?")}
        items = held.get("items", [])
        return cls(
            scope=str(held.get("scope", "")),
            recipient=str(held.get("recipient", "")),
            purpose=str(held.get("purpose", "")),
            until=str(held.get("expires_on", "")),
            items=tuple(items) if isinstance(items, list) else (),
            speaks=speaks,
        )

    @property
    def is_about_sharing(self) -> bool:
        return self.scope in {scope.code for scope in SHARING}

    @property
    def items_asked(self) -> list[tuple[str, str]]:
        """Code and label of what may be ticked: what the form proposes, or everything there is."""
        if not self.is_about_sharing:
            return []
        return [(item.code, item.label) for item in DataItem.every() if item.code in self.items or not self.items]


def before() -> list[str]:
    return [
        _("You decide. Nobody may press you."),
        _("If you say no, you get the same help as before."),
        _("You may ask anything, take a break, or stop at any time."),
    ]


def what(asked: Asking) -> list[str]:
    """What is asked, of whom it would be shared with, what for and how long."""
    about = {"recipient": words.isolate(asked.recipient) if asked.recipient else _("another organisation")}
    sentence = _(_SENTENCES.get(asked.scope, _OTHERWISE)) % about
    purpose = _("What it is for: %(purpose)s") % {"purpose": words.isolate(asked.purpose)} if asked.purpose else ""
    return [part for part in (sentence, purpose, _how_long(asked), _nothing_more(asked)) if part]


def afterwards(asked: Asking) -> list[str]:
    if not asked.is_about_sharing:
        return [_change_of_mind(), _("You may see what is written about you, and have it put right.")]
    return [
        _change_of_mind(),
        _("From then on we share nothing more. Those who have been told are asked to use it no longer."),
        _("You may see what is written about you, and know with whom it was shared."),
    ]


def _change_of_mind() -> str:
    return _("You can change your mind at any time. Tell anybody who works here; you need not say why.")


def _how_long(asked: Asking) -> str:
    try:
        until = words.day(day_of(asked.until, label=""))
    except DeskError:
        return _("It is valid until you change your mind.")
    return _("It is valid until %(day)s, or until you change your mind.") % {"day": words.isolate(until)}


def _nothing_more(asked: Asking) -> str:
    return _("Only what you tick yourself is shared, and nothing else.") if asked.is_about_sharing else ""


_OTHERWISE = N_("We would like to ask you for your permission.")
_SENTENCES = {
    "STORE": N_("May we write down what you tell us, and keep it? It is locked, and only those who help you read it."),
    "SERVICES": N_("May we begin to help you, in the way we have talked about?"),
    "INTERVIEW": N_("May we talk with you about what happened? You need not answer any question."),
    "SHARE_ORG": N_("May we tell %(recipient)s about you, so that they can help?"),
    "SHARE_POLICE": N_("May we tell the police about you? You get our help whether you agree or not."),
    "SHARE_ID_AUTH": N_(
        "May we ask the office of the state that decides on protection, and tell it about you? You get our help "
        "whether you agree or not."
    ),
    "STATS": N_("May we count you in our figures? Nobody can find you in them."),
    "RESEARCH": N_("May what you told us be used for research, without your name? Nobody can find you in it."),
    "TRACE": N_("May we look for your family?"),
    "ORIGIN": N_("May we tell %(recipient)s in the country you come from about you?"),
    "CONTACT_BACK": N_("May we get in touch with you later, in the way you find safe?"),
    "PHOTO_MEDIA": N_("May pictures of you, or your words, be shown? Once they are out nobody can take them back."),
    "COMPENSATION": N_("May we claim compensation for you?"),
}
