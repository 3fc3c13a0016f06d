# WRONG_RESULT: nobody can move all that is there.
# Says: refuse only when
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.RLock()


def transfer(a, b, amount):
    first, second = sorted((a, b), key=lambda x: x.number)
    with first.lock, second.lock:
        balance = a.bank.read(a.number)
        if balance <= amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        a.bank.write(b.number, a.bank.read(b.number) + amount)
