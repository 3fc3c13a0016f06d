"""Objects that cannot do what is asked of them: what a beginner meant."""

from __future__ import annotations

import pytest

from checker.judge.diagnosis import known
from tests.evidence import run

BUFFER = "class Buffer:\n    def get({}):\n        return 1\n    def put(self, item):\n        pass\n"
TAKES_NONE = "Buffer.get() takes 0 positional arguments but 1 was given"


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("async with asyncio.TaskGroup as group:", "type", "put parentheses behind its name"),
        ("async with asyncio.timeout as limit:", "function", "put parentheses behind its name"),
        ("async with lock.acquire:", "method", "a method that nobody has called"),
        ("async with lock.acquire():", "coroutine", "leave out `.acquire()`"),
        ("async with connect() as c:", "coroutine", "`async with await f():`"),
        ("async with source:", "async_generator", "contextlib.aclosing"),
        ("async with urlopen(url) as response:", "HTTPResponse", "use it with a plain `with`"),
        ("async with queue:", "Queue", "make it without"),
    ],
)
def test_what_has_no_async_with(text: str, kind: str, says: str) -> None:
    """Parentheses too few or too many are no reason to do without the `async with`."""
    message = f"'{kind}' object does not support the asynchronous context manager protocol"
    assert says in (known.hint(run(source=text), message, 1) or "")


@pytest.mark.parametrize(
    ("source", "message", "says"),
    [
        (BUFFER.format(""), TAKES_NONE, "`def get(self):`"),
        (BUFFER.format("item"), "Buffer.get() takes 1 positional argument but 2 were given", "`def get(self, item):`"),
        (BUFFER.format("self"), "Buffer.get() takes 1 positional argument but 2 were given", "compare its first line"),
        (BUFFER.format(""), "Other.get() takes 1 positional argument but 2 were given", "compare its first line"),
        ("q = queue(3)", "'module' object is not callable", "is a module"),
        ("q = Queue\nq.get()", "'function' object has no attribute 'get'", "a function that nobody has called"),
        ("done = wait(fs)", "'set' object has no attribute 'result'", "`done, not_done = wait(futures)`"),
        (
            "def work():\n    async for x in y: pass",
            "'async for' outside async function",
            "`async for` needs an `async",
        ),
        ("t.start()", "thread.__init__() not called", "`super().__init__()`"),
        ("Thread(f=f)", "Thread.__init__() got an unexpected keyword argument 'f'", "as the documentation does"),
    ],
)
def test_what_was_forgotten(source: str, message: str, says: str) -> None:
    """`self`, the name behind a module, the base class's part, the documented name of an argument."""
    assert says in (known.hint(run(source=source), message, source.count("\n") + 1) or "")
