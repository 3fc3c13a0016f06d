# SERIAL: the lock is made once, for the class, and not once for each account.
import threading


class Account:
    lock = threading.RLock()

    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner


def transfer(a, b, amount):
    first, second = sorted((a, b), key=lambda account: account.number)
    with first.lock, second.lock:
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
