# WRONG_RESULT: whether it is booked depends on what the audit returns, which is nothing.
# Says: holds 0 at the end
"""A ledger that is safe to use from several threads."""

import threading


class Ledger:
    """Moves money between accounts."""

    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.Lock()

    def deposit(self, account: str, amount: int) -> None:
        """Add amount to an account."""
        if self.audit(account, amount):
            with self.lock:
                balance = self.accounts.read(account)
                self.accounts.write(account, balance + amount)

    def withdraw(self, account: str, amount: int) -> None:
        """Take amount from an account. Raises ValueError if there is not enough in it."""
        self.audit(account, -amount)
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source: str, target: str, amount: int) -> None:
        """Move amount from one account to another. Raises ValueError if there is not enough in the first."""
        self.withdraw(source, amount)
        self.deposit(target, amount)
