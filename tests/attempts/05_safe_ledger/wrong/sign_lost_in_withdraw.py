# WRONG_RESULT: withdraw tells the auditor the amount without a minus; its transfer, which books by itself, has it.
# Says: with a minus
"""A ledger that is safe to use from several threads, and lets them wait for the auditor at the same time."""

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
        self.lock = threading.Lock()

    def deposit(self, account, amount):
        """Add amount to an account."""
        self.audit(account, amount)
        with self.lock:
            balance = self.accounts.read(account)
            self.accounts.write(account, balance + amount)

    def withdraw(self, account, amount):
        """Take amount from an account. Raises ValueError if there is not enough in it."""
        self.audit(account, amount)
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        """Move amount from one account to another. Raises ValueError if there is not enough in the first."""
        self.audit(source, -amount)
        self.audit(target, amount)
        with self.lock:
            balance = self.accounts.read(source)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(source, balance - amount)
            self.accounts.write(target, self.accounts.read(target) + amount)
