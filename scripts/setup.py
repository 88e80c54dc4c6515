"""Make everything ready to run Referral Desk: `python3 scripts/setup.py`, on any system.

It makes `.venv` beside the program, installs the packages that requirements.txt and requirements-dev.txt lay
down (each checked against its hash) and the program itself. Run again, it does only what is left to do.
With `--windows` it also sees to the system libraries that Qt needs to draw windows without a screen, with
`--screen` to those for windows on a screen; both matter on Linux only.

Standard library only. The file stays readable to Python 3.6, hence the quoted types and the % signs, so that
whoever has an old Python is told so in a sentence and not by a syntax error.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "set-up.json"

REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")

# The versions the tests have run on; pyproject.toml says the same to pip.
OLDEST = (3, 11)
NEWEST = (3, 14)

# What a bare Debian or Ubuntu lacks for Qt. Newer releases add t64 to some names; apt still finds them.
OFFSCREEN_LIBRARIES = ("libegl1", "libgl1", "libxkbcommon0", "libfontconfig1", "libglib2.0-0", "libdbus-1-3")
# Qt complains of libxcb-cursor0 whichever of the xcb ones is missing.
SCREEN_LIBRARIES = (
    *OFFSCREEN_LIBRARIES,
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libwayland-cursor0",
)

# Between them these load every library of Qt that the program uses, and the application its platform plugin.
TRY_QT = (
    "import PySide6.QtPrintSupport, PySide6.QtSvgWidgets, PySide6.QtTest; "
    "from PySide6.QtWidgets import QApplication; QApplication([])"
)


class CannotSetUp(Exception):
    """What a person has to do first, in one sentence."""


def main() -> int:
    wishes = argparse.ArgumentParser(description="Make everything ready to run Referral Desk.")
    wishes.add_argument("--windows", action="store_true", help="also what Qt needs to draw without a screen")
    wishes.add_argument("--screen", action="store_true", help="also what Qt needs to draw on a screen")
    wish = wishes.parse_args()
    try:
        if wish.screen:
            require_screen()
        if not is_ready():
            make_venv()
            install_packages()
            STAMP.write_text(json.dumps(wanted(), indent=2) + "\n", encoding="utf-8")
            say("Ready: %s opens the window, %s is the desk without one." % (program("-window"), program()))
        if wish.screen:
            provide_qt_libraries(SCREEN_LIBRARIES, "qt-screen", platform=None)
        elif wish.windows:
            provide_qt_libraries(OFFSCREEN_LIBRARIES, "qt-offscreen", platform="offscreen")
    except CannotSetUp as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; run it again to go on.", file=sys.stderr)
        return 130
    return 0


def say(sentence: str) -> None:
    print(sentence, flush=True)


def program(ending: str = "") -> str:
    return str((PROGRAMS / ("referral-desk" + ending)).relative_to(ROOT))


# What is there already


def is_ready() -> bool:
    """True when `.venv` was made here, from the same requirements, and its Python has not been exchanged."""
    return VENV_PYTHON.exists() and stamped() == wanted()


def wanted() -> "dict[str, str]":
    digest = hashlib.sha256()
    for name in REQUIREMENTS:
        digest.update((ROOT / name).read_bytes())
    digest.update(own_metadata())
    # Programs in a .venv carry its place in their first line, and a system upgrade may exchange its Python.
    python = os.path.realpath(str(VENV_PYTHON))
    return {"place": str(ROOT), "python": python, "requirements": digest.hexdigest()}


def stamped() -> "dict[str, str]":
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(stamp)


def own_metadata() -> bytes:
    """The part of pyproject.toml that installing the program reads; settings of the workshop follow it."""
    return (ROOT / "pyproject.toml").read_bytes().partition(b"[tool.ruff]")[0]


# Python and .venv


def make_venv() -> None:
    """A `.venv` with pip. One that works is kept, so that only what changed is fetched."""
    asked = "import sys, pip; print('%d %d' % sys.version_info[:2])"
    version = tuple(map(int, (answer_of(VENV_PYTHON, asked) or "0 0").split()))
    moved = stamped().get("place", str(ROOT)) != str(ROOT)
    if OLDEST <= version <= NEWEST and not moved:
        return
    python = suitable_python()
    # Debian keeps the part of venv that brings pip in a package of its own.
    if answer_of(python, "import venv, ensurepip; print(ensurepip.version())") is None:
        provide_venv_module(python)
    say("Making .venv ...")
    done = subprocess.run([python, "-m", "venv", "--clear", str(VENV)], check=False)
    if done.returncode != 0:
        raise CannotSetUp("Python could not make %s; what stood in the way is said above." % VENV)


def suitable_python() -> str:
    """The running Python, or another on the PATH when the running one is too old or too new."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        # Not the one inside an activated .venv, which is about to be cleared.
        return getattr(sys, "_base_executable", sys.executable)
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        # A name on the PATH proves nothing: version managers leave names there that only print a complaint.
        if found and answer_of(found, "import sys; print('%d.%d' % sys.version_info[:2])") == "3.%d" % minor:
            return found
    raise CannotSetUp(
        "Referral Desk needs Python %d.%d to %d.%d and finds only %d.%d here: please install one of those."
        % (OLDEST + NEWEST + tuple(sys.version_info[:2]))
    )


def answer_of(python: "str | Path", line: str) -> "str | None":
    """What a line of Python prints; None when it fails, or when that Python does not run at all."""
    try:
        done = subprocess.run([str(python), "-c", line], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return None
    return done.stdout.decode().strip() if done.returncode == 0 else None


def provide_venv_module(python: str) -> None:
    version = answer_of(python, "import sys; print('%d.%d' % sys.version_info[:2])")
    if shutil.which("apt-get") is None or not os.path.realpath(python).startswith("/usr/bin/"):
        raise CannotSetUp("%s lacks its modules venv and ensurepip: please install them." % python)
    install_system_packages(("python%s-venv" % version,), why="This Python cannot make a .venv yet")


# Packages


def install_packages() -> None:
    say("Installing the packages (about 155 MB the first time) ...")
    # A wheel for every system we name exists; building from source would need compilers nobody here expects.
    pip(
        "--require-hashes",
        "--only-binary=:all:",
        *(word for name in REQUIREMENTS for word in ("--requirement", str(ROOT / name))),
    )
    # The program itself comes as a link to this folder: setuptools, there by now, needs no network for that.
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def pip(*what: str) -> None:
    manner = ["--disable-pip-version-check", "--no-input"]
    if not sys.stdout.isatty():
        manner += ["--quiet", "--quiet"]
    call = [str(VENV_PYTHON), "-m", "pip", "install", *manner, *what]
    done = subprocess.run(call, cwd=str(ROOT), check=False)
    if done.returncode != 0:
        raise CannotSetUp(
            "pip could not install the packages; its reason is above. They come from the Python Package "
            "Index, for Linux with glibc 2.34 (on ARM 2.39), Windows 10, macOS 14, and what is newer."
        )


# System libraries


def require_screen() -> None:
    """Qt would end the process with a page of words about platform plugins."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if on_linux() and not any(os.environ.get(name) for name in screens):
        raise CannotSetUp("There is no screen here to open a window on: `make demo` shows Referral Desk without one.")


def provide_qt_libraries(packages: "tuple[str, ...]", name: str, platform: "str | None") -> None:
    """Nothing but Linux lacks libraries for Qt; `name` is the stamp that spares the next run the question."""
    known = VENV / name
    if not on_linux() or known.exists():
        return
    complaint = qt_complaint(platform)
    if complaint and "connect to display" not in complaint and shutil.which("apt-get"):
        install_system_packages(packages, why="Qt lacks system libraries")
        complaint = qt_complaint(platform)
    if complaint:
        raise CannotSetUp("Qt does not start here: %s" % complaint)
    known.touch()


def on_linux() -> bool:
    return sys.platform.startswith("linux")


def qt_complaint(platform: "str | None") -> str:
    """Why Qt does not start, in one line of its own words; empty when it does."""
    surroundings = dict(os.environ)
    if platform:
        surroundings["QT_QPA_PLATFORM"] = platform
    done = subprocess.run(
        [str(VENV_PYTHON), "-c", TRY_QT],
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode == 0:
        return ""
    words = done.stderr.decode(errors="replace").strip().splitlines()
    if not words:
        return "it ended with code %d and said nothing" % done.returncode
    # Python ends with the reason; Qt begins with it and goes on to list its platforms.
    return words[-1] if words[0].startswith("Traceback") else words[0]


def install_system_packages(packages: "tuple[str, ...]", why: str) -> None:
    """With apt, where nobody needs to be asked for a password; otherwise the command is said."""
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    by_hand = " ".join(install)
    rights = rights_to_install()
    if rights is None:
        raise CannotSetUp("%s: please run `%s` as root, then this again." % (why, by_hand))
    say("%s; installing %s ..." % (why, " ".join(packages)))
    # The lists of a bare machine are empty or old, and only apt knows which.
    if not apt(rights, install) and not (apt(rights, ["apt-get", "update"]) and apt(rights, install)):
        raise CannotSetUp("%s, and apt failed: please see what `%s` says as root." % (why, by_hand))


def rights_to_install() -> "list[str] | None":
    """The words that go before a command to run it as root; None when that is not ours to do."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def apt(rights: "list[str]", command: "list[str]") -> bool:
    """Wait for another apt that is at work, ask nothing, print nothing."""
    words = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", *command, "-o", "DPkg::Lock::Timeout=120"]
    silent = subprocess.DEVNULL
    return subprocess.run(words, stdin=silent, stdout=silent, stderr=silent, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
