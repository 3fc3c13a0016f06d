# SERIAL: deposits wait for the auditor side by side, withdrawals one after the other.
# Says: attempt.py:19
import threading


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = threading.Lock()

    def deposit(self, account: str, amount: int) -> None:
        self.audit(account, amount)
        with self.lock:
            balance = self.accounts.read(account)
            self.accounts.write(account, balance + amount)

    def withdraw(self, account: str, amount: int) -> None:
        with self.lock:
            self.audit(account, -amount)
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source: str, target: str, amount: int) -> None:
        self.withdraw(source, amount)
        self.deposit(target, amount)
