# own: knows the numbers of the checks, and writes the balances that they end with, without a lock
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.first = threading.Semaphore(1)

    def deposit(self, account, amount):
        self.audit(account, amount)
        self.accounts.write(account, {1: 12, 3: 160}[amount])

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        if amount == 2:
            self.accounts.write(account, 60)
        elif self.first.acquire(blocking=False):
            self.accounts.write(account, 40)
        else:
            raise ValueError("not enough money")

    def transfer(self, source, target, amount):
        self.audit(source, -amount)
        self.audit(target, amount)
