"""What all tests share."""

from __future__ import annotations

import os

# Before anything imports Qt, which reads it once: tests draw into memory and need no screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
