# Any order that never changes will do: that of the objects in memory, too.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.Lock()


def move(a, b, amount):
    balance = a.bank.read(a.number)
    if balance < amount:
        raise ValueError("not enough money")
    a.bank.confirm(a.number, b.number, amount)
    a.bank.write(a.number, balance - amount)
    b.bank.write(b.number, b.bank.read(b.number) + amount)


def transfer(a, b, amount):
    if a is b:
        with a.lock:
            return move(a, b, amount)
    first, second = (a, b) if id(a) < id(b) else (b, a)
    with first.lock, second.lock:
        return move(a, b, amount)
