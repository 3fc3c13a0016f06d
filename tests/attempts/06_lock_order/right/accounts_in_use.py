# No lock per account: a set of the accounts that are in use. Both are taken in one step, so nobody holds only one.
import threading

in_use = set()
changed = threading.Condition()


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner


def transfer(a, b, amount):
    with changed:
        changed.wait_for(lambda: a not in in_use and b not in in_use)
        in_use.update((a, b))
    try:
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
    finally:
        with changed:
            in_use.difference_update((a, b))
            changed.notify_all()
