"""The layers: who may know whom. A module imports its own layer or one below it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "referral_desk"

LAYERS = (
    ("cli", "gui", "__main__"),
    ("exchange",),
    (
        "letters",
        "statistics",
        "pages",
        "step_lines",
        "directory",
        "undoing",
        "one_person",
        "asked_once",
        "beside",
        "staff",
        "second_person",
        "backup_passphrase",
        "roles",
        "roll",
        "founding",
        "chronicle",
        "standing",
        "erasure",
        "access",
        "disclosures",
        "enquiries",
        "answer_words",
        "referral_answers",
        "profile",
        "today",
        "expectation",
        "suggestion",
        "tasks",
    ),
    ("store", "journal"),
    ("nrm", "vault"),
    ("defects", "errors", "words", "resources", "settings", "files", "glossary"),
)
"""From the roof to the ground."""

STRANGERS = (("nrm", "vault"), ("vault", "nrm"), ("cli", "gui"), ("letters", "statistics"))
"""Rooms of one layer that must not know each other."""

OUTSIDERS = {
    "PySide6": ("gui",),
    "reportlab": ("letters", "statistics.charts", "statistics.report"),
    "uharfbuzz": ("letters.shaping",),
    "sqlcipher3": ("store.engine",),
    "sqlalchemy": (
        "nrm.fields",
        "nrm.record",
        "nrm.case",
        "nrm.directory",
        "store",
        "journal",
        "statistics",
        "exchange",
    ),
    "cryptography": ("vault",),
    "xlsxwriter": ("statistics",),
    "numpy": ("statistics",),
    "highspy": ("statistics.solver",),
    "click": ("cli",),
    "holidays": ("nrm.working_days",),
    "alembic": ("store.migrating",),
    "sqlite3": (),
    "tempfile": (),
    "socket": (),
    "urllib": (),
    "http": (),
    "logging": (),
}
"""Which package from outside may be known where; the last ones nowhere in the house."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(HOUSE.rglob("*.py")):
        name = ".".join(file.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(file.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module named in an import; of `from x import y` both `x` and `x.y`, because y may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "referral_desk":
                yield from (f"referral_desk.{name.name}" for name in node.names)


def room(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def layer(module: str) -> int:
    return next(height for height, rooms in enumerate(LAYERS) if room(module) in rooms)


EVERY = list(modules())


def own_imports(tree: ast.Module) -> set[str]:
    found = {name.removeprefix("referral_desk.") for name in imports(tree) if name.startswith("referral_desk.")}
    return {name for name in found if room(name) != "__version__"}


@pytest.mark.parametrize(("module", "tree"), EVERY, ids=[name for name, _tree in EVERY])
def test_nothing_knows_a_layer_above_it(module: str, tree: ast.Module) -> None:
    if module == "__init__":
        return

    upward = {other for other in own_imports(tree) if layer(other) < layer(module)}
    strange = {other for other in own_imports(tree) if (room(module), room(other)) in STRANGERS}

    assert upward == set()
    assert strange == set()


@pytest.mark.parametrize(("module", "tree"), EVERY, ids=[name for name, _tree in EVERY])
def test_a_package_from_outside_is_known_where_it_belongs(module: str, tree: ast.Module) -> None:
    for name in imports(tree):
        allowed = OUTSIDERS.get(name.split(".")[0])
        known_here = allowed is None or any(module == home or module.startswith(f"{home}.") for home in allowed)
        assert known_here or (name == "sqlalchemy.orm" and module.startswith("nrm.")), f"{module} imports {name}"


def test_windows_reach_the_store_through_one_door() -> None:
    """The door has rooms: desk_backups is what goes through it for a subject of its own."""
    through = {module for module, tree in EVERY if room(module) == "gui" and "store" in map(room, own_imports(tree))}

    assert {module for module in through if not module.startswith("gui.desk")} == set()


def test_migrations_import_nothing_of_the_program() -> None:
    for file in (HOUSE.parent / "migrations").rglob("*.py"):
        names = set(imports(ast.parse(file.read_text(encoding="utf-8"))))
        assert not any(name.startswith("referral_desk") for name in names), file.name


def test_no_file_grows_beyond_what_a_mind_holds() -> None:
    sizes = {
        str(file.relative_to(HOUSE)): len(file.read_text(encoding="utf-8").splitlines()) for file in HOUSE.rglob("*.py")
    }

    assert {name: size for name, size in sizes.items() if size > 340} == {}
