# ORDER: the money moves first, and the network confirms it afterwards, still inside the locks.
# Says: before the network had confirmed it
"""Transfers between bank accounts. Each account has a lock, and a transfer takes both in the order of their numbers."""

import threading


class Account:
    """An account of a bank. There is one object for each account.

    No two accounts have the same number; an owner may have several accounts.
    bank.read(number) returns a balance, bank.write(number, balance) replaces it.
    """

    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = threading.RLock()  # a transfer from an account to itself takes it twice


def transfer(a, b, amount):
    """Move amount from account a to account b. Raises ValueError if there is not enough in a.

    bank.confirm(a.number, b.number, amount) asks the network, which takes 200 ms. The network
    counts on both accounts to stay as they are: from the check until both balances are written,
    no other transfer may touch a or b. A transfer from an account to itself changes nothing.
    """
    bank = a.bank
    first, second = sorted((a, b), key=lambda account: account.number)
    with first.lock, second.lock:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)  # read only now: b may be a
        bank.confirm(a.number, b.number, amount)
