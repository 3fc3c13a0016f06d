"""A ledger that is safe to use from several threads, because it lets only one of them in at a time."""

import threading


class Ledger:
    """Moves money between accounts.

    accounts.read(account) returns a balance, accounts.write(account, balance) replaces it.
    audit(account, amount) reports a booking to the auditor. It takes 100 ms and never fails, and
    every booking must be reported before it is made.
    """

    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.RLock()

    def deposit(self, account: str, amount: int) -> None:
        """Add amount to an account."""
        with self.lock:
            self.audit(account, amount)
            balance = self.accounts.read(account)
            self.accounts.write(account, balance + amount)

    def withdraw(self, account: str, amount: int) -> None:
        """Take amount from an account. Raises ValueError if there is not enough in it."""
        with self.lock:
            self.audit(account, -amount)
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source: str, target: str, amount: int) -> None:
        """Move amount from one account to another. Raises ValueError if there is not enough in the first."""
        with self.lock:
            self.withdraw(source, amount)
            self.deposit(target, amount)
