# LATE: the caller's thread asks the last mirror itself, and waits for it.
"""Ask several places at once, and take what comes first."""

import queue
import threading
from collections.abc import Callable


def fastest(mirrors: list[str], fetch: Callable[[str], bytes]) -> tuple[str, bytes]:
    """Return (mirror, body) from the mirror that answers first."""
    answers = queue.SimpleQueue()

    def ask(mirror):
        try:
            answers.put((mirror, fetch(mirror), None))
        except Exception as error:
            answers.put((mirror, None, error))

    threads = [threading.Thread(target=ask, args=(mirror,)) for mirror in mirrors[:-1]]
    for thread in threads:
        thread.start()
    ask(mirrors[-1])  # saves a thread
    failures = []
    for _ in mirrors:
        mirror, body, error = answers.get()
        if error is None:
            return mirror, body
        failures.append(error)
    for thread in threads:
        thread.join()
    raise ExceptionGroup("no mirror has answered", failures)
