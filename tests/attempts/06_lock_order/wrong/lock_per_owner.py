# SERIAL: a lock for each owner: transfers of two accounts of one owner wait for each other.
# Says: Each account needs a lock of its own
import threading
from collections import defaultdict

locks = defaultdict(threading.RLock)


class Account:
    def __init__(self, bank, number: str, owner: str) -> None:
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = locks[owner]


def transfer(a, b, amount):
    first, second = sorted((a, b), key=lambda account: account.owner)
    with first.lock, second.lock:
        bank = a.bank
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
