# CRASHED: a transfer from an account to itself makes a set of one, and that cannot be unpacked into two.
# Says: not enough values to unpack
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()


def transfer(a, b, amount):
    bank = a.bank
    first, second = sorted({a, b}, key=lambda account: account.number)  # a set: not the same lock twice
    with first.lock, second.lock:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
