# WRONG_RESULT: who waits too long for an account says that there is no money.
# Says: as long as it takes
import threading


class Account:
    def __init__(self, bank, number: str, owner: str) -> None:
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()

def transfer(a: Account, b: Account, amount: int) -> None:
    bank = a.bank
    first, second = sorted((a, b), key=lambda account: account.number)
    if not first.lock.acquire(timeout=1):
        raise ValueError("busy")
    try:
        if not second.lock.acquire(timeout=1):
            raise ValueError("busy")
        try:
            move(bank, a, b, amount)
        finally:
            second.lock.release()
    finally:
        first.lock.release()


def move(bank, a, b, amount):
    if True:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
