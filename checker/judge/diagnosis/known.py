"""Errors that Python tells in words of its own, and what a teacher would say of them. One table."""

from __future__ import annotations

from typing import NamedTuple

from checker.model.evidence import Run


class _Known(NamedTuple):
    """Words of an error, and words of the line that raised it ("" for any)."""

    message: str
    hint: str
    line: str = ""


ONLY_IN_C = (
    "A `cdef` function is one for C, and Python cannot see it. Write `def` or `cpdef`: then it "
    "can be called from outside."
)

LIBRARIES = (
    "anyio", "cachetools", "curio", "dask", "gevent", "greenlet", "httpx", "joblib", "loky", "numba", "numpy", "pandas",
    "ray", "requests", "scipy", "tenacity", "tornado", "tqdm", "trio", "unsync", "urllib3", "uvloop",
)  # fmt: skip
"""What people like to import, and is not installed with the checker."""
_NOT_INSTALLED = (
    "This library is not there where attempts are graded: only the standard library is, and what the exercise's README "
    "names. Which of those does the same?"
)
_ALONE = (
    "Only attempt.py is graded: what is in another file of yours is not there. Put it into attempt.py. Of libraries "
    "there are those of Python, and what the README names."
)
_SAVE_AS_UTF8 = "Python reads text as UTF-8: save the file again in your editor, with the encoding UTF-8."
_UNPACK = "gather takes the coroutines one by one, not a list of them: unpack it, `gather(*coroutines)`."
_WRAP = "A future of `concurrent.futures` cannot be awaited: `asyncio.wrap_future` makes one of it that can."
_NOT_TAKEN = (
    "A function is called with an argument that it does not take. If it is yours, compare its first line with that in "
    "sync.py."
)
_CALL_THE_CLASS = "A class is not yet an object of it: call it, with parentheses behind its name."

_ERRORS = (
    _Known(
        "asyncio.run() cannot be called from a running event loop",
        "An `async def` already runs on an event loop: await the coroutine instead of starting a second loop.",
    ),
    _Known("unhashable type: 'list'", _UNPACK, line="gather("),
    _Known("Task got bad yield", _UNPACK),
    _Known("object Future can't be used in 'await' expression", _WRAP),
    _Known(
        "can't be used in 'await' expression",
        "Only awaitables can be awaited. If the function that the checks call is a plain `def`, the operations that it "
        "gets are blocking functions.",
    ),
    _Known(
        "was created in a different Context",
        "A token gives a context variable its old value back only in the task or thread that has set it: reset it "
        "there.",
    ),
    _Known(
        "Set of Tasks/Futures is empty",
        "asyncio.wait needs one task at least. If there is none, there is nothing to wait for: ask before you call it.",
    ),
    _Known(
        "is already registered",
        "A selector knows each socket once. If a second task waits for the same socket, change its entry (`modify`); "
        "and when nobody waits for it any longer, take it out (`unregister`).",
    ),
    _Known(
        "breakpoint() needs a terminal",
        "Run pytest with -s: then the attempt has your terminal, and the deadline waits.",
    ),
    _Known(
        "argument after * must be an iterable",
        "`args=(job)` is no tuple, only a job in parentheses: a comma makes the tuple, `(job,)`.",
    ),
    _Known(
        "'await' outside async function",
        "`await` needs an `async def` around it: make the function that the checks call one.",
    ),
    _Known(
        "value too large to convert to int",
        "A C int has 32 bits, and ends at 2 147 483 647. A `long long` has 64.",
    ),
    _Known(
        "'size' must be a positive number",
        "A block of shared memory has one byte at least. With no data there is nothing to share: answer without it.",
    ),
    _Known(
        "cannot close exported pointers exist",
        "Something still looks into the block: a slice of `buf` is a view of it, too, not a copy. `release()` it "
        "first, or take a copy with `bytes(...)`.",
    ),
    _Known(
        "No such file or directory: '/psm_",
        "This block is not there any longer. It is closed in every process, and unlinked once, by the process that "
        "made it, when all others have done with it.",
    ),
    _Known(
        "only be shared between processes through inheritance",
        "Locks, arrays and queues of multiprocessing go to a process when it is made, not with a task later. A "
        "SharedMemory block has a name: send the name.",
    ),
    _Known("it is UTF-16", _SAVE_AS_UTF8),
    _Known("it is not UTF-8", _SAVE_AS_UTF8),
    *(_Known(f"No module named '{name}", _NOT_INSTALLED) for name in LIBRARIES),
    _Known("No module named", _ALONE),
    _Known(
        "no running event loop",
        "Without an argument, it asks for the loop that runs in this thread. From another thread, name it: "
        "`asyncio.all_tasks(loop)`.",
        line="all_tasks(",
    ),
    _Known(
        "attached to a different loop",
        "This task or future belongs to another event loop. From thread to loop and back lead "
        "`asyncio.run_coroutine_threadsafe` and `asyncio.wrap_future`.",
    ),
    _Known(
        "result() takes no arguments",
        "The future of a task takes no timeout, and does not wait. Those of `concurrent.futures` do: "
        "`asyncio.run_coroutine_threadsafe` returns one.",
    ),
    _Known(
        "__await__() returned a coroutine",
        "`__await__` is a plain `def`, and returns an iterator: that of another awaitable, `return other.__await__()`.",
    ),
    _Known(
        "'str' object has no attribute 'get_start_method'",
        "`mp_context` is a context, and not its name: `multiprocessing.get_context('spawn')`.",
    ),
    _Known("'type' object does not support", _CALL_THE_CLASS),
    _Known("missing 1 required positional argument: 'self'", _CALL_THE_CLASS),
    _Known("got an unexpected keyword argument", _NOT_TAKEN),
    _Known("were given", _NOT_TAKEN),
    _Known(
        "attempted relative import",
        "Only attempt.py is graded, and it is no part of a package: put what you need into it, and import libraries by "
        "their names.",
    ),
    _Known("EOF when reading a line", "Nobody sits at the keyboard: the function gets all that it needs as arguments."),
)

_OWN_MEMORY = (
    "Each process has memory of its own: a worker that was there before does not see what is put into a global "
    "variable later. Give it what it needs as arguments, or put it where both can reach it."
)
_AWAITED_TOO_EARLY = (
    "Something was awaited too early: `[await c for c in cs]` runs one after the other and leaves results. Give the "
    "coroutines themselves to gather."
)
_PLAIN_DEF = (
    "In a plain `def` the operations are blocking functions, and there are no coroutines to gather. "
    "Make the function that "
    "the checks call an `async def`, and await there."
)


def hint(run: Run, message: str, line: int | None) -> str | None:
    """What helps whoever gets this message from this line; None if nobody knows."""
    if "a coroutine or an awaitable is required" in message:
        if line is None:
            return _WRAP  # it was ours that awaited what the attempt had returned
        return _AWAITED_TOO_EARLY if run.beats else _PLAIN_DEF
    if "'NoneType' object" in message and "global " in run.source and len(run.cpu.processes) > 1:
        return _OWN_MEMORY
    lines = run.source.splitlines()
    text = lines[line - 1] if line is not None and 0 < line <= len(lines) else ""
    return next((known.hint for known in _ERRORS if known.message in message and known.line in text), None)


_RESULTS = (
    (
        ("generator", "iterator", "map", "filter", "zip"),
        ("It makes its items only when somebody asks for them: wrap it in `list(...)`."),
    ),
    (("Future", "coroutine", "Task"), "What it will be is not there yet: `await` it, and return what that gives."),
    (
        ("float nan",),
        (
            "Not a number comes of the square root of a negative number: in C a product of two ints can "
            "be too large for one, and "
            "becomes negative. Take `long long`, or `double`."
        ),
    ),
)


def hint_for_result(what: str) -> str | None:
    """What helps whoever returned this instead of plain data; None if nobody knows."""
    return next((hint for words, hint in _RESULTS if any(word in what for word in words)), None)
