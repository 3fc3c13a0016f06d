# WRONG_RESULT: the balance of the target is old, where it is the source.
# Says: read it anew
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
    with first.lock, second.lock:
        balance, other = bank.read(a.number), bank.read(b.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, other + amount)
