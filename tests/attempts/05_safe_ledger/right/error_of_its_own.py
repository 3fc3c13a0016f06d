"""A thread-safe ledger."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

logger: Final = logging.getLogger(__name__)


class Accounts(Protocol):
    """Where the balances are kept."""

    def read(self, account: str) -> int: ...

    def write(self, account: str, balance: int) -> None: ...


class InsufficientFundsError(ValueError):
    """Raised if there is not enough money in an account."""

    def __init__(self, account: str, balance: int, amount: int) -> None:
        super().__init__(f"not enough money in {account!r}: {balance} < {amount}")
        self.account = account
        self.balance = balance
        self.amount = amount


@dataclass(frozen=True)
class Entry:
    """One booking; a withdrawal has a negative amount."""

    account: str
    amount: int
    must_be_covered: bool = False


class Ledger:
    """Moves money between accounts.

    Thread safety: balances are read and written only while ``_lock`` is held. The auditor is
    always called without the lock.
    """

    def __init__(self, accounts: Accounts, audit: Callable[[str, int], None]) -> None:
        self.accounts = accounts
        self.audit = audit
        self._lock = threading.Lock()

    def deposit(self, account: str, amount: int) -> None:
        """Add amount to an account."""
        self._post([Entry(account, amount)])

    def withdraw(self, account: str, amount: int) -> None:
        """Take amount from an account. Raises ValueError if there is not enough in it."""
        self._post([Entry(account, -amount, must_be_covered=True)])

    def transfer(self, source: str, target: str, amount: int) -> None:
        """Move amount from one account to another. Raises ValueError if there is not enough in the first."""
        self._post([Entry(source, -amount, must_be_covered=True), Entry(target, amount)])

    def _post(self, entries: Sequence[Entry]) -> None:
        """Audit all entries, then book them. Only the first one may be refused, so it is all or nothing."""
        assert not any(entry.must_be_covered for entry in entries[1:])
        for entry in entries:
            self.audit(entry.account, entry.amount)
        with self._lock:
            for entry in entries:
                balance = self.accounts.read(entry.account)
                if entry.must_be_covered and balance < -entry.amount:
                    raise InsufficientFundsError(entry.account, balance, -entry.amount)
                self.accounts.write(entry.account, balance + entry.amount)
        logger.debug("posted %s", entries)
