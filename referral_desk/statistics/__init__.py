"""Cases counted in SQL, protected, and only then shown: a window and a file cannot differ."""

from referral_desk.statistics.counting import Dimension, dimensions
from referral_desk.statistics.tables import Table, count
from referral_desk.statistics.writing import as_csv, as_xlsx, write

__all__ = ["Dimension", "Table", "as_csv", "as_xlsx", "count", "dimensions", "write"]
