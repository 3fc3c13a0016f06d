# OVERDRAFT: what was checked may have changed when the lock is there. The sum stays right.
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit, self.lock = accounts, audit, threading.Lock()

    def deposit(self, account, amount):
        self.audit(account, amount)
        with self.lock:
            self.accounts.write(account, self.accounts.read(account) + amount)

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        if self.accounts.read(account) < amount:
            raise ValueError("not enough money")
        with self.lock:
            self.accounts.write(account, self.accounts.read(account) - amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
