# own: makes the bookings without the auditor
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

    def withdraw(self, account, amount):
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
