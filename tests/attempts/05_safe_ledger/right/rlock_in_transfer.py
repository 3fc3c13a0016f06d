# One RLock; transfer is one step that nobody sees half done, with both audits before it.
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit, self.lock = accounts, audit, threading.RLock()

    def _add(self, account, amount):
        with self.lock:
            balance = self.accounts.read(account) + amount
            if amount < 0 and balance < 0:
                raise ValueError("not enough money")
            self.accounts.write(account, balance)

    def deposit(self, account, amount):
        self.audit(account, amount)
        self._add(account, amount)

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        self._add(account, -amount)

    def transfer(self, source, target, amount):
        self.audit(source, -amount)
        self.audit(target, amount)
        with self.lock:
            self._add(source, -amount)
            self._add(target, amount)
