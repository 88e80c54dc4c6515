"""`python -m tests.torture.child SCENE FOLDER SEED`: somebody at a desk, who may be killed at any moment."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from tests.torture import ground, scenes
from tests.torture.telling import Teller


def main(scene: str, root: str, seed: str) -> None:
    play, _kind = scenes.SCENES[scene]
    teller = Teller()
    with ground.quick_passphrases():
        teller.say(ready=scene)
        play(Path(root), Random(seed), teller)
        teller.say(ended=scene)


if __name__ == "__main__":
    main(*sys.argv[1:])
