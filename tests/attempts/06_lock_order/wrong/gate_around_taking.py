# SERIAL: who waits for a lock holds the gate, and everybody else waits, too.
# Says: a lock around the taking of the locks
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()


gate = threading.Lock()


def transfer(a, b, amount):
    bank = a.bank
    with gate:
        a.lock.acquire()
        b.lock.acquire()
    try:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
    finally:
        a.lock.release()
        b.lock.release()
