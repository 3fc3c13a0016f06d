# WRONG_RESULT: nobody can take all that is there.
# Says: refuse only when
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit, self.lock = accounts, audit, threading.Lock()

    def deposit(self, account, amount):
        self.audit(account, amount)
        with self.lock:
            balance = self.accounts.read(account)
            self.accounts.write(account, balance + amount)

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        with self.lock:
            balance = self.accounts.read(account)
            if balance <= amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
