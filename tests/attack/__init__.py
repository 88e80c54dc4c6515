"""The attacker: tries to find persons in published figures, with a reading and a model of her own.

    make attack                       desks of 200, 2 000 and 50 000 cases, ten seeds each
    make attack only="--sizes 200 --seeds 2"

Nothing here imports what protects the figures; only `ground` does, which makes the desks that are attacked.
"""
