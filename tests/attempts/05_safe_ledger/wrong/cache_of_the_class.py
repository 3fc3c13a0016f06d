# WRONG_RESULT: the balances that are known stand in the class, so two ledgers share them.
# Says: in the class body
import threading
from typing import ClassVar


class Ledger:
    """Moves money between accounts."""

    _balances: ClassVar[dict] = {}

    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.Lock()

    def _read(self, account):
        # reading is slow, so read each account only once
        if account not in self._balances:
            self._balances[account] = self.accounts.read(account)
        return self._balances[account]

    def _write(self, account, balance):
        self.accounts.write(account, balance)
        self._balances[account] = balance

    def deposit(self, account, amount):
        """Add amount to an account."""
        self.audit(account, amount)
        with self.lock:
            self._write(account, self._read(account) + amount)

    def withdraw(self, account, amount):
        """Take amount from an account. Raises ValueError if there is not enough in it."""
        self.audit(account, -amount)
        with self.lock:
            balance = self._read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self._write(account, balance - amount)

    def transfer(self, source, target, amount):
        """Move amount from one account to another. Raises ValueError if there is not enough in the first."""
        self.withdraw(source, amount)
        self.deposit(target, amount)
