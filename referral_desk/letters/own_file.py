"""Everything that is kept about one person, on paper, for that person (GDPR, art. 15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from referral_desk import words
from referral_desk.access import Access, Recorded
from referral_desk.letters.report import Part, Printed, Report, Said, printed
from referral_desk.words import N_, _, ngettext

LEAD = (
    N_("This is everything that we keep about you: what was recorded, whom we told, and who has read it."),
    N_("It is about nobody else. Where an answer speaks of another person as well, it is withheld and says so."),
)
RIGHTS = (
    N_("You may have what is wrong put right, and what is missing added (GDPR, art. 16)."),
    N_(
        "You may have all of it erased, unless a court needs it (art. 17), or ask us not to use it meanwhile (art. 18)."
    ),
    N_("You may withdraw your consent at any time. No help that you receive depends on it (art. 7)."),
    N_("You may complain to the authority that protects personal data, and to a court (art. 77 and 79)."),
)
PURPOSE = N_("We keep it to help and protect you, and to be able to show what was done.")
NO_MACHINE = N_("No machine decides anything about you.")


def own_file(given: Access, *, language: str) -> Printed:
    """The paper in the language in which everything was gathered and is spoken."""
    with words.speaking(language):
        report = Report(
            title=_("What we keep about you"),
            reference=given.code,
            sender=(given.organisation, given.contact),
            day=words.day(given.today),
            lead=tuple(map(_, LEAD)),
            parts=tuple(_parts(given)),
        )
        return printed(report, language=language)


def _parts(given: Access) -> Iterator[Part]:
    until = _("It is kept until %(day)s, unless you ask for its erasure before, or a court needs it for longer.")
    yield Part(_("Why, and how long"), (_(PURPOSE), until % {"day": words.day(given.kept_until)}, _(NO_MACHINE)))
    yield from (_recorded(one) for one in given.recorded)
    yield from (_recorded(one) for one in given.drafts)
    yield Part(_("Who was told"), tuple(_handed(given)))
    yield Part(_("Who did what with it"), tuple(_acts(given.acts)))
    yield Part(_("What you may ask for"), tuple(map(_, RIGHTS)))


def _recorded(one: Recorded) -> Part:
    day = f"{one.label}, {words.day(one.day)}" if one.day else one.label
    lines = tuple(Said(answer.label, answer.text) for answer in one.answers)
    return Part(day, lines or (_("Nothing more was recorded."),), small=_standing(one))


def _standing(one: Recorded) -> str:
    """Whether this is how it stands today."""
    told = {"day": words.day(on_this_clock(one.recorded_at).date())}
    if one.id is None:
        return _("A form that is half filled, last kept on %(day)s") % told
    if one.is_current:
        return _("Recorded on %(day)s") % told
    return _("Recorded on %(day)s, as it was before it was corrected") % told


def _handed(given: Access) -> Iterator[str]:
    told = _("%(recipient)s, on %(day)s, under the reference %(reference)s")
    spoken = _("%(recipient)s, on %(day)s, by word of mouth")
    for one in given.handed:
        line = told if one.reference else spoken
        said = line % {"recipient": one.recipient, "day": words.day(one.day), "reference": one.reference}
        yield f"{said}: {', '.join(one.what)}" if one.what else said
    if not given.handed:
        yield _("Nobody was told on paper.")


def _acts(acts: tuple[tuple[datetime, str], ...]) -> Iterator[Said]:
    """What was done on a day, once; how often stands behind it."""
    for (day, sentence), alike in groupby(acts, key=lambda act: (on_this_clock(act[0]).date(), act[1])):
        yield Said(words.day(day), _often(sentence, len(list(alike))))


def _often(sentence: str, count: int) -> str:
    if count == 1:
        return sentence
    times = ngettext("(%(count)d time)", "(%(count)d times)", count) % {"count": count}
    return f"{sentence} {times}"


def on_this_clock(at: datetime) -> datetime:
    """A time of the journal, which keeps UTC, as the clock of this computer showed it."""
    return at.replace(tzinfo=UTC).astimezone()
