# RACE: only the account that pays is locked, and what the other one gets may be lost.
# Says: both accounts
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.Lock()


def transfer(a, b, amount):
    with a.lock:
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
