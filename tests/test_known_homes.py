"""Names of the standard library that were not imported, or from another module: the hint has the line that is right."""

from __future__ import annotations

import pytest

from checker.judge.diagnosis import known_names

NOBODY = "Nothing has that name here"


@pytest.mark.parametrize(
    ("source", "name", "words"),
    [
        ("pool = ThreadPoolExecutor()\n", "ThreadPoolExecutor", "`from concurrent.futures import ThreadPoolExecutor`"),
        ("import queue\nq = Queue()\n", "Queue", "write `queue.Queue`"),
        ("import threading as t\na = Lock()\n", "Lock", "write `t.Lock`"),
        ("from asyncio import sleep\nq = Queue()\n", "Queue", "file: `from asyncio import Queue`."),
        ("q = Queue()\n", "Queue", "`from queue import Queue`, or `from asyncio import Queue`"),
        ("def f():\n    Queue = 1\ndef g():\n    Queue()\n", "Queue", NOBODY),
        ("Treads()\n", "Treads", NOBODY),
    ],
)
def test_what_was_not_imported(source: str, name: str, words: str) -> None:
    """The line that is missing, or the name with its module; a name that the file makes somewhere is its own."""
    assert words in (known_names.hint(source, f"name '{name}' is not defined", 2) or "")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "cannot import name 'ThreadPoolExecutor' from 'threading' (/usr/lib/python3.11/threading.py)",
            "`from concurrent.futures import ThreadPoolExecutor`",
        ),
        ("module 'threading' has no attribute 'Queue'", "`from queue import Queue`"),
        ("module 'asyncio' has no attribute 'TaskGroup'", None),
        ("cannot import name 'to_thread' from 'asyncio' (/usr/lib/python3.8/asyncio/__init__.py)", None),
        ("module 'threading' has no attribute 'Thred'", None),
    ],
)
def test_what_is_in_another_module(message: str, words: str | None) -> None:
    """Where the name really is; nothing of what only a newer version has, or nobody."""
    said = known_names.hint("", message, 1)
    assert (said is None) if words is None else (words in (said or ""))
