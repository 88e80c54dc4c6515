"""Public data of the CTDC: the file is too large to lie here, so the environment says where it does."""

from __future__ import annotations

import os
from pathlib import Path

CTDC = Path(os.environ.get("REFERRAL_DESK_CTDC") or "ctdc_2020_k11.csv")
"""The k-anonymised Global Dataset of 2020, 48,773 rows."""

MISSING = f"the public data are not there: {CTDC}; REFERRAL_DESK_CTDC names the file (CONTRIBUTING.md says which)"

INVENTED = Path(__file__).parent / "exchange" / "ctdc_invented.csv"
"""Ninety rows of nobody with the same columns."""
