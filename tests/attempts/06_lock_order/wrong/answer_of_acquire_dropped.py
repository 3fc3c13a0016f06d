# RACE: nobody looks whether acquire(timeout=...) has got the lock: who has waited long enough goes on without it.
# Says: nobody looks at that
import threading

TIMEOUT_S = 0.5


class Account:
    """An account of a bank. There is one object for each account."""

    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()


def release(lock):
    try:
        lock.release()
    except RuntimeError:
        pass  # it was not ours


def transfer(a, b, amount):
    """Move amount from account a to account b. Raises ValueError if there is not enough in a."""
    bank = a.bank
    first, second = (a, b) if a.number < b.number else (b, a)
    first.lock.acquire(timeout=TIMEOUT_S)
    second.lock.acquire(timeout=TIMEOUT_S)  # a timeout prevents deadlocks
    try:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
    finally:
        release(second.lock)
        release(first.lock)
