# WRONG_RESULT: the auditor gets a dictionary, where an amount is asked for.
# Says: bookings that were not made
import threading


class Ledger:

    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.Lock()

    def deposit(self, account, amount):
        self.audit(account, {"paid in": amount})
        with self.lock:
            balance = self.accounts.read(account)
            self.accounts.write(account, balance + amount)

    def withdraw(self, account, amount):
        self.audit(account, {"paid out": amount})
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
