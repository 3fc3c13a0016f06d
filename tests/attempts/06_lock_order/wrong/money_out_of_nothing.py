# WRONG_RESULT: both balances are read before either is written, and a transfer to itself makes money.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.RLock()


def transfer(a, b, amount):
    first, second = sorted((a, b), key=lambda account: account.number)
    with first.lock, second.lock:
        mine, yours = a.bank.read(a.number), b.bank.read(b.number)
        if mine < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, mine - amount)
        b.bank.write(b.number, yours + amount)
