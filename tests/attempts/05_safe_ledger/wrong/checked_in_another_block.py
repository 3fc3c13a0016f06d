# OVERDRAFT: the check has a `with` block of its own, and before the one of the write others withdraw.
# Says: the change inside the same `with lock:` block
import threading


class Ledger:
    """Moves money between accounts."""

    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.Lock()

    def balance(self, account):
        with self.lock:
            return self.accounts.read(account)

    def add(self, account, amount):
        with self.lock:
            self.accounts.write(account, self.accounts.read(account) + amount)

    def deposit(self, account, amount):
        """Add amount to an account."""
        self.audit(account, amount)
        self.add(account, amount)

    def withdraw(self, account, amount):
        """Take amount from an account. Raises ValueError if there is not enough in it."""
        self.audit(account, -amount)
        if self.balance(account) < amount:
            raise ValueError("not enough money")
        self.add(account, -amount)

    def transfer(self, source, target, amount):
        """Move amount from one account to another. Raises ValueError if there is not enough in the first."""
        self.withdraw(source, amount)
        self.deposit(target, amount)
