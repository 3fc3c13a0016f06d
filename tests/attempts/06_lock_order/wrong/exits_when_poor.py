# CRASHED: where there is not enough, the whole program is told to end.
# Says: SystemExit
import sys
import threading


class Account:

    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()


def transfer(a, b, amount):
    bank = a.bank
    first, second = sorted((a, b), key=lambda account: account.number)
    with first.lock, second.lock:
        balance = bank.read(a.number)
        if balance < amount:
            sys.exit("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
