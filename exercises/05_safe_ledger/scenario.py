"""Uses a Ledger from several threads at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from checker.attempt.handle import Handle
from checker.attempt.meeting import overtakings
from checker.attempt.mistakes import is_mistake
from checker.attempt.named import file_of


def crowd(attempt, accounts, audit, bookings, threads) -> dict[str, int]:
    """Make all bookings, each a (method, argument, ...), and count how they ended: {"done": 3, "ValueError": 1}.

    Any other exception than that of too little money reaches whoever asks.
    """
    ledger = attempt.Ledger(accounts, audit)
    with ThreadPoolExecutor(threads) as pool:
        return dict(Counter(pool.map(partial(book, attempt, ledger), bookings)))


def book(attempt, ledger, booking) -> str:
    method, *arguments = booking
    try:
        getattr(ledger, method)(*arguments)
    except ValueError as error:  # or a kind of it
        if is_mistake(error, attempt):
            raise
        return "ValueError"
    return "done"


def overtaken(attempt, method, balance, new) -> list[list[int]]:
    """How two bookings of 1 end, of which one overtakes the other, once before each line, if the account holds balance.

    Each end that there was, once: how many bookings were made, and what the account held then. Each time it is another
    account, and audits take no time. new: the ledger has never heard of it, and the two meet when they have read its
    balance; otherwise one more booking was made before.
    """
    found = set()
    for number, overtaking in enumerate(overtakings(file_of(attempt))):
        account, target, ends = f"account {number}", f"target {number}", []
        balances = {account: balance, target: 0}

        def read(name, balances=balances, meet=overtaking.meet if new else None):
            held = balances[name]
            if meet is not None:
                meet()
            return held

        ledger = attempt.Ledger(Handle(read=read, write=balances.__setitem__), lambda *_: None)
        booking = (method, account, *([target] if method == "transfer" else []), 1)

        def make(ledger=ledger, booking=booking, ends=ends):
            ends.append(book(attempt, ledger, booking))

        if not new:
            book(attempt, ledger, booking)
        if not overtaking.both(make, make):
            break
        found.add((ends.count("done"), balances[account]))
    return sorted(map(list, found))


def two_ledgers(attempt) -> list[dict[object, object]]:
    """What is in the books of two ledgers, of which each had a deposit of its own."""
    books = [{"alice": 0}, {"alice": 0}]
    all_accounts = [Handle(read=balances.get, write=balances.__setitem__) for balances in books]
    ledgers = [attempt.Ledger(accounts, lambda *_: None) for accounts in all_accounts]
    for amount, ledger in enumerate(ledgers, 1):
        ledger.deposit("alice", amount)
    return books
