# SERIAL: sixteen locks for all accounts: those that share one wait for each other.
# Says: whose numbers have something in common
import threading


class Account:
    def __init__(self, bank, number: str, owner: str) -> None:
        self.bank = bank
        self.number = number
        self.owner = owner


stripes = [threading.RLock() for _ in range(16)]


def transfer(a: Account, b: Account, amount: int) -> None:
    bank = a.bank
    first, second = sorted((int(a.number) % 16, int(b.number) % 16))
    with stripes[first], stripes[second]:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
