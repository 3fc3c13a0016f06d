"""Handle some requests: one after the other. Each line of the log carries the id of the request that it belongs to."""

from collections.abc import Callable

_current = None


def request_id() -> str | None:
    """Return the id of the request that is being handled, or None if there is none.

    The log calls this for every line that is written: in the work itself, in tasks that the work starts, and in
    threads. Nobody can tell it which request that is.
    """
    return _current


def handle(requests: list[tuple], work: Callable) -> list:
    """Do the work of each request, and return what came of it, in the order of the requests.

    requests: a list of (id, order). work(order) returns the answer, or raises an exception, which takes the
    answer's place. It writes into the log meanwhile, and may call `handle` again, for the parts of an order.
    Afterwards request_id() returns what it did before.

    In a `def`, as here, `work` is a function that waits. In an `async def` it is a coroutine function: await it.
    """
    global _current
    answers = []
    for ident, order in requests:
        before, _current = _current, ident
        try:
            answers.append(work(order))
        except Exception as error:
            answers.append(error)
        finally:
            _current = before
    return answers
