# OVERDRAFT: the lock is let go of between the check and the rest, and nobody looks again.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.RLock()

    def balance(self):
        with self.lock:
            return self.bank.read(self.number)

    def add(self, amount):
        with self.lock:
            self.bank.write(self.number, self.bank.read(self.number) + amount)


def transfer(a, b, amount):
    bank = a.bank
    if a.balance() < amount:
        raise ValueError("not enough money")
    first, second = sorted((a, b), key=lambda account: account.number)
    with first.lock, second.lock:
        bank.confirm(a.number, b.number, amount)
        a.add(-amount)
        b.add(amount)
