# OVERDRAFT: the locks are in order, but what was checked before them may have changed since.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.RLock()


def transfer(a, b, amount):
    if a.bank.read(a.number) < amount:
        raise ValueError("not enough money")
    first, second = sorted((a, b), key=lambda account: account.number)
    with first.lock, second.lock:
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, a.bank.read(a.number) - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
