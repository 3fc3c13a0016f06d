"""Ask some sources for a quote: one after the other, however long each takes."""

import time


def quotes(sources: list[str], ask, deadline: float) -> dict[str, str | Exception | None]:
    """Return a dict with one entry per source: what it answered within `deadline` seconds.

    An entry is the quote, the exception if the source failed, or None if nothing came in time.

    ask(source) takes as long as that source takes, and returns its quote or raises an exception.
    In a `def`, as here, nothing can end that wait: an answer that comes too late is thrown away.
    In an `async def` it is a coroutine function, and a task that awaits it can be cancelled.
    """
    answers = {}
    for source in sources:
        begun_s = time.monotonic()
        try:
            answer = ask(source)
        except Exception as error:
            answer = error
        in_time = time.monotonic() - begun_s <= deadline
        answers[source] = answer if in_time else None
    return answers
