# ORDER: a transfer is reported when it has been made.
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
        with self.lock:
            has = self.accounts.read(source)
            if has < amount:
                raise ValueError("not enough money")
            self.accounts.write(source, has - amount)
            self.accounts.write(target, self.accounts.read(target) + amount)
        self.audit(source, -amount)
        self.audit(target, amount)
