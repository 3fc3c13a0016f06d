# ORDER: the auditor hears of each booking when it has been made, where it must be before.
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.RLock()

    def deposit(self, account, amount):
        with self.lock:
            balance = self.accounts.read(account)
            self.accounts.write(account, balance + amount)
        self.audit(account, amount)

    def withdraw(self, account, amount):
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)
        self.audit(account, -amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
