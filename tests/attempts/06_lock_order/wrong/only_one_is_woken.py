# SERIAL: who is woken may have to wait for its other account, and then nobody wakes the next one.
# Says: 1002 to 1005 could have gone on
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
            changed.notify()
