"""Where a packaged program begins: PyInstaller takes a file, not a module."""

import sys

from referral_desk.__main__ import main

sys.exit(main())
