"""Transfers between accounts, whose locks are handed on in the order in which threads came for them."""

import threading
from collections import deque
from contextlib import ExitStack


class FairLock:
    """Plain locks let in anybody; this one serves first who came first, so that nobody starves."""

    def __init__(self):
        self._mutex = threading.Lock()
        self._taken = False
        self._line = deque()

    def __enter__(self):
        with self._mutex:
            if not self._taken:
                self._taken = True
                return self
            turn = threading.Lock()
            turn.acquire()
            self._line.append(turn)
        turn.acquire()  # until whoever has the lock now hands it on
        return self

    def __exit__(self, *_):
        with self._mutex:
            if self._line:
                self._line.popleft().release()
            else:
                self._taken = False


class Account:
    def __init__(self, bank, number, owner):
        self.bank, self.number, self.owner = bank, number, owner
        self.lock = FairLock()


def transfer(a, b, amount):
    bank = a.bank
    with ExitStack() as stack:
        for account in sorted({a, b}, key=lambda account: account.number):
            stack.enter_context(account.lock)
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
