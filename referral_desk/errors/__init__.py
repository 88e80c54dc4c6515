"""What can go wrong that a person can put right; `referral-desk errors` prints every kind with its exit code.

Everything else is a defect (`defects.CODE`). A message says what to do and never repeats an answer: what an error knows
besides (its evidence) is a code, a label, a line number or a path that the user typed.
"""

from referral_desk.errors.base import DeskError as DeskError
from referral_desk.errors.desk import *  # noqa: F403 - every error is said where it stands, and nowhere else
from referral_desk.errors.figures import *  # noqa: F403
from referral_desk.errors.paper import *  # noqa: F403
from referral_desk.errors.recording import *  # noqa: F403
