"""Positions: requires statements and sources, assigns acts and stances, and the matters that stances bear on."""

from qawl.positions.matters import Matter, find_matters, matter, matters
from qawl.positions.plover import event_type
from qawl.positions.polarity import Polarity, names_own_side
from qawl.positions.stems import stem
from qawl.positions.taking import take_positions

__all__ = [
    "Matter", "Polarity", "event_type", "find_matters", "matter", "matters", "names_own_side", "stem", "take_positions",
]  # fmt: skip
