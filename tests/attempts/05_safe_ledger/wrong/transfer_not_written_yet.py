# MISSING: half of the class is written.
# Says: asks it for `transfer`
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.Lock()

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
