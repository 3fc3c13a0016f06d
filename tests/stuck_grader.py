"""A grader process that does to its jobs what the first argument says: a program for test_watchdog.py."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from checker.classroom import grader_main, jobs


def begun() -> None:
    """Tell the test."""
    Path(tempfile.gettempdir(), "begun").touch()


def hold_the_gil(_order: bytes) -> bytes:
    """The regular expression takes centuries, in C."""
    begun()
    re.match(r"(a+)+$", "a" * 60 + "b")
    return b""


def eat_memory(_order: bytes) -> bytes:
    eaten = []
    while True:
        eaten.append(bytearray(b"x" * 2**24))
        time.sleep(0.01)


def wait(_order: bytes) -> bytes:
    begun()
    time.sleep(1000)
    return b""


def leave(_order: bytes) -> bytes:
    os._exit(7)


def talk_nonsense(_order: bytes) -> bytes:
    return b'{"exercise": '


DOES: dict[str, Callable[[bytes], bytes]] = {
    each.__name__: each for each in (hold_the_gil, eat_memory, wait, leave, talk_nonsense)
}

if __name__ == "__main__":
    does = DOES[sys.argv[1]]
    jobs.perform_encoded = lambda order, width=1: does(order)  # noqa: ARG005
    grader_main.main(int(sys.argv[2]), float(sys.argv[3]))
