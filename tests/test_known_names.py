"""Names that Python does not find: an import, a place, or a value is missing, as the source tells."""

from __future__ import annotations

import pytest

from checker.judge.diagnosis import known_names

FORGOTTEN = "`import queue` is missing"
NOBODY = "Nothing has that name here"


@pytest.mark.parametrize(
    ("source", "name", "words"),
    [
        ("def f():\n    return queue.Queue()\n", "queue", FORGOTTEN),
        ("def f():\n    return queue.get()\ndef g():\n    queue = Queue()\n", "queue", NOBODY),
        ("def f():\n    return self.queue.get(queue)\n", "queue", NOBODY),
        ("from concurrent.futures import wait\nfor future in futures:\n    future.result()\n", "futures", NOBODY),
        ("import concurrent.futures\nconcurrent.futures.wait(futures)\n", "futures", NOBODY),
        ("import concurrent.futures\nfutures.wait(())\nconcurrent.futures.wait(())\n", "futures", "concurrent.futures"),
        ("future.result()\nprint(result)\n", "result", NOBODY),
        ("for key in pages.items():\n    print(items)\n", "items", NOBODY),
        ("# of self.lock\nlock\n", "lock", NOBODY),
        ("def f(self):\n    self.lock = Lock()\n    lock\n", "lock", "it is `self.lock`"),
        (
            "class A:\n    def ask(self): ...\n    def f(self):\n        self.ask()\n        ask()\n",
            "ask",
            "it is `self.ask`",
        ),
        ("import threading\nthreading.Event()\nLock()\nthreading.Lock()\n", "Lock", "it is `threading.Lock`"),
    ],
)
def test_what_is_undefined(source: str, name: str, words: str) -> None:
    """A name that the source makes is a matter of scope; elsewhere it is an attribute only where one is made so."""
    assert words in (known_names.hint(source, f"name '{name}' is not defined", 2) or "")


BRANCH = """
def work(job):
    def call():
        try:
            answer = job()
        except Exception:
            pass
        keep(answer)
    answer = call()
"""
COUNTED = "def f():\n    n = 0\n    def g():\n        n += 1\n"
ASKED = "def f():\n    n = 0\n    def g():\n        print(n)\n        n = 1\n"
LONG = "n = 0\ndef g():\n    n = (\n        n + 1\n    )\n"
GROUP = (
    "async def load():\n    errors = 0\n    async def ask():\n        errors {}= 1\n"
    "    async with TaskGroup() as group:\n        group.create_task(ask())\n"
)  # the line is the group's, and what is in it failed in a function of this one
DECLARED = (
    "def f(x):\n    if x:\n        n = 0\n    def g():\n        nonlocal n\n        n += 1\n    g()\n    return n\n"
)
AT_THE_TOP = "n = 0\ndef g():\n    n = n + 1\ndef f():\n    wait(g)\n"
BY_A_THREAD = "def f():\n    n = 0\n    def g():\n        n += 1\n    wait(g)\n    return n\n"
LISTED = "def f():\n    n = 0\n    def g():\n        n = [n for n in ()]\n    wait(g)\n"
AFTER = "def f():\n    try:\n        g()\n    except OSError as error:\n        pass\n    raise error\n"


@pytest.mark.parametrize(
    ("source", "name", "line", "words"),
    [
        (BRANCH, "answer", 8, None),
        (COUNTED, "n", 4, "`nonlocal n`"),
        (ASKED, "n", 4, "`nonlocal n`"),
        (GROUP.format("+"), "errors", 5, "`nonlocal errors`"),
        (GROUP.format(""), "errors", 5, None),
        (LONG, "n", 4, "`global n`"),
        ("n = 0\ndef g():\n    for n in ():\n        pass\n    print(n)\n", "n", 5, None),
        (DECLARED, "n", 8, None),
        (DECLARED, "n", 7, None),
        (AT_THE_TOP, "n", 5, "`global n`"),
        (AT_THE_TOP, "n", None, "`global n`"),
        (BY_A_THREAD, "n", None, "`nonlocal n`"),
        (BY_A_THREAD, "n", 6, None),
        (LISTED, "n", 5, None),
        (AFTER, "error", 6, "only until the end of its block"),
        ("def f():\n    print(error)\n    error = 1\n", "error", 2, None),
    ],
)
def test_what_has_no_value(source: str, name: str, line: int | None, words: str | None) -> None:
    """Somebody else's name is meant where the function asks for it before it gives it a value; else a branch lacks."""
    said = known_names.hint(source, f"cannot access local variable '{name}' where it is not associated", line)
    assert said is None if words is None else words in (said or "")
