# CRASHED: an account is no lock, it has one.
# Says: what it keeps as `lock` has one
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()


def transfer(a, b, amount):
    bank = a.bank
    first, second = sorted([a, b], key=lambda account: account.number)
    with first, second:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
