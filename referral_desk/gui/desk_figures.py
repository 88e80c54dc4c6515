"""What goes through the door for figures: functions of a piece of work or of a whole desk. Nothing is unsealed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from referral_desk import words
from referral_desk.gui.desk import Door, Then


@dataclass(frozen=True)
class Together:
    """What the page of sums shows: this desk, the others, the blocks that came, the rounds."""

    us: Any
    words: tuple[str, ...]
    known: tuple[Any, ...]
    periods: tuple[Any, ...]
    received: tuple[Any, ...]
    rounds: tuple[Any, ...]


def families(door: Door, then: Then) -> None:
    """The families there are: name and what it is called."""
    door.ask(_families, then)


def standing(door: Door, family: str, then: Then) -> None:
    """Which blocks are closed, which are due, and why others are still open."""
    door.ask(partial(_standing, family=family), then)


def close_due(door: Door, stops: Callable[[], bool], then: Then, refused: Then) -> None:
    """Close every period that is due, until it is to stop; brings how many. The door tells how far it is."""
    door.do(partial(_close_due, stops=stops, on_progress=door.progress.emit), then, refused=refused)


def bring_back(door: Door, paths: Sequence[str], then: Then, refused: Then) -> None:
    """Take back blocks of ours that were published before the desk was restored; all of them or none."""
    changed(door, partial(_bring_back, paths=[Path(one) for one in paths]), then, refused)


def settle(door: Door, *, was_published: bool, then: Then, refused: Then) -> None:
    """Say how it stands with what was published before the desk was restored."""
    changed(door, partial(_settle, was_published=was_published), then, refused)


def published(door: Door, family: str, periods: Sequence[str], then: Then, refused: Then) -> None:
    door.ask(partial(_published, family=family, periods=periods), then, refused=refused)


def send_block(door: Door, family: str, period: str, path: str, then: Then, refused: Then) -> None:
    """Write one of our blocks for whoever adds up."""
    door.do(partial(_send_block, family=family, period=period, path=Path(path)), then, refused=refused)


def invent(door: Door, path: str, then: Then, refused: Then) -> None:
    """Write invented records whose tables are the published ones."""
    door.do(partial(_invent, path=Path(path)), then, refused=refused)


def dimensions(door: Door, then: Then) -> None:
    """What can be counted by: name and what it is called."""
    door.ask(_dimensions, then)


def look_inside(door: Door, by: Sequence[str], then: Then, refused: Then) -> None:
    """The true figures of today."""
    door.do(partial(_look_inside, by=by), then, refused=refused)


def write(door: Door, told: Any, which: Sequence[Any], path: str, *, language: str, then: Then, refused: Then) -> None:
    """Write the chosen tables in a language, in the form that the ending names."""
    door.do(partial(_write, told=told, which=which, path=Path(path), language=language), then, refused=refused)


def together(door: Door, family: str, then: Then) -> None:
    door.ask(partial(_together, family=family), then)


def call_us(door: Door, name: str, then: Then) -> None:
    changed(door, partial(_call_us, name=name), then, None)


def save_introduction(door: Door, path: str, then: Then, refused: Then) -> None:
    door.do(partial(_save_introduction, path=Path(path)), then, refused=refused)


def bring_in(door: Door, path: str, then: Then, refused: Then) -> None:
    changed(door, partial(_bring_in, path=Path(path)), then, refused)


def confirm(door: Door, identity: str, then: Then) -> None:
    changed(door, partial(_confirm, identity=identity), then, None)


def forget(door: Door, identity: str, then: Then) -> None:
    changed(door, partial(_forget, identity=identity), then, None)


def take_in(door: Door, family: str, paths: Sequence[str], then: Then, refused: Then) -> None:
    changed(door, partial(_take_in, family=family, paths=[Path(one) for one in paths]), then, refused)


def sum_of_blocks(door: Door, family: str, then: Then, refused: Then) -> None:
    """The sum of all blocks that came, as a publication."""
    door.ask(partial(_sum_of_blocks, family=family), then, refused=refused)


def recipients(door: Door, then: Then) -> None:
    """With whom somebody's consent to share is in force."""
    door.ask(_recipients, then)


def look_at_records(door: Door, recipient: str, then: Then, refused: Then) -> None:
    """What would be handed over, in sentences."""
    door.ask(partial(_told_of_records, recipient=recipient), then, refused=refused)


def hand_over(door: Door, recipient: str, path: str, then: Then, refused: Then) -> None:
    door.do(partial(_hand_over, recipient=recipient, path=Path(path)), then, refused=refused)


def changed(door: Door, do: Callable[[Any], Any], then: Then, refused: Then | None) -> None:
    """A piece of work with no seal in force that keeps what it did."""
    door.do(partial(_unsealed, do=do), then, refused=refused)


def _unsealed(desk: Any, do: Callable[[Any], Any]) -> Any:
    with desk.work(unsealed=False) as work:
        return do(work)


def _families(_work: Any) -> list[tuple[str, str]]:
    from referral_desk.statistics import labels, standard

    return [(name, labels.family(name)) for name in standard.names()]


def common_family(work: Any, name: str) -> Any:
    """The family by which figures of several desks add up."""
    from referral_desk.exchange import common_tables

    return common_tables.in_force(work, name)


def _standing(work: Any, family: str) -> Any:
    from referral_desk.exchange import our_figures

    return our_figures.standing(work, family)


def _close_due(desk: Any, stops: Callable[[], bool], on_progress: Callable[[int, int], object]) -> int:
    from referral_desk.exchange import our_figures

    return our_figures.close_due(desk, on_progress=on_progress, stops=stops)


def _bring_back(work: Any, paths: Sequence[Path]) -> int:
    from referral_desk.exchange import our_figures

    return len([our_figures.bring_back(work, path) for path in paths])


def _settle(work: Any, *, was_published: bool) -> None:
    from referral_desk.exchange import our_figures

    our_figures.settle(work, was_published=was_published)


def _published(work: Any, family: str, periods: Sequence[str]) -> Any:
    from referral_desk.exchange import our_figures

    return our_figures.published(work, family, periods)


def _send_block(desk: Any, family: str, period: str, path: Path) -> Path:
    from referral_desk.exchange import handing, our_figures

    handing.hand_out(desk, path, lambda work: our_figures.block_for_all(work, family, period))
    return path


def _invent(desk: Any, path: Path) -> Path:
    from referral_desk.exchange import handing, our_figures

    handing.hand_out(desk, path, our_figures.invented)
    return path


def _dimensions(_work: Any) -> list[tuple[str, str]]:
    from referral_desk import statistics

    return [(one.name, one.label) for one in statistics.dimensions()]


def _look_inside(desk: Any, by: Sequence[str]) -> Any:
    from referral_desk.statistics import inside

    return inside.look(desk, by)


def _write(desk: Any, told: Any, which: Sequence[Any], path: Path, language: str) -> Path:
    from referral_desk.exchange import handing, our_figures
    from referral_desk.statistics import writing

    with words.speaking(language):
        content = writing.content(told.again(which), path.suffix)
    with handing.handing_out(desk) as (work, give):
        our_figures.note_published(work, told)
        give(path, content)
    return path


def _together(work: Any, family: str) -> Together:
    from referral_desk.exchange import merging, partners, rounds

    found = common_family(work, family)
    own = partners.ourselves(work)
    begun = tuple(one for one in rounds.every(work) if one.family == found.hash)
    periods = rounds.periods(work.today)
    received = merging.received(work, found)
    return Together(own, partners.our_words(work), partners.known(work), periods, received, begun)


def _call_us(work: Any, name: str) -> None:
    from referral_desk.store import figures_key

    figures_key.call(work, name)


def _save_introduction(desk: Any, path: Path) -> None:
    from referral_desk.exchange import handing, partners

    handing.hand_out(desk, path, partners.our_introduction)


def _bring_in(work: Any, path: Path) -> Any:
    from referral_desk.exchange import partners

    return partners.bring_in(work, path)


def _confirm(work: Any, identity: str) -> None:
    from referral_desk.exchange import partners

    partners.confirm(work, identity)


def _forget(work: Any, identity: str) -> None:
    from referral_desk.exchange import partners

    partners.forget(work, identity)


def _take_in(work: Any, family: str, paths: Sequence[Path]) -> int:
    from referral_desk.exchange import merging

    return len(merging.take_in(work, common_family(work, family), paths))


def _sum_of_blocks(work: Any, family: str) -> Any:
    from referral_desk.exchange import merging
    from referral_desk.statistics import publication

    found = common_family(work, family)
    release = merging.summed(found, merging.received(work, found))
    return publication.publication(work.about().organisation, found, release)


def _recipients(work: Any) -> tuple[str, ...]:
    from referral_desk.exchange import htcds

    return htcds.recipients(work)


def _told_of_records(work: Any, recipient: str) -> tuple[str, ...]:
    from referral_desk.exchange import htcds

    return tuple(htcds.told(htcds.records(work, recipient)))


def _hand_over(desk: Any, recipient: str, path: Path) -> int:
    from referral_desk.exchange import htcds

    return len(htcds.hand_over(desk, recipient, path).lines)
