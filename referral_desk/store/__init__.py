"""The store: open, create, migrate; `work()` is the only door to the records."""

from referral_desk.store import backups, due, health, keys, ledger, listed, profile, records, restoring, roster
from referral_desk.store import figures_key as figures_key
from referral_desk.store import reckoning as reckoning
from referral_desk.store import rotation as rotation
from referral_desk.store import upkeep as upkeep
from referral_desk.store.aside import Aside, Phase, Stopped
from referral_desk.store.desk import Desk
from referral_desk.store.opening import create, get_ready, open_desk, open_with_recovery
from referral_desk.store.tables import Purpose
from referral_desk.store.work import Work

__all__ = [
    "Aside",
    "Desk",
    "Phase",
    "Purpose",
    "Stopped",
    "Work",
    "backups",
    "create",
    "due",
    "get_ready",
    "health",
    "keys",
    "ledger",
    "listed",
    "open_desk",
    "open_with_recovery",
    "profile",
    "records",
    "restoring",
    "roster",
    "rotation",
    "upkeep",
]
