"""Make what is carried to a laptop without a connection: `make package`, on the system it is meant for.

In dist/ lie afterwards a folder that runs anywhere by itself, the same packed, and on Debian and Ubuntu a package for
apt. Before anything is packed, the program in the folder goes through the whole demo, without the Python that built it.
The same commit gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from scripts.package import debian

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "build" / "package"
DIST = ROOT / "dist"
FOLDER = DIST / "referral-desk"
REQUIREMENTS = (ROOT / "requirements.txt", ROOT / "packaging" / "requirements.txt")


def main() -> None:
    shutil.rmtree(DIST, ignore_errors=True)
    python = _venv()
    _freeze(python)
    _refuse_connections()
    _add_licences(python)
    _set_times(_committed_at())
    _try_out()
    made = [_packed()]
    if debian.is_here():
        made.append(debian.package(FOLDER, DIST, _version(python)))
    _write_sums(made)
    for file in made:
        print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1e6:.0f} MB")


def _venv() -> Path:
    """A Python with the packages of the program alone: nothing of the workshop gets in."""
    folder = WORK / "venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        _run(sys.executable, "-m", "venv", str(folder))
    wanted = [word for file in REQUIREMENTS for word in ("--requirement", str(file))]
    _run(str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary=:all:", *wanted)
    return python


def _freeze(python: Path) -> None:
    print("Gathering the program and all that it needs ...", flush=True)
    ways = ("--distpath", str(DIST), "--workpath", str(WORK / "frozen"), "--log-level", "ERROR", "--noconfirm")
    surroundings = {"PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(_committed_at())}
    _run(str(python), "-m", "PyInstaller", *ways, str(ROOT / "packaging" / "referral-desk.spec"), **surroundings)


def _refuse_connections() -> None:
    """The program never asks for a connection; here even the library of Qt that could make one stays outside."""
    found = [path.name for path in FOLDER.rglob("*") if re.search(r"Qt6?(Network|Web|Qml|Quick)", path.name)]
    if found:
        sys.exit(
            f"These do not belong into the program: {', '.join(found)}; packaging/referral-desk.spec lists what does."
        )


def _add_licences(python: Path) -> None:
    """What the licences of all packages ask for: their texts, beside the program."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(subprocess.check_output([str(python), "-c", asked], text=True).strip())
    texts = FOLDER / "licences"
    shutil.copytree(ROOT / "packaging" / "licences", texts)
    shutil.copyfile(ROOT / "LICENSE", texts / "referral-desk.txt")
    for said in packages.glob("*.dist-info"):
        name = said.name.removesuffix(".dist-info")
        found = [text for text in said.rglob("*") if text.is_file() and _is_licence(text.relative_to(said))]
        for text in found or [said / "METADATA"]:
            target = texts / name / text.relative_to(said)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, target)


def _is_licence(name: Path) -> bool:
    return name.parts[0].lower() == "licenses" or name.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))


def _try_out() -> None:
    """The demo, with nothing of this computer's Python in reach."""
    print("Trying it out ...", flush=True)
    place = WORK / "tried"
    program = FOLDER / ("referral-desk.exe" if os.name == "nt" else "referral-desk")
    with (WORK / "tried.txt").open("w", encoding="utf-8") as said:
        demo = [sys.executable, "-m", "scripts.demo", str(place), str(program)]
        done = subprocess.run(demo, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT, check=False)
    shutil.rmtree(place, ignore_errors=True)
    if done.returncode != 0:
        sys.exit(f"The packaged program failed; what it said is in {WORK / 'tried.txt'}.")


def _packed() -> Path:
    """One compressed file that any system can open."""
    print("Packing ...", flush=True)
    file = DIST / f"referral-desk-{sys.platform}.tar.xz"
    with tarfile.open(file, "w:xz", preset=6) as archive:
        archive.add(FOLDER, arcname=FOLDER.name, filter=_nobodys)
    return file


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def _set_times(moment: int) -> None:
    for path in (FOLDER, *FOLDER.rglob("*")):
        os.utime(path, (moment, moment), follow_symlinks=False)


def _committed_at() -> int:
    return int(subprocess.check_output(["git", "log", "-1", "--format=%ct"], cwd=ROOT, text=True))


def _version(python: Path) -> str:
    asked = "import referral_desk; print(referral_desk.__version__)"
    return subprocess.check_output([str(python), "-c", asked], cwd=ROOT, text=True).strip()


def _write_sums(files: list[Path]) -> None:
    """SHA256SUMS, for whoever copies them to a stick and wants to know that they arrived whole."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _run(*call: str, **surroundings: str) -> None:
    done = subprocess.run(call, env=os.environ | surroundings, cwd=ROOT, check=False)
    if done.returncode != 0:
        sys.exit(f"Stopped: {call[0]} {call[2]} ended with {done.returncode}.")


if __name__ == "__main__":
    main()
