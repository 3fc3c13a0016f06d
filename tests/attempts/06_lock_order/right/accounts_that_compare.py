# Accounts know their order, and are context managers.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()

    def __lt__(self, other):
        return self.number < other.number

    def __enter__(self):
        self.lock.acquire()

    def __exit__(self, *exc):
        self.lock.release()


def transfer(a, b, amount):
    bank = a.bank
    first, second = (a, b) if a < b else (b, a)
    with first, second:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
