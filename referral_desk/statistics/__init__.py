"""Figures: counted in SQL, rounded together by blocks, published in one way; a window and a file cannot differ."""

from referral_desk.statistics.counting import Dimension, dimensions

__all__ = ["Dimension", "dimensions"]
