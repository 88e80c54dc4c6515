"""What an outsider reads: block files and the family file, and the rules that the method statement makes public."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np

Names = tuple[str, ...]


@dataclass
class Export:
    """One block as published: arrays by table, the categories, and which pairs of categories nobody can have."""

    period: str
    base: int
    lists: dict[str, list[str]]
    tables: dict[Names, np.ndarray]
    impossible: set[tuple[str, str, str, str]]
    holds: dict[str, dict[str, list[str]]]
    fewest: int = 10
    last: str = ""


Sum = tuple[dict[Names, np.ndarray], dict[str, list[str]]]
"""Published figures of several blocks together, and their categories."""


def totals(folder: Path, family: str) -> list[Sum]:
    """The sums that were published, one after each block: of the first, of the first two and so on."""
    files = sorted(folder.glob(f"sum-{family}-*.json"))
    found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return [(_tables(held), held["lists"]) for held in found]


def exports(folder: Path) -> dict[str, list[Export]]:
    """Everything in a folder of exported files, by family, in order of time."""
    families = {}
    for file in folder.glob("family-*.json"):
        held = json.loads(file.read_text(encoding="utf-8"))
        families[held["name"]] = held
    found: dict[str, list[Export]] = {name: [] for name in families}
    for file in sorted(folder.glob("block-*.json")):
        held = json.loads(file.read_text(encoding="utf-8"))
        found[held["family"]].append(_export(held, families[held["family"]]))
    return {name: sorted(some, key=lambda one: one.period) for name, some in found.items()}


def wrong_sums(export: Export) -> tuple[int, int]:
    """How many margins are not the sum of their table, and how many were added up."""
    wrong = checked = 0
    for names, table in export.tables.items():
        for left in range(len(names)):
            margin = export.tables[names[:left] + names[left + 1 :]]
            checked += margin.size
            wrong += int((table.sum(axis=left) != margin).sum())
    return wrong, checked


def cliques(tables: list[Names]) -> list[Names]:
    """Cliques of the graph of tables with chords added, by taking out whatever has the fewest neighbours."""
    around: dict[str, set[str]] = {name: set() for names in tables for name in names}
    for names in tables:
        for one, other in combinations(names, 2):
            around[one].add(other)
            around[other].add(one)
    order = {name: at for at, name in enumerate(around)}
    found: list[set[str]] = []
    while around:
        name = min(around, key=lambda one: (len(around[one]), order[one]))
        near = around.pop(name)
        for one in near:
            around[one] |= near - {one}
            around[one].discard(name)
        if not any({name, *near} <= other for other in found):
            found.append({name, *near})
    return [tuple(sorted(one, key=order.__getitem__)) for one in found]


def _export(held: dict[str, Any], family: dict[str, Any]) -> Export:
    lists = held["lists"]
    holds = {one["name"]: _held(one, lists[one["name"]]) for one in family["dimensions"]}
    excluded = _impossible(lists, family, holds)
    first, last = held["period"]
    return Export(first, held["base"], lists, _tables(held), excluded, holds, family["fewest"], last)


def _tables(held: dict[str, Any]) -> dict[Names, np.ndarray]:
    lists = held["lists"]
    return {
        tuple(one["by"]): np.array(one["figures"]).reshape([len(lists[name]) for name in one["by"]])
        for one in held["tables"]
    }


def _impossible(
    lists: dict[str, list[str]], family: dict[str, Any], held: dict[str, dict[str, list[str]]]
) -> set[tuple[str, str, str, str]]:
    """Pairs of published categories all of whose codes exclude each other by the meaning of the words."""
    rules = {tuple(rule) for rule in family["impossible"]}
    found = set()
    for one, other in {(rule[0], rule[2]) for rule in rules}:
        for code, other_code in product(lists[one], lists[other]):
            pairs = list(product(held[one][code], held[other][other_code]))
            if pairs and all((one, leaf, other, other_leaf) in rules for leaf, other_leaf in pairs):
                found.add((one, code, other, other_code))
    return found


def _held(dimension: dict[str, Any], shown: list[str]) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {code: [] for code in shown}
    for code in dimension["codes"]:
        at = code
        while at not in held:
            at = dimension["parents"].get(at, "*")
        held[at].append(code)
    return held
