# Plain locks in the order of the numbers; a transfer from an account to itself needs only one.
import threading
from contextlib import ExitStack


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.Lock()


def transfer(a, b, amount):
    with ExitStack() as stack:
        for account in sorted({a, b}, key=lambda account: account.number):
            stack.enter_context(account.lock)
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
