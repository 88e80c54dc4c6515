"""The package for Debian and Ubuntu."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from scripts.setup import SCREEN_LIBRARIES

ROOT = Path(__file__).resolve().parent.parent.parent
LINUX = ROOT / "packaging" / "linux"
ICON = ROOT / "resources" / "icons" / "hand-helping.svg"
CONTROL = """\
Package: referral-desk
Version: {version}
Architecture: {architecture}
Maintainer: The Referral Desk authors
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: libcups2 | libcups2t64
Section: misc
Priority: optional
Description: offline desk for organisations that assist trafficked people
 Keeps case records in an encrypted store, follows the steps of a National
 Referral Mechanism, and prints anonymised referral forms.
 It opens no network connection.
"""


def is_here() -> bool:
    """Whether this system can make one."""
    return shutil.which("dpkg-deb") is not None


def package(folder: Path, dist: Path, version: str) -> Path:
    """Pack a folder that runs by itself; the times of its files are kept."""
    moment = folder.stat().st_mtime
    tree = dist / "debian"
    shutil.copytree(folder, tree / "usr" / "lib" / "referral-desk", symlinks=True)
    _put_into_menu(tree)
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(_control(tree, version), encoding="utf-8")
    for path in (tree, *tree.rglob("*")):
        os.utime(path, (moment, moment), follow_symlinks=False)
    file = dist / f"referral-desk_{version}_{_architecture()}.deb"
    ways = ("--root-owner-group", "-Zzstd")  # a tenth of the time of xz, hardly larger
    surroundings = os.environ | {"SOURCE_DATE_EPOCH": str(int(moment))}
    subprocess.run(
        ["dpkg-deb", *ways, "--build", str(tree), str(file)], env=surroundings, check=True, stdout=subprocess.DEVNULL
    )
    shutil.rmtree(tree)
    return file


def _put_into_menu(tree: Path) -> None:
    command = tree / "usr" / "bin" / "referral-desk"
    command.parent.mkdir()
    command.symlink_to("../lib/referral-desk/referral-desk")
    for source, target in (
        (LINUX / "referral-desk.desktop", "applications/referral-desk.desktop"),
        (ICON, "icons/hicolor/scalable/apps/referral-desk.svg"),
        (LINUX / "copyright", "doc/referral-desk/copyright"),
    ):
        place = tree / "usr" / "share" / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)


def _control(tree: Path, version: str) -> str:
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*")) // 1024
    return CONTROL.format(
        version=version, architecture=_architecture(), kilobytes=kilobytes, depends=", ".join(_depends())
    )


def _depends() -> list[str]:
    """No older C library than Python was built with here, and what Qt draws with, by its older and newer names."""
    glibc = str(os.confstr("CS_GNU_LIBC_VERSION")).split()[-1]
    return [f"libc6 (>= {glibc})", *(f"{name} | {name}t64" for name in SCREEN_LIBRARIES)]


def _architecture() -> str:
    return subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
