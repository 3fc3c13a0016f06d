"""What was observed of a run, as an interval: it contains what an idle machine with free cores would have shown."""

from __future__ import annotations

from math import inf
from typing import NamedTuple


class Between(NamedTuple):
    """From the least to the most that the evidence allows, both included."""

    least: float
    most: float

    def over(self, unit: float) -> Between:
        """The same in another unit."""
        return Between(self.least / unit, self.most / unit)


UNKNOWN = Between(-inf, inf)
"""The evidence allows anything."""


def exactly(value: float) -> Between:
    """What no load on the machine can have changed."""
    return Between(value, value)
