"""What the card of sealed rounds asks of the desk; see desk_figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from referral_desk.gui.desk import Door
from referral_desk.gui.desk_figures import Then, changed, common_family


def begin_round(
    door: Door, family: str, period: Any, roster: Sequence[str], path: str, then: Then, refused: Then
) -> None:
    """Fix who takes part and write the invitation."""
    door.do(partial(_begin_round, family=family, period=period, roster=roster, path=Path(path)), then, refused=refused)


def contribute(door: Door, family: str, invitation: str, path: str, then: Then, refused: Then) -> None:
    """Seal our exact tables for the round of an invitation."""
    door.do(partial(_contribute, family=family, invitation=Path(invitation), path=Path(path)), then, refused=refused)


def count_round(door: Door, round_id: str, family: str, paths: Sequence[str], then: Then, refused: Then) -> None:
    """Add up the tables that came for a round, as a publication."""
    changed(
        door, partial(_count_round, round_id=round_id, family=family, paths=[Path(one) for one in paths]), then, refused
    )


def give_up_round(door: Door, round_id: str, path: str, then: Then, refused: Then) -> None:
    """Declare a round void and write the notice of it."""
    door.do(partial(_give_up, round_id=round_id, path=Path(path)), then, refused=refused)


def hear_of_void_round(door: Door, path: str, then: Then, refused: Then) -> None:
    """Bring in the notice of a round that was given up; the period that is free comes back."""
    changed(door, partial(_hear_of_void, path=Path(path)), then, refused)


def _begin_round(desk: Any, family: str, period: Any, roster: Sequence[str], path: Path) -> None:
    from referral_desk.exchange import handing, rounds

    handing.hand_out(desk, path, lambda work: rounds.begin(work, common_family(work, family), period, roster))


def _contribute(desk: Any, family: str, invitation: Path, path: Path) -> None:
    from referral_desk.exchange import handing, our_figures

    handing.hand_out(desk, path, lambda work: our_figures.contribution(work, family, invitation))


def _count_round(work: Any, round_id: str, family: str, paths: Sequence[Path]) -> Any:
    from referral_desk.exchange import rounds
    from referral_desk.statistics import blocks, publication

    found = common_family(work, family)
    release = blocks.summed(found, [rounds.count(work, round_id, found, paths)])
    return publication.publication(work.about().organisation, found, release)


def _give_up(desk: Any, round_id: str, path: Path) -> None:
    from referral_desk.exchange import handing, void_rounds

    handing.hand_out(desk, path, lambda work: void_rounds.give_up(work, round_id))


def _hear_of_void(work: Any, path: Path) -> Any:
    from referral_desk.exchange import void_rounds

    return void_rounds.bring_in(work, path)
