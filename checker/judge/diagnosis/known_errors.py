"""Errors that Python tells in words of its own, and what a teacher would say of them. One table."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """Words of an error, and words of the line that raised it ("" for any)."""

    message: str
    hint: str
    line: str = ""


LIBRARIES = (
    "aiocache", "aiolimiter", "aiostream", "anyio", "async_lru", "async_timeout", "cachetools", "curio", "dask",
    "freezegun", "gevent", "greenlet", "httpx", "joblib", "loky", "numba", "numpy", "pandas",
    "ray", "requests", "scipy", "tenacity", "tornado", "tqdm", "trio", "unsync", "urllib3", "uvloop",
)  # fmt: skip
"""What people like to import, and is not installed with the checker."""
_NOT_INSTALLED = (
    "This library is not there where attempts are graded: only the standard library is, and what the exercise is "
    "about. What is there that does the same?"
)
_ALONE = (
    "Only attempt.py is graded: what is in another file of yours is not there. Put it into attempt.py. Of libraries "
    "there are those of Python, and what the exercise is about."
)
_SAVE_AS_UTF8 = "Python reads text as UTF-8: save the file again in your editor, with the encoding UTF-8."
UNPACK = "gather takes the coroutines one by one, not a list of them: unpack it, `gather(*coroutines)`."
WRAP = "A future of `concurrent.futures` cannot be awaited: `asyncio.wrap_future` makes one of it that can."
_NOT_TAKEN = (
    "A function is called with an argument that it does not take. If it is yours, compare its first line with that in "
    "sync.py."
)
_ASYNC_WITH = "What belongs to asyncio or aiohttp is used with `async with`, in an `async def`."
_NO_WITH = (
    "This object has no `with` of its own: call what ends it in a `finally`, or, for a `close()`, use "
    "`contextlib.closing(...)`."
)
_AWAIT_IT = "A coroutine is not the result yet: `await` it, and take what that gives."
_WITHOUT_ACQUIRE = "`with lock:` takes the lock by itself, and lets go of it at the end: leave out `.acquire()`."
_ASYNC_FOR = "An async generator is not awaited as a whole: `async for item in generator:` goes through its items."
_FROM_3_13 = (
    "Queues of asyncio can be shut down from Python 3.13 on. Before, put a last thing in that cannot be an item, "
    "whatever happens: then who takes it out knows that nothing follows."
)
_ONCE = "A coroutine can be awaited once. What several wait for is a task: `asyncio.create_task(coroutine)`."
_PAIRED = "Each `release()` needs an `acquire()` of its own before it, of the same lock: `with lock:` pairs them."
_IN_ITS_WITH = "`wait()` and `notify()` of a condition belong inside of a `with` block of that same condition."
_ONCE = "A coroutine can be awaited only once. Make a task of it, `asyncio.create_task(...)`, which many may await."
_NOT_READY = (
    "The socket was not ready for that yet. Before you ask it, let the loop wait until the selector says that it is: "
    "with EVENT_READ for `recv` and `accept`, with EVENT_WRITE for `send`."
)
_CALL_THE_CLASS = "This makes an object when it is called, and is none itself: put parentheses behind its name."

ERRORS = (
    Known("object async_generator can't be used in 'await'", _ASYNC_FOR),
    Known("a coroutine was expected, got <async_generator", _ASYNC_FOR),
    Known(
        "asyncio.run() cannot be called from a running event loop",
        "An `async def` already runs on an event loop: await the coroutine instead of starting a second loop.",
    ),
    Known("unhashable type: 'list'", UNPACK, line="gather("),
    Known("Task got bad yield", UNPACK),
    Known("object Future can't be used in 'await' expression", WRAP),
    Known(
        "can't be used in 'await' expression",
        "Only awaitables can be awaited. If the function that the checks call is a plain `def`, the operations that "
        "it gets are blocking functions.",
    ),
    Known(
        "was created in a different Context",
        "A token gives a context variable its old value back only in the task or thread that has set it: reset it "
        "there.",
    ),
    Known(
        "Set of Tasks/Futures is empty",
        "asyncio.wait needs one task at least. If there is none, there is nothing to wait for: ask before you call it.",
    ),
    Known(
        "is already registered",
        "A selector knows each socket once. If a second task waits for the same socket, change its entry (`modify`); "
        "and when nobody waits for it any longer, take it out (`unregister`).",
    ),
    Known(
        "breakpoint() needs a terminal",
        "Run pytest with -s: then the attempt has your terminal, and the deadline waits.",
    ),
    Known(
        "'NoneType' object has no attribute 'join'",
        "`start()` gives back None. Keep the thread first, `t = Thread(target=f)`, and then start it: `t.start()`.",
    ),
    Known("cannot join thread before it is started", "`join()` only waits. Call `start()` before it."),
    Known(
        "group argument must be None",
        "The first argument of `Thread` is not the function. Name it: `Thread(target=f)`.",
    ),
    Known(
        "cannot schedule new futures after shutdown",
        "At the end of its `with` block the pool is shut down. Submit everything inside of the block.",
    ),
    Known(
        "a coroutine was expected, got <function",
        "A coroutine is what an `async def` function gives when it is called: `create_task(f(x))`, and not "
        "`create_task(f)`.",
    ),
    Known(
        "_BaseRequestContextManager' object has no attribute",
        "`session.get(...)` alone is no answer yet. There is one inside of `async with session.get(...) as response:`.",
    ),
    Known("Use async with instead", _ASYNC_WITH),
    Known("given a coroutine that nobody awaited", _AWAIT_IT),
    Known("got 'coroutine'", _AWAIT_IT),
    Known(
        "__aiter__ method, got coroutine",
        "`async for` goes through what an async generator makes: an `async def` with `yield` in it. With `return` "
        "alone, it makes one coroutine.",
    ),
    Known("'Queue' object has no attribute 'shutdown'", _FROM_3_13),
    Known("has no attribute 'QueueShutDown'", _FROM_3_13),
    Known(
        "as_completed.<locals>",
        "What asyncio.as_completed gives are not your tasks, but one new coroutine for each. Let the work itself give "
        "back whose it is, beside its answer: `return source, answer`.",
    ),
    Known("coroutine is being awaited already", _ONCE),
    Known("cannot reuse already awaited coroutine", _ONCE),
    Known(
        "coroutines cannot be used with add_signal_handler",
        "A handler is called, and nobody awaits it: hand over a plain function, for instance `event.set`, and await "
        "the event.",
    ),
    Known(
        "<lambda>() takes 0 positional arguments but 2 were given",
        "A handler of `signal.signal` gets two arguments: the number of the signal, and a frame.",
    ),
    Known(
        "gather() got an unexpected keyword argument 'timeout'",
        "gather knows no deadline. `asyncio.timeout(seconds)` around it gives up all, with what had come; "
        "`asyncio.wait(tasks, timeout=seconds)` tells which are done.",
    ),
    Known("requires an object with __aiter__", "This is no async generator: a plain `for` goes through it."),
    Known(
        "'async_generator' object is not iterable",
        "Who waits between two items, as an async generator does, is gone through with `async for`.",
    ),
    Known(
        "'async_generator' object has no attribute 'close'",
        "An async generator is closed by `await generator.aclose()`: `async with aclosing(generator):` does that at "
        "the end of its block.",
    ),
    Known(
        "Passing coroutines is forbidden",
        "asyncio.wait takes tasks: make one of each coroutine first, `asyncio.create_task(f(x))`, and keep them.",
    ),
    Known(
        "has no attribute 'add_done_callback'",
        "asyncio.wait takes tasks, and got something else: a result that was awaited already, or a task that is packed "
        "up with something.",
    ),
    Known(
        "create_task() takes",
        "create_task takes one coroutine. Call your function with its arguments, which makes one: `create_task(f(x))`.",
    ),
    Known("'coroutine' object", _AWAIT_IT),
    Known(
        "too many values to unpack",
        "Something gave more values than there are names for them. Compare what your function returns with sync.py.",
    ),
    Known(
        "Result is not set",
        "The tasks of a TaskGroup are done at the end of its `async with` block. Ask for their results after it: one "
        "indentation to the left.",
    ),
    Known(
        "argument after * must be an iterable",
        "`args=(job)` is no tuple, only a job in parentheses: a comma makes the tuple, `(job,)`.",
    ),
    Known(
        "'await' outside async function",
        "`await` needs an `async def` around it: make the function that the checks call one.",
    ),
    Known("value too large to convert to int", "A C int has 32 bits, and ends at 2 147 483 647. A `long long` has 64."),
    Known(
        "'size' must be a positive number",
        "A block of shared memory has one byte at least. With no data there is nothing to share: answer without it.",
    ),
    Known(
        "cannot close exported pointers exist",
        "Something still looks into the block: a slice of `buf` is a view of it, too, not a copy. `release()` it "
        "first, or take a copy with `bytes(...)`.",
    ),
    Known(
        "No such file or directory: '/psm_",
        "This block is not there any longer. It is closed in every process, and unlinked once, by the process that "
        "made it, when all others have done with it.",
    ),
    Known(
        "only be shared between processes through inheritance",
        "Locks, arrays and queues of multiprocessing go to a process when it is made, not with a task later. A "
        "SharedMemory block has a name: send the name.",
    ),
    Known("it is UTF-16", _SAVE_AS_UTF8),
    Known("it is not UTF-8", _SAVE_AS_UTF8),
    *(Known(f"No module named '{name}", _NOT_INSTALLED) for name in LIBRARIES),
    Known("No module named", _ALONE),
    Known(
        "no running event loop",
        "Without an argument, it asks for the loop that runs in this thread. From another thread, name it: "
        "`asyncio.all_tasks(loop)`.",
        line="all_tasks(",
    ),
    Known(
        "no running event loop",
        "A plain `def` has no event loop that could run a task. Make the function that the checks call an `async def`.",
    ),
    Known(
        "attached to a different loop",
        "This task or future belongs to another event loop. From thread to loop and back lead "
        "`asyncio.run_coroutine_threadsafe` and `asyncio.wrap_future`.",
    ),
    Known(
        "result() takes no arguments",
        "The future of a task takes no timeout, and does not wait. Those of `concurrent.futures` do: "
        "`asyncio.run_coroutine_threadsafe` returns one.",
    ),
    Known(
        "__await__() returned a coroutine",
        "`__await__` is a plain `def`, and returns an iterator: that of another awaitable, `return other.__await__()`.",
    ),
    Known(
        "'str' object has no attribute 'get_start_method'",
        "`mp_context` is a context, and not its name: `multiprocessing.get_context('spawn')`.",
    ),
    Known("'type' object does not support", _CALL_THE_CLASS),
    Known("missing 1 required positional argument: 'self'", _CALL_THE_CLASS),
    Known("'function' object does not support", _CALL_THE_CLASS),
    Known("cannot release un-acquired lock", _PAIRED),
    Known("release unlocked lock", _PAIRED),
    Known(
        "sleep length must be non-negative",
        "Its moment may have passed when you come to sleep until then: `max(0, ...)`.",
    ),
    Known("Resource temporarily unavailable", _NOT_READY),
    Known(
        "'tuple' object does not support the context",
        "A tuple came where one thing belongs. Give back only that: of what a socket's `accept()` gives, for instance, "
        "the connection, and not the address.",
    ),
    Known("expected an instance of Token", "`var.set(...)` returns a token: keep it, and hand that to `var.reset`."),
    Known(
        "'async_generator' object is not iterable",
        "`all(await t for t in ts)` makes an asynchronous generator, which `all` and `sum` cannot go through. A list "
        "they can: `all([await t for t in ts])`.",
    ),
    Known("reuse already awaited coroutine", _ONCE),
    Known("coroutine is being awaited already", _ONCE),
    Known("notify on un-acquired lock", _IN_ITS_WITH),
    Known("wait on un-acquired lock", _IN_ITS_WITH),
    Known(
        "not supported between instances of",
        "Python does not know which of the two is the smaller one. Sort by something that it can compare: "
        "`sorted(things, key=lambda thing: thing.name)`, or a tuple that begins with it.",
    ),
    Known("'bool' object does not support the context", _WITHOUT_ACQUIRE, line="acquire("),
    Known("'types.SimpleNamespace' object does not support", _NO_WITH),
    Known("object does not support the context manager", _ASYNC_WITH),
    Known(
        "object does not support the asynchronous context manager",
        "This is no object of asyncio or aiohttp: use it with a plain `with`.",
    ),
    Known(
        "required positional argument",
        "A function is called without an argument that it needs. Who hands a function over gives the arguments beside"
        " it: `submit(f, x)`, `to_thread(f, x)`, `Thread(target=f, args=(x,))`.",
    ),
    Known("got an unexpected keyword argument", _NOT_TAKEN),
    Known("were given", _NOT_TAKEN),
    Known(
        "attempted relative import",
        "Only attempt.py is graded, and it is no part of a package: put what you need into it, and import libraries "
        "by their names.",
    ),
    Known(
        "EOF when reading a line", ("Nobody sits at the keyboard: the function gets all that it needs as arguments.")
    ),
    Known(
        "GeneratorExit",
        "Who leaves a generator at a `yield` inside of a TaskGroup gets the exception of the group. `yield` outside of "
        "it: keep the tasks yourself, and cancel and await them in a `finally`.",
    ),
    Known(
        "unhandled errors in a TaskGroup",
        "When one task of a TaskGroup fails, the others are cancelled, and an ExceptionGroup of the failures is "
        "raised. Where every failure is to be kept, catch each inside of its own task.",
    ),
)
