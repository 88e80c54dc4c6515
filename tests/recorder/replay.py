"""A power cut, replayed: the folder as it may be found when power fails after some of the recorded operations.

What was synced is there. Of the rest any part may be: writes survive or vanish by sectors of 512 bytes, and a name
that was made, moved or removed is as it was before until its folder is synced. That is what POSIX allows; common file
systems are kinder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

from tests.recorder import Operation

SECTOR = 512

Survives = Callable[[int], bool]
"""Whether something survives that happened at this number of an operation, and was not synced."""

FATES = ("nothing", "everything", "the first ones", "any")
"""What becomes of what was not synced; `the first ones` is a file system that keeps the order."""


@dataclass(eq=False)
class File:
    """`now` is what the process sees; `waiting` are the changes since `synced`: number, offset, bytes (None: cut)."""

    now: bytearray
    synced: bytes
    waiting: list[tuple[int, int, bytes | None]] = field(default_factory=list)


@dataclass(eq=False)
class Folder:
    """As a file, but of names; what waits is a number, a name that goes and one that comes with what it names."""

    now: dict[str, File | Folder]
    synced: dict[str, File | Folder]
    waiting: list[tuple[int, str, str, File | Folder | None]] = field(default_factory=list)


class Disk:
    """A folder as it is before a process works in it, and then operation by operation."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, File | Folder] = {}
        self._top = self._folder(root)
        self._number = 0

    def apply(self, operation: Operation) -> None:
        """Let one operation happen; those outside the folder do nothing."""
        self._number += 1
        if operation.path == str(self._root) or operation.path.startswith(f"{self._root}/"):
            _DO[operation.name](self, operation)

    def survivor(self, target: Path, fate: str, rng: Random) -> None:
        """Write the folder as it may be found now that power fails; `fate` is one of FATES."""
        upto, share = rng.randint(0, self._number), rng.random()
        survives: dict[str, Survives] = {
            "nothing": lambda _number: False,
            "everything": lambda _number: True,
            "the first ones": lambda number: number < upto or (number == upto and rng.random() < share),
            "any": lambda _number: rng.random() < share,
        }
        shutil.rmtree(target, ignore_errors=True)
        _write(self._top, target, survives[fate])

    def write(self, operation: Operation) -> None:
        file = self._file(operation)
        _change(file.now, operation.offset, operation.content)
        file.waiting.append((self._number, operation.offset, operation.content))

    def cut(self, operation: Operation) -> None:
        file = self._file(operation)
        _change(file.now, operation.offset, None)
        file.waiting.append((self._number, operation.offset, None))

    def sync(self, operation: Operation) -> None:
        node = self._known[operation.file]
        node.waiting.clear()
        if isinstance(node, File):
            node.synced = bytes(node.now)
        else:
            node.synced = dict(node.now)

    def create(self, operation: Operation) -> None:
        made = File(bytearray(), b"")
        self._known[operation.file] = made
        self._rename("", operation.path, made)

    def mkdir(self, operation: Operation) -> None:
        made = Folder({}, {})
        self._known[operation.file] = made
        self._rename("", operation.path, made)

    def rename(self, operation: Operation) -> None:
        self._rename(operation.path, operation.other, self._known[operation.file])

    def unlink(self, operation: Operation) -> None:
        self._rename(operation.path, "", None)

    def nothing(self, operation: Operation) -> None:
        """What goes past the files, or says nothing of their bytes."""

    def _rename(self, former: str, name: str, node: File | Folder | None) -> None:
        places = {os.path.dirname(path) for path in (former, name) if path}  # noqa: PTH120
        if len(places) != 1:
            raise NotImplementedError("a name that moves from one folder to another")
        folder = self._at(places.pop())
        going, coming = Path(former).name, Path(name).name
        folder.waiting.append((self._number, going, coming, node))
        _enter(folder.now, going, coming, node)

    def _at(self, path: str) -> Folder:
        found: File | Folder = self._top
        for name in Path(path).relative_to(self._root).parts:
            assert isinstance(found, Folder)
            found = found.now[name]
        assert isinstance(found, Folder)
        return found

    def _file(self, operation: Operation) -> File:
        found = self._known[operation.file]
        assert isinstance(found, File)
        return found

    def _folder(self, path: Path) -> Folder:
        names = {inner.name: self._folder(inner) if inner.is_dir() else _read(inner) for inner in path.iterdir()}
        folder = Folder(dict(names), names)
        for name, node in names.items():
            self._known[_inode(path / name)] = node
        self._known[_inode(path)] = folder
        return folder


_DO: dict[str, Callable[[Disk, Operation], None]] = {
    "write": Disk.write,
    "cut": Disk.cut,
    "sync": Disk.sync,
    "create": Disk.create,
    "mkdir": Disk.mkdir,
    "rename": Disk.rename,
    "unlink": Disk.unlink,
    "rmdir": Disk.unlink,
    "map": Disk.nothing,
    "stream": Disk.nothing,
}


def _inode(path: Path) -> str:
    found = path.stat()
    return f"{found.st_dev}:{found.st_ino}"


def _read(path: Path) -> File:
    content = path.read_bytes()
    return File(bytearray(content), content)


def _change(content: bytearray, offset: int, written: bytes | None) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    if written is None:
        del content[offset:]
    else:
        content[offset : offset + len(written)] = written


def _enter(names: dict[str, File | Folder], going: str, coming: str, node: File | Folder | None) -> None:
    if going:
        names.pop(going, None)
    if coming and node is not None:
        names[coming] = node


def _write(folder: Folder, target: Path, survives: Survives) -> None:
    names = dict(folder.synced)
    for number, going, coming, node in folder.waiting:
        if survives(number):
            _enter(names, going, coming, node)
    target.mkdir(mode=0o700)
    for name, node in names.items():
        if isinstance(node, Folder):
            _write(node, target / name, survives)
        else:
            (target / name).write_bytes(_surviving(node, survives))


def _surviving(file: File, survives: Survives) -> bytes:
    content = bytearray(file.synced)
    for number, offset, written in file.waiting:
        if written is None:
            if survives(number):
                _change(content, offset, None)
            continue
        for begin, end in _sectors(offset, len(written)):
            if survives(number):
                _change(content, begin, written[begin - offset : end - offset])
    return bytes(content)


def _sectors(offset: int, length: int) -> list[tuple[int, int]]:
    """The pieces of a write that a disk keeps or loses as a whole."""
    borders = [offset, *range(offset - offset % SECTOR + SECTOR, offset + length, SECTOR), offset + length]
    return list(pairwise(borders))
