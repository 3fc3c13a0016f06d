# OVERDRAFT: a transfer checks the balance before it takes the lock.
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
        self.audit(account, -amount)
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source: str, target: str, amount: int) -> None:
        self.audit(source, -amount)
        self.audit(target, amount)
        if self.accounts.read(source) < amount:
            raise ValueError("not enough money")
        with self.lock:
            self.accounts.write(source, self.accounts.read(source) - amount)
            self.accounts.write(target, self.accounts.read(target) + amount)
