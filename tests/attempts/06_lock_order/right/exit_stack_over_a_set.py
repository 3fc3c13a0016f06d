# As many locks as there are accounts, in their order: an ExitStack gives them all back.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.Lock()


from contextlib import ExitStack


def transfer(a, b, amount):
    bank = a.bank
    with ExitStack() as stack:
        for account in sorted({a, b}, key=lambda account: account.number):
            stack.enter_context(account.lock)
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
