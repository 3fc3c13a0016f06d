"""Ask several places, and take what comes first: by asking one after the other."""

import time
from collections.abc import Callable


def fastest(mirrors: list[str], fetch: Callable[[str], bytes]) -> tuple[str, bytes]:
    """Return (mirror, body) from the mirror that answers first.

    All mirrors have the same file. fetch(mirror) takes as long as that mirror takes, and returns
    the body or raises an exception. If all mirrors fail, raise an ExceptionGroup with every failure.
    """
    answers, failures = [], []
    for mirror in mirrors:
        begun_s = time.monotonic()
        try:
            body = fetch(mirror)
        except Exception as error:
            failures.append(error)
        else:
            answers.append((time.monotonic() - begun_s, mirror, body))
    if not answers:
        raise ExceptionGroup("no mirror has answered", failures)
    _, mirror, body = min(answers)
    return mirror, body
