"""Calls the function of an attempt several times in one process."""

import sys
import threading
from contextlib import contextmanager

from checker.attempt.awaited import awaited


def made_up(attempt, urls) -> list[str]:
    """The kinds of those exceptions in the list that download_all returns which nobody has ever raised."""
    with noted() as raised:
        entries = awaited(attempt.download_all(urls))
    failures = [each for each in entries if isinstance(each, Exception) and each.__traceback__ is None]
    # Whoever keeps an exception may have taken its traceback from it, and with that the frames of a thread.
    return [type(each).__name__ for each in failures if not any(each is error for error in raised)]


@contextmanager
def noted():
    """Collects each exception that comes up in this thread, or in one that starts meanwhile."""
    raised = []

    def trace(frame, event, told):
        frame.f_trace_lines = False
        if event == "exception":
            raised.append(told[1])
        return trace

    threading.settrace(trace)
    sys.settrace(trace)
    try:
        yield raised
    finally:
        sys.settrace(None)
        threading.settrace(None)


def in_turn(attempt, *lists_of_urls) -> list[object]:
    """What download_all returns for each of these lists, one after another."""
    return [awaited(attempt.download_all(urls)) for urls in lists_of_urls]
