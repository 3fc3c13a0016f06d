# WORK_SKIPPED: of the two bookings of a transfer, only the first is audited.
# Says: A transfer is two bookings
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit, self.lock = accounts, audit, threading.Lock()

    def _book(self, account, change):
        with self.lock:
            balance = self.accounts.read(account)
            if balance + change < 0:
                raise ValueError("not enough money")
            self.accounts.write(account, balance + change)

    def deposit(self, account, amount):
        self.audit(account, amount)
        self._book(account, amount)

    def withdraw(self, account, amount):
        self.audit(account, -amount)
        self._book(account, -amount)

    def transfer(self, source, target, amount):
        self.audit(source, -amount)
        self._book(source, -amount)
        self._book(target, amount)
