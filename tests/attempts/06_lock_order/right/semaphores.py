# Semaphores of one place, in the order of the numbers.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.turn = threading.BoundedSemaphore()


def transfer(a, b, amount):
    bank = a.bank
    first, second = sorted((a, b), key=lambda account: int(account.number))
    with first.turn:
        if a is b:
            return
        with second.turn:
            balance = bank.read(a.number)
            if balance < amount:
                raise ValueError("not enough money")
            bank.confirm(a.number, b.number, amount)
            bank.write(a.number, balance - amount)
            bank.write(b.number, bank.read(b.number) + amount)
