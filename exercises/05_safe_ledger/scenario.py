"""Uses a Ledger from several threads at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor


def crowd(attempt, accounts, audit, bookings, threads):
    """Make all bookings, each a (method, argument, ...), and count how they ended: {"done": 3, "ValueError": 1}.

    Any other exception than that of too little money reaches whoever asks.
    """
    ledger = attempt.Ledger(accounts, audit)

    def book(booking):
        method, *arguments = booking
        try:
            getattr(ledger, method)(*arguments)
        except ValueError as refused:
            return type(refused).__name__
        return "done"

    with ThreadPoolExecutor(threads) as pool:
        return dict(Counter(pool.map(book, bookings)))
