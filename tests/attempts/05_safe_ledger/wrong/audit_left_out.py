# WORK_SKIPPED: fast, because nobody is told.
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit, self.lock = accounts, audit, threading.Lock()

    def deposit(self, account, amount):
        with self.lock:
            self.accounts.write(account, self.accounts.read(account) + amount)

    def withdraw(self, account, amount):
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
