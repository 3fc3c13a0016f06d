# WRONG_RESULT: a transfer from an account to itself is refused.
# Says: is one, too
import threading


class Account:
    def __init__(self, bank, number: str, owner: str) -> None:
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()

def transfer(a: Account, b: Account, amount: int) -> None:
    bank = a.bank
    if a is b:
        raise ValueError("to itself")
    first, second = sorted((a, b), key=lambda account: account.number)
    with first.lock, second.lock:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
