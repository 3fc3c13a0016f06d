# DUPLICATE: the deposit is made first, and taken back if the withdrawal is refused.
# Says: Withdraw first
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.RLock()

    def deposit(self, account, amount):
        self.audit(account, amount)
        with self.lock:
            self.accounts.write(account, self.accounts.read(account) + amount)

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        self.deposit(target, amount)
        try:
            self.withdraw(source, amount)
        except ValueError:
            self.withdraw(target, amount)
            raise
