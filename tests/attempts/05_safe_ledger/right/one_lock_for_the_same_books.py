"""A ledger that is safe to use from several threads, also beside another ledger with the same accounts."""

import threading
import weakref

_guard = threading.Lock()
_locks = weakref.WeakKeyDictionary()


def lock_of(accounts):
    """The one lock of these accounts, whoever asks for it."""
    with _guard:
        return _locks.setdefault(accounts, threading.Lock())


class Ledger:
    def __init__(self, accounts, audit):
        self.accounts = accounts
        self.audit = audit
        self.lock = lock_of(accounts)

    def deposit(self, account: str, amount: int) -> None:
        self.audit(account, amount)
        with self.lock:
            self.accounts.write(account, self.accounts.read(account) + amount)

    def withdraw(self, account: str, amount: int) -> None:
        self.audit(account, -amount)
        with self.lock:
            balance = self.accounts.read(account)
            if balance < amount:
                raise ValueError("not enough money")
            self.accounts.write(account, balance - amount)

    def transfer(self, source: str, target: str, amount: int) -> None:
        self.withdraw(source, amount)
        self.deposit(target, amount)
