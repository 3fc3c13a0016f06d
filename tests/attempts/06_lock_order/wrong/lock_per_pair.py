# RACE: a lock for each pair of accounts does not keep out a pair that has only one of them.
import threading
from collections import defaultdict

guard = threading.Lock()
locks = defaultdict(threading.Lock)


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner


def transfer(a, b, amount):
    with guard:
        lock = locks[frozenset((a.number, b.number))]
    with lock:
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
