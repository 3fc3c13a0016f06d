"""Accounts with versions: a lost update is *seen*, as two reads of one version that are each followed by a write.

A read answers with what was there when it arrived; a write takes effect when it is answered. So an update is
safe exactly when nothing else happens to the account between the arrival of its read and the answer of its write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.world.ledger import Ledger
from checker.world.operations import Bundle, Operation


@dataclass
class _Account:
    balance: int
    version: int = 0
    lowest: int = 0
    lost_updates: int = 0
    read_version: dict[str, int] = field(default_factory=dict)
    """Caller -> the version that it read last."""


class Accounts(Bundle):
    """A service with two operations: read(account) -> balance, write(account, balance)."""

    def __init__(self, ledger: Ledger, balances: Mapping[str, int], read_s: float) -> None:
        self._accounts = {name: _Account(balance, lowest=balance) for name, balance in balances.items()}
        self.read = Operation(ledger, "read", read_s, self._read, at_start=True, key=lambda name, *_: str(name))
        self.write = Operation(ledger, "write", 0.0, self._write, key=lambda name, *_: str(name))
        super().__init__(read=self.read, write=self.write)

    @property
    def balances(self) -> dict[str, int]:
        return {name: account.balance for name, account in self._accounts.items()}

    @property
    def lowest(self) -> dict[str, int]:
        """The lowest balance that each account ever had."""
        return {name: account.lowest for name, account in self._accounts.items()}

    @property
    def lost_updates(self) -> int:
        """Writes that were based on a balance which another write had replaced in the meantime."""
        return sum(account.lost_updates for account in self._accounts.values())

    def _read(self, caller: str, name: str) -> int:
        account = self._accounts[name]
        account.read_version[caller] = account.version
        return account.balance

    def _write(self, caller: str, name: str, balance: int) -> None:
        account = self._accounts[name]
        if type(balance) is not int:
            raise TypeError("a balance is a whole number")
        # One read covers one write. An attempt that keeps the balances itself need not read again.
        if account.read_version.pop(caller, account.version) != account.version:
            account.lost_updates += 1
        account.balance = balance
        account.version += 1
        account.lowest = min(account.lowest, balance)
