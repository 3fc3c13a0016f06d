# DEADLOCK: two accounts whose numbers end alike are equal, and then the order of the arguments decides.
import threading


class Account:
    def __init__(self, bank, number: str, owner: str) -> None:
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()


def transfer(a: Account, b: Account, amount: int) -> None:
    bank = a.bank
    first, second = sorted((a, b), key=lambda account: int(account.number[-1]))
    with first.lock, second.lock:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
