"""What everybody knows of a round of sealed tables, the windows too: how many it takes, and where it may stand."""

from __future__ import annotations

FEWEST = 3
"""With two, each would know the other's figures."""

OPEN, PUBLISHED, VOID = "OPEN", "PUBLISHED", "VOID"
