# RACE: a lock for each account, made when it is first needed: two threads may make one each.
# Says: into the same new account
# Says: Make it in one step
import threading
import time


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit, self.locks = accounts, audit, {}

    def lock_of(self, account):
        if account not in self.locks:
            self.locks[account] = threading.Lock()
        return self.locks[account]

    def deposit(self, account, amount):
        self.audit(account, amount)
        with self.lock_of(account):
            balance = self.accounts.read(account)
            self.accounts.write(account, balance + amount)

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        with self.lock_of(account):
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source, target, amount):
        self.withdraw(source, amount)
        self.deposit(target, amount)
