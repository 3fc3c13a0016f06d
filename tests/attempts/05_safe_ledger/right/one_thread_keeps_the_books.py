# A thread of the ledger alone reads and writes balances; bookings come to it through a queue.
import queue
import threading
from concurrent.futures import Future


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts, self.audit = accounts, audit
        self.requests = queue.SimpleQueue()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            account, change, done = self.requests.get()
            try:
                balance = self.accounts.read(account)
                if balance + change < 0:
                    raise ValueError("not enough money")
                self.accounts.write(account, balance + change)
            except Exception as error:
                done.set_exception(error)
            else:
                done.set_result(None)

    def _book(self, account, change):
        self.audit(account, change)
        done = Future()
        self.requests.put((account, change, done))
        done.result()

    def deposit(self, account, amount):
        self._book(account, amount)

    def withdraw(self, account, amount):
        self._book(account, -amount)

    def transfer(self, source, target, amount):
        self._book(source, -amount)
        self._book(target, amount)
