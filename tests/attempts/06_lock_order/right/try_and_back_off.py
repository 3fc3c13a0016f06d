# Wait for one lock, try the other: whoever does not get it gives back the first, and begins again a little later.
import random
import threading
import time


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
    while True:
        with a.lock:
            if a is b:
                return move(a, b, amount)
            if b.lock.acquire(timeout=0.01):
                try:
                    return move(a, b, amount)
                finally:
                    b.lock.release()
        time.sleep(random.uniform(0.001, 0.01))
