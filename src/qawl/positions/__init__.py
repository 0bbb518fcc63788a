"""Positions: requires statements, assigns what each does. Stances and matters follow."""

from qawl.positions.acts import acts

__all__ = ["acts"]
