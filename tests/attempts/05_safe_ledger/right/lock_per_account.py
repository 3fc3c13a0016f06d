# A lock for each account, made under a lock of its own.
import threading
from collections import defaultdict


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit = accounts, audit
        self.guard, self.locks = threading.Lock(), defaultdict(threading.Lock)

    def lock(self, account):
        with self.guard:
            return self.locks[account]

    def deposit(self, account, amount):
        self.audit(account, amount)
        with self.lock(account):
            self.accounts.write(account, self.accounts.read(account) + amount)

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        with self.lock(account):
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
