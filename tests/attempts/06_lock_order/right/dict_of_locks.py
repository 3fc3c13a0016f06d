# A dict of locks, made when they are needed, under a lock of its own; acquire and release by hand.
import threading

locks = {}
guard = threading.Lock()


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner


def lock_of(number):
    with guard:
        return locks.setdefault(number, threading.RLock())


def transfer(a, b, amount):
    first, second = lock_of(min(a.number, b.number)), lock_of(max(a.number, b.number))
    first.acquire()
    second.acquire()
    try:
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
    finally:
        second.release()
        first.release()
