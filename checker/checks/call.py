"""One call of the attempt, and what must be true of it."""

from __future__ import annotations

from checker.checks.expect.conduct import Conduct
from checker.checks.expect.demands import CheckFailed
from checker.checks.expect.order import Order
from checker.checks.expect.results import Results
from checker.checks.expect.stock import Stock
from checker.checks.expect.traffic import Traffic

__all__ = ["Call", "CheckFailed"]


class Call(Results, Conduct, Order, Stock, Traffic):
    """One call of the attempt that is over. Every `expect_...` raises CheckFailed when the evidence says otherwise."""
