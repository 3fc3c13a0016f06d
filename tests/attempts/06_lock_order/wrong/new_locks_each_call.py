# RACE: a lock that is made for this transfer keeps nobody out.
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner


def transfer(a, b, amount):
    locks = {account.number: threading.Lock() for account in (a, b)}
    first, second = locks[min(locks)], locks[max(locks)]
    with first:
        if second is not first:
            second.acquire()
        balance = a.bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        a.bank.confirm(a.number, b.number, amount)
        a.bank.write(a.number, balance - amount)
        b.bank.write(b.number, b.bank.read(b.number) + amount)
