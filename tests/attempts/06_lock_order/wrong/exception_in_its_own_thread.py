# SWALLOWED: the thread that it starts dies of the ValueError, which nobody else sees.
# Says: ValueError: not enough money
import threading


class Account:
    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()


def transfer(a, b, amount):
    bank = a.bank
    first, second = sorted((a, b), key=lambda x: x.number)

    def work():
        with first.lock, second.lock:
            balance = bank.read(a.number)
            if balance < amount:
                raise ValueError("not enough money")
            bank.confirm(a.number, b.number, amount)
            bank.write(a.number, balance - amount)
            bank.write(b.number, bank.read(b.number) + amount)

    t = threading.Thread(target=work)
    t.start()
    t.join()
