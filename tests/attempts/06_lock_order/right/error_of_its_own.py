"""Thread-safe transfers between bank accounts.

Deadlocks are avoided by a global lock order: the account with the smaller number is always locked first.
"""

from __future__ import annotations

import contextlib
import logging
import operator
import threading
from collections.abc import Iterator
from typing import Any, Final

logger = logging.getLogger(__name__)

WARN_AFTER_S: Final[float] = 30.0


class InsufficientFundsError(ValueError):
    """Raised when the paying account does not hold enough money."""


class Account:
    """A bank account, protected by its own lock.

    Attributes:
        bank: The bank that stores the balance.
        number: The unique, immutable account number. It defines the lock order.
        owner: The name of the owner. Not unique.
    """

    __slots__ = ("_lock", "bank", "number", "owner")

    def __init__(self, bank: Any, number: str, owner: str) -> None:
        self.bank = bank
        self.number = number
        self.owner = owner
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Account({self.number!r}, {self.owner!r})"


def _acquire(account: Account) -> None:
    """Take the account's lock. Never gives up, but says when it takes suspiciously long."""
    while not account._lock.acquire(timeout=WARN_AFTER_S):
        logger.warning("still waiting for account %s", account.number)


@contextlib.contextmanager
def _exclusive(*accounts: Account) -> Iterator[None]:
    """Hold the locks of all given accounts. The same account may be given more than once."""
    held: list[Account] = []
    try:
        for account in sorted(set(accounts), key=operator.attrgetter("number")):
            _acquire(account)
            held.append(account)
        yield
    finally:
        for account in reversed(held):
            account._lock.release()


def transfer(a: Account, b: Account, amount: int) -> None:
    """Move ``amount`` from account ``a`` to account ``b``.

    Raises:
        ValueError: If ``a`` does not hold enough money.
    """
    bank = a.bank
    with _exclusive(a, b):
        balance = bank.read(a.number)
        if balance < amount:
            logger.info("refused: %s has %s, needs %s", a.number, balance, amount)
            raise InsufficientFundsError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)  # read last: b may be a
        logger.debug("moved %s from %s to %s", amount, a.number, b.number)
