# Each balance is read once; from then on the ledger knows it, under one lock.
"""A ledger that is safe to use from several threads: it reads each balance once, and knows it from then on."""

import threading


class Ledger:
    """Moves money between accounts."""

    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.RLock()
        self.known = {}

    def _add(self, account, amount):
        with self.lock:
            if account not in self.known:
                self.known[account] = self.accounts.read(account)
            balance = self.known[account] + amount
            if amount < 0 and balance < 0:
                raise ValueError("not enough money")
            self.accounts.write(account, balance)
            self.known[account] = balance

    def deposit(self, account: str, amount: int) -> None:
        """Add amount to an account."""
        self.audit(account, amount)
        self._add(account, amount)

    def withdraw(self, account: str, amount: int) -> None:
        """Take amount from an account. Raises ValueError if there is not enough in it."""
        self.audit(account, -amount)
        self._add(account, -amount)

    def transfer(self, source: str, target: str, amount: int) -> None:
        """Move amount from one account to another. Raises ValueError if there is not enough in the first."""
        self.withdraw(source, amount)
        self.deposit(target, amount)
