# WRONG_RESULT: transfer deposits before it withdraws, so a transfer that is refused has paid.
# Says: Withdraw first
import threading


class Ledger:
    """Moves money between accounts."""

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
        self.audit(account, -amount)
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        """Move amount from one account to another. Raises ValueError if there is not enough in the first."""
        self.deposit(target, amount)
        self.withdraw(source, amount)
