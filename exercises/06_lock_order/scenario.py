"""Makes transfers, each in a thread of its own."""

import threading
from collections import Counter


def at_once(attempt, bank, owners, transfers):
    """Make all transfers at the same time, and count how they ended: {"done": 3, "ValueError": 1}.

    owners: who owns each account, by its number. transfers: each (from, to, amount).
    """
    threads, ends = _threads(attempt, bank, owners, transfers)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(Counter(ends))


def in_turn(attempt, bank, owners, transfers):
    """The same, one transfer after the other: no two threads ever meet."""
    threads, ends = _threads(attempt, bank, owners, transfers)
    for thread in threads:
        thread.start()
        thread.join()
    return dict(Counter(ends))


def _threads(attempt, bank, owners, transfers):
    accounts = {number: attempt.Account(bank, number, owner) for number, owner in owners.items()}
    ends = []

    def make(source, target, amount):
        try:
            attempt.transfer(accounts[source], accounts[target], amount)
        except Exception as error:
            ends.append(type(error).__name__)
        else:
            ends.append("done")

    threads = [
        threading.Thread(target=make, args=transfer, name=f"the transfer {transfer[0]} to {transfer[1]}")
        for transfer in transfers
    ]
    return threads, ends
