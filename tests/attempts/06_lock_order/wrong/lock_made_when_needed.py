# RACE: an account's lock is made when it is first needed: two threads may make one each.
# Says: of a new account
# Says: `Account.__init__`
import threading

locks = {}


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner

    @property
    def lock(self):
        if self.number not in locks:
            locks[self.number] = threading.RLock()
        return locks[self.number]


def transfer(a, b, amount):
    first, second = sorted((a, b), key=lambda x: x.number)
    with first.lock, second.lock:
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        a.bank.write(b.number, a.bank.read(b.number) + amount)
