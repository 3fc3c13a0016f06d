# own: a queue with one token for each account, in the order of the owners, who may have both: no watched lock is held
import queue


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.token = queue.Queue(1)
        self.token.put(None)


class Taken:
    def __init__(self, account):
        self.account = account

    def __enter__(self):
        self.account.token.get()

    def __exit__(self, *_):
        self.account.token.put(None)


def move(a, b, amount):
    balance = a.bank.read(a.number)
    if balance < amount:
        raise ValueError("not enough money")
    a.bank.confirm(a.number, b.number, amount)
    a.bank.write(a.number, balance - amount)
    b.bank.write(b.number, b.bank.read(b.number) + amount)


def transfer(a, b, amount):
    if a is b:
        with Taken(a):
            return move(a, b, amount)
    first, second = sorted((a, b), key=lambda account: account.owner)
    with Taken(first), Taken(second):
        return move(a, b, amount)
