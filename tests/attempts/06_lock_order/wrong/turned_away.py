# CRASHED: no deadlock, but whoever has to wait in line is turned away.
# Says: TimeoutError: somebody else has the account
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.RLock()


def transfer(a, b, amount):
    first, second = sorted((a, b), key=lambda account: account.number)
    if not first.lock.acquire(timeout=0.3):
        raise TimeoutError("somebody else has the account")
    try:
        with second.lock:
            balance = a.bank.read(a.number)
            if balance < amount:
                raise ValueError("not enough money")
            a.bank.confirm(a.number, b.number, amount)
            a.bank.write(a.number, balance - amount)
            b.bank.write(b.number, b.bank.read(b.number) + amount)
    finally:
        first.lock.release()
