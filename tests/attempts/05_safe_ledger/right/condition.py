# acquire and release by hand, on the lock inside a Condition.
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit, self.changed = accounts, audit, threading.Condition()

    def deposit(self, account, amount):
        self.audit(account, amount)
        self.changed.acquire()
        try:
            self.accounts.write(account, self.accounts.read(account) + amount)
            self.changed.notify_all()
        finally:
            self.changed.release()

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        with self.changed:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
