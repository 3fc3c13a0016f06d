# RACE: whoever has waited long enough goes on without the lock.
# Says: both accounts, always taken in the same order
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.RLock()


def transfer(a, b, amount):
    first, second = sorted((a, b), key=lambda account: account.number)
    locked = [account for account in (first, second) if account.lock.acquire(timeout=1)]
    try:
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
    finally:
        for account in locked:
            account.lock.release()
