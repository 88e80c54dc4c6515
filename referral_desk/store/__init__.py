"""The store: open, create, migrate; `work()` is the only door to the records."""

from referral_desk.store.desk import Desk, create, open_desk
from referral_desk.store.tables import Purpose
from referral_desk.store.work import Work

__all__ = ["Desk", "Purpose", "Work", "create", "open_desk"]
