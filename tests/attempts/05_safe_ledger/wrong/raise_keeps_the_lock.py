# DEADLOCK: the ValueError leaves between acquire and release, and takes the lock with it.
# Says: `with lock:`
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit, self.lock = accounts, audit, threading.Lock()

    def deposit(self, account, amount):
        self.audit(account, amount)
        self.lock.acquire()
        self.accounts.write(account, self.accounts.read(account) + amount)
        self.lock.release()

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        self.lock.acquire()
        balance = self.accounts.read(account)
        if balance < amount:
            raise ValueError("not enough money")
        self.accounts.write(account, balance - amount)
        self.lock.release()

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
