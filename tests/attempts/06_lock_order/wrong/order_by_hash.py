# DEADLOCK: hashes can tie, and these do where one owner has both accounts.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = threading.RLock()

    def __eq__(self, other):
        return (self.owner, self.number) == (other.owner, other.number)

    def __hash__(self):
        return hash(self.owner)


def transfer(a, b, amount):
    first, second = (a, b) if hash(a) <= hash(b) else (b, a)
    with first.lock, second.lock:
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
