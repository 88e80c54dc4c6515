"""A publication: tables of a release with all that a reader must know, the same in every form it is written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from referral_desk.statistics import labels, presenting
from referral_desk.statistics.blocks import Block, Period, Release
from referral_desk.statistics.charts import Chart
from referral_desk.statistics.families import Family
from referral_desk.statistics.presenting import Shown, Which
from referral_desk.words import N_, _

Said = Callable[[], str]
"""A sentence in whatever language is spoken when it is asked for."""

SMALLEST_DIFFERENCE = 10
"""Smaller differences between two figures say nothing."""


@dataclass(frozen=True)
class Publication:
    """`method` and `sheet` are sentences in the language spoken; `open_blocks` says what is not in it yet and why.

    `again` makes the same of some of its tables, in the language spoken then.
    """

    organisation: str
    family: Family
    release: Release
    tables: tuple[Shown, ...]
    method: tuple[str, ...]
    sheet: tuple[str, ...]
    open_blocks: tuple[Said, ...]
    own: tuple[Which, ...] = ()

    def still_open(self) -> tuple[str, ...]:
        """Which blocks are not closed yet, and why, in the language spoken."""
        return tuple(said() for said in self.open_blocks)

    def again(self, which: Sequence[Which] = ()) -> Publication:
        return publication(
            self.organisation, self.family, self.release, which, open_blocks=self.open_blocks, own=self.own
        )

    @property
    def title(self) -> str:
        return labels.family(self.family.name)

    @property
    def periods(self) -> str:
        """Such as `2024, 2025-H1`."""
        return ", ".join(dict.fromkeys(block.period.label for block in sorted(self.release.blocks, key=_by_period)))

    def charts(self) -> tuple[Chart, ...]:
        """One for each table, and one over time where there are several blocks; made anew in the language spoken."""
        over_time = presenting.over_blocks(self.release)
        return (*([over_time] if over_time else []), *(table.chart() for table in self.tables))


def publication(
    organisation: str,
    family: Family,
    release: Release,
    which: Sequence[Which] = (),
    *,
    open_blocks: Sequence[Said] = (),
    own: Sequence[Which] = (),
) -> Publication:
    """What is published of a release; all its tables unless some are named. Those of which nothing is left stay out.

    `own` are tables that somebody composed, which are in no list.
    """
    there = own or presenting.in_release(family, release)
    chosen = [one for one in there if not which or one in which]
    tables = tuple(presenting.shown(release, one) for one in chosen)
    return Publication(
        organisation,
        family,
        release,
        tables,
        tuple(method(release, tables)),
        tuple(sheet(family, release)),
        tuple(open_blocks),
        tuple(own),
    )


def method(release: Release, tables: Sequence[Shown] = ()) -> list[str]:
    """The method statement: it stands in every file, whatever its form."""
    count, base = len(release.blocks), {"base": release.base, "most": release.base - 1}
    sentences = [
        _(_ROUNDED) % base,
        _("Tables add up: a total is the sum of its rows."),
        _("No figure of one period is more than %(most)s away from the true number; 0 may stand for 0 to %(most)s.")
        % base,
        _("Figures for a closed period never change."),
    ]
    if count > 1:
        sentences.append(
            _(
                "%(count)s blocks are added up here: a figure is usually off by about %(usual)s, and never by more "
                "than %(far)s."
            )
            % {"count": count, "usual": round(release.base / 2 * sqrt(count)), "far": release.farthest}
        )
    sentences.append(
        _("Differences under %(least)s should not be interpreted.")
        % {"least": max(SMALLEST_DIFFERENCE, 2 * round(release.usual_error))}
    )
    if any(release.in_part.values()):
        sentences.append(_(_IN_PART))
    sentences.append(_(_UNIT))
    if any(not table.adds_up for table in tables):
        sentences.append(_("Who gave several answers is counted in each of them, so that those rows do not add up."))
    return sentences


def sheet(family: Family, release: Release) -> list[str]:
    """What somebody reads before the file is saved: what is in it, what is folded, and the certificate."""
    said = [
        _("Block %(period)s (%(shelter)s): %(total)s persons.")
        % {"period": block.period.label, "shelter": block.shelter, "total": block.total}
        for block in sorted(release.blocks, key=_by_period)
    ]
    said += list(presenting.folded(family, release)) or [_("No category had to be folded.")]
    people = sum(block.certificate.people for block in release.blocks)
    figures = sum(block.certificate.figures for block in release.blocks)
    said.append(_(_CERTIFICATE) % {"people": people, "figures": figures, "base": release.base})
    said.append(
        _("Expected error of a figure: about %(usual)s; at most %(far)s.")
        % {"usual": round(release.usual_error), "far": release.farthest}
    )
    return said


def _by_period(block: Block) -> Period:
    return block.period


_ROUNDED = N_("All figures are rounded to multiples of %(base)s so that no person can be recognised.")
_UNIT = N_(
    "Counted are cases assisted. Somebody whom two organisations assisted is counted by each of them; "
    "categories with fewer than ten cases are counted together with others."
)
_IN_PART = N_(
    "“In 2 of 3 blocks” beside a line says that only these blocks had cases enough for it. In the others they are "
    "counted with others, so that the line is too low: mostly by less than ten for each of these blocks."
)
_CERTIFICATE = N_(
    "Checked: %(people)s invented people reproduce all %(figures)s figures of these blocks; nobody can narrow any "
    "figure of a block below a range of %(base)s values."
)
