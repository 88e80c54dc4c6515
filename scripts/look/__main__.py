"""Take a picture of every page of the windows and of every document, for human eyes: `make look`.

Everything is drawn into memory and written below look/, which git ignores. The desk is a practice desk, made for
the occasion in a temporary folder and gone afterwards. `-m scripts.look dark small` takes only those rounds;
`-m scripts.look keys` records a case by real key presses on a virtual screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from referral_desk import settings
from referral_desk.gui.desk import PRACTICE_PASSPHRASE
from scripts.look import keys
from scripts.look.desks import make_desk, make_kept_desk
from scripts.look.finding import may_be_printed
from scripts.look.keeping import keeping
from scripts.look.rooms import walk
from scripts.look.waiting import LOOK, keep

ROUNDS = {
    "light": ("en", "light", (1440, 900)),
    "dark": ("en", "dark", (1440, 900)),
    "arabic": ("ar", "light", (1440, 900)),
    "serbian": ("sr_Cyrl", "light", (1440, 900)),
    "small": ("en", "light", (1280, 720)),
    "narrow": ("sr_Latn", "dark", (960, 600)),
    "tired": ("ar", "dark", (1280, 720)),
}
"""Language, theme and size of each round of pictures."""


def main() -> int:
    """The rounds that were asked for, or all of them; keys alone where those were."""
    LOOK.mkdir(exist_ok=True)
    if sys.argv[1:] == ["keys"]:
        return keys.main()
    return rounds(sys.argv[1:] or list(ROUNDS))


def rounds(names: list[str]) -> int:
    """Every page and every letter, in each of these rounds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = home
        folder = make_desk(Path(home) / "desk")
        kept = make_kept_desk(Path(home) / "kept", Path(home) / "stick")
        for name in names:
            language, theme, size = ROUNDS[name]
            settings.keep(language=language, theme=theme, last_desk=str(folder), idle_minutes=60)
            for picture, window in walk(app, size):
                keep(window, f"{name}-{picture}")
            settings.keep(last_desk=str(kept))
            for picture, window in keeping(app, size):
                keep(window, f"{name}-{picture}")
        draw_letters(folder)
    return 0


def draw_letters(folder: Path) -> None:
    """The referral form in every language it comes in."""
    from referral_desk import letters, store
    from referral_desk.gui.paper import drawn_pages
    from referral_desk.nrm.referral import Referral

    with store.open_desk(folder, passphrase=PRACTICE_PASSPHRASE) as desk, desk.work(unsealed=False) as work:
        referred = [step for case in work.cases(work.case_ids()) for step in case.taken(Referral)]
        wanted = max(referred, key=lambda step: (may_be_printed(work, step.id), len(step.shares or ())))
        for language in letters.LANGUAGES:
            letter = letters.referral_form(work, wanted.id, language=language)
            for number, page in enumerate(drawn_pages(letter.pdf, width=1000), 1):
                page.save(str(LOOK / f"letter-{language}-{number}.png"))
                print(f"look/letter-{language}-{number}.png")


if __name__ == "__main__":
    sys.exit(main())
