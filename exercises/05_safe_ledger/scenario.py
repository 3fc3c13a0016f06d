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

    def book(booking):
        method, *arguments = booking
        try:
            getattr(ledger, method)(*arguments)
        except ValueError as error:  # or a kind of it
            if is_mistake(error, attempt):
                raise
            return "ValueError"
        return "done"

    with ThreadPoolExecutor(threads) as pool:
        return dict(Counter(pool.map(book, bookings)))


def overtaken(attempt) -> object:
    """The least that an account holds after two deposits of 1, of which one overtakes the other, once before each line.

    Each time it is another account, of which the ledger has never heard, and audits take no time.
    """
    least = 2
    for number, overtaking in enumerate(overtakings(file_of(attempt))):
        balances = {}

        def read(account, balances=balances, overtaking=overtaking):
            balance = balances.get(account, 0)
            overtaking.meet()
            return balance

        accounts = Handle(read=read, write=balances.__setitem__)
        ledger, account = attempt.Ledger(accounts, lambda *_: None), f"account {number}"
        if not overtaking.both(*[partial(ledger.deposit, account, 1)] * 2):
            break
        least = min(least, balances.get(account, 0))
    return least


def two_ledgers(attempt) -> list[dict[object, object]]:
    """What is in the books of two ledgers, of which each had a deposit of its own."""
    books = [{"alice": 0}, {"alice": 0}]
    all_accounts = [Handle(read=balances.get, write=balances.__setitem__) for balances in books]
    ledgers = [attempt.Ledger(accounts, lambda *_: None) for accounts in all_accounts]
    for amount, ledger in enumerate(ledgers, 1):
        ledger.deposit("alice", amount)
    return books
