# WRONG_RESULT: both balances are read first, and a transfer to the same account makes money.
# Says: from an account to itself
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
        with self.lock:
            has, had = self.accounts.read(source), self.accounts.read(target)
            if has < amount:
                raise ValueError("not enough money")
            self.accounts.write(source, has - amount)
            self.accounts.write(target, had + amount)
