# CRASHED: the lock is a name of `__init__` alone.
# Says: `self.lock`
"""Transfers between bank accounts."""

import threading


class Account:
    """An account of a bank. There is one object for each account."""

    def __init__(self, bank, number: str, owner: str) -> None:
        self.bank = bank
        self.number = number
        self.owner = owner
        lock = threading.RLock()


def transfer(a: Account, b: Account, amount: int) -> None:
    """Move amount from account a to account b. Raises ValueError if there is not enough in a."""
    bank = a.bank
    first, second = sorted((a, b), key=lambda account: account.number)
    with first.lock, second.lock:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
