"""What may stand in the fields of a file of figures; whatever else stands there, the file is damaged."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from referral_desk.statistics.blocks import quarter_of
from referral_desk.vault import envelopes

ENDING = ".rdf"

MOST_SHELTERS = 500
LONGEST_NAME = 120
LARGEST_FIGURE = 10_000_000


def is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable()


def is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_FIGURE


def is_identity(value: Any) -> bool:
    is_hex = isinstance(value, str) and re.fullmatch(r"[0-9a-f]{128}", value) is not None
    return is_hex and envelopes.is_identity(bytes.fromhex(value))


def is_signature(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{128}", value) is not None


def is_party(value: Any) -> bool:
    is_object = isinstance(value, dict) and set(value) == {"name", "identity"}
    return is_object and is_text(value["name"]) and is_identity(value["identity"])


def is_roster(value: Any) -> bool:
    is_list = isinstance(value, list) and 0 < len(value) <= MOST_SHELTERS and all(map(is_party, value))
    return is_list and len({one["identity"] for one in value}) == len(value)


def is_period(value: Any) -> bool:
    """Whether it is whole quarters: what is shorter would be figures of a few days."""
    if not isinstance(value, list) or len(value) != 2:
        return False
    try:
        first, last = map(date.fromisoformat, value)
    except (TypeError, ValueError):
        return False
    is_whole = first == quarter_of(first).first and last == quarter_of(last).last
    return first <= last and is_whole and [first.isoformat(), last.isoformat()] == value


def is_block(value: Any) -> bool:
    """Whether it has the outline of a block; the rest is for whoever knows the family."""
    if not isinstance(value, dict) or set(value) != BLOCK_FIELDS or not is_period(value["period"]):
        return False
    names_fit = all(is_text(value[name]) for name in ("shelter", "family", "family_hash"))
    lists, tables = value["lists"], value["tables"]
    are_lists = isinstance(lists, dict) and all(are_texts(codes) for codes in lists.values())
    are_tables = isinstance(tables, list) and all(map(is_block_table, tables))
    certificate = value["certificate"]
    is_certificate = isinstance(certificate, dict) and set(certificate) == {"people", "figures"}
    counts = [value["format"], value["base"], *(certificate.values() if is_certificate else [None])]
    is_issue = type(value["issue"]) is int and value["issue"] in (1, 2)
    return names_fit and are_lists and are_tables and is_issue and all(map(is_count, counts))


BLOCK_FIELDS = frozenset(
    {"format", "shelter", "period", "family", "family_hash", "base", "issue", "lists", "tables", "certificate"}
)


def is_family(value: Any) -> bool:
    """Whether it has the outline of a family; whether its tables can be published says `families.from_data`."""
    if not isinstance(value, dict) or set(value) != FAMILY_FIELDS or not is_text(value["name"]):
        return False
    lists = [value[name] for name in ("dimensions", "tables", "impossible")]
    if not (all(isinstance(one, list) for one in lists) and is_count(value["base"]) and is_count(value["fewest"])):
        return False
    are_lists = all(map(are_texts, [*value["tables"], *value["impossible"]]))
    return (
        are_lists and all(len(one) == 4 for one in value["impossible"]) and all(map(is_dimension, value["dimensions"]))
    )


FAMILY_FIELDS = frozenset({"name", "base", "fewest", "dimensions", "tables", "impossible"})


def is_dimension(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"name", "codes", "parents", "at_most"}:
        return False
    parents = value["parents"]
    are_parents = isinstance(parents, dict) and all(isinstance(one, str) for one in parents.values())
    return is_text(value["name"]) and are_texts(value["codes"]) and are_parents and is_count(value["at_most"])


def is_block_table(value: Any) -> bool:
    is_table = isinstance(value, dict) and set(value) == {"by", "figures"} and are_texts(value["by"])
    return is_table and isinstance(value["figures"], list) and all(map(is_count, value["figures"]))


def are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def is_sealed(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", value) is not None and len(value) % 4 == 0


def is_tables(value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(one, dict) and set(one) == {"by", "cells"} for one in value):
        return False
    named = [one["by"] for one in value]
    is_named = all(isinstance(by, list) and all(isinstance(name, str) for name in by) for by in named)
    is_once = is_named and len({tuple(by) for by in named}) == len(named)
    return is_once and all(are_cells(one["cells"], len(one["by"])) for one in value)


def are_cells(value: Any, wide: int) -> bool:
    if not isinstance(value, list):
        return False
    places = []
    for one in value:
        if not isinstance(one, list) or len(one) != 2 or not is_count(one[1]):
            return False
        codes = one[0]
        if not isinstance(codes, list) or len(codes) != wide or not all(isinstance(code, str) for code in codes):
            return False
        places.append(tuple(codes))
    return len(set(places)) == len(places)
