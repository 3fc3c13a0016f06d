# DEADLOCK: Semaphores crosswise. Nobody writes down their order, but the crowd around one account gets stuck.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.one = threading.Semaphore(1)


def move(a, b, amount):
    balance = a.bank.read(a.number)
    if balance < amount:
        raise ValueError("not enough money")
    a.bank.confirm(a.number, b.number, amount)
    a.bank.write(a.number, balance - amount)
    b.bank.write(b.number, b.bank.read(b.number) + amount)


def transfer(a, b, amount):
    with a.one:
        if a is b:
            return move(a, b, amount)
        with b.one:
            return move(a, b, amount)
