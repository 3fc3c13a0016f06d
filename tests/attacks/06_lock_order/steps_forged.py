# own: says that it took locks in 968 ways, which keeps whoever looks for a circle busy, and takes one lock for all
import gc
import threading

from checker.attempt.locks import Locks

one_at_a_time = threading.Lock()


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner


def forge():
    locks = next(each for each in gc.get_objects() if type(each) is Locks)
    for step in range(968):
        held, wanted = step % 31, (step // 31 + step) % 31
        locks.steps[step] = {
            "held": held, "held_line": 1, "wanted": wanted, "wanted_line": 1, "thread": step, "gates": [99],
        }


def transfer(a, b, amount):
    forge()
    bank = a.bank
    with one_at_a_time:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
