"""Errors around coroutines, tasks and event loops. A table like known_errors."""

from __future__ import annotations

from checker.judge.diagnosis.known_reading import Known

UNPACK = "gather takes the coroutines one by one, not a list of them: unpack it, `gather(*coroutines)`."
WRAP = (
    "What `submit` gives is a future of `concurrent.futures`, and cannot be awaited. `asyncio.wrap_future` makes one "
    "of it that can, and `loop.run_in_executor(pool, f, x)` gives one at once."
)
NOT_KEPT = (
    "An event loop has only weak references to its tasks: one that waits, and that nobody else keeps, Python may take "
    "for garbage, which raises GeneratorExit in it. Keep what `create_task` or `run_coroutine_threadsafe` returns, "
    "until it is done: in a set, for instance."
)
AWAITED_TOO_EARLY = (
    "This is a result already: something was awaited too early. create_task, gather, shield and wait_for take what can "
    "still be awaited. And `[await c for c in cs]` runs one after the other: give the coroutines themselves to gather."
)
ONE_COROUTINE = (
    "create_task takes one coroutine. Call your function with its arguments, which makes one: `create_task(f(x))`."
)
ASYNC_WITH = (
    "What may wait at its beginning or its end, as things of asyncio and aiohttp do, is used with `async with`, in an "
    "`async def`."
)
_RUN_FIRST = (
    "`asyncio.run` makes an event loop, and only then can anything be gathered: write an `async def` that awaits "
    "this, and run that one."
)
_AWAIT_IT = "A coroutine is not the result yet: `await` it, and take what that gives."
_ASYNC_FOR = "An async generator is not awaited as a whole: `async for item in generator:` goes through its items."
_FROM_3_13 = (
    "Queues of asyncio can be shut down from Python 3.13 on. Before, put a last thing in that cannot be an item, "
    "whatever happens: then who takes it out knows that nothing follows."
)
_ONCE = "A coroutine can be awaited only once. Make a task of it, `asyncio.create_task(...)`, which many may await."
GROUP_CANCELS = (
    "When one task of a TaskGroup fails, the others are cancelled, and an ExceptionGroup of the failures is raised: "
    "`except* SomeError` catches what is inside of it. Where every failure is to be kept, catch each inside of its own "
    "task."
)

ASYNCIO = (
    Known(
        "Response payload is not completed",
        "The headers had come, and the connection broke in the middle of an answer. That is a ClientPayloadError, and "
        "no ClientConnectionError: both are an `aiohttp.ClientError`. Read the body inside of the `try`, too.",
    ),
    Known("object async_generator can't be used in 'await'", _ASYNC_FOR),
    Known("a coroutine was expected, got <async_generator", _ASYNC_FOR),
    Known(
        "asyncio.run() cannot be called from a running event loop",
        "An `async def` already runs on an event loop: await the coroutine instead of starting a second loop.",
    ),
    Known("Task got bad yield", UNPACK),
    Known(
        "object list can't be used in 'await'",
        "A list cannot be awaited; what is in it can: `await asyncio.gather(*coroutines)`.",
    ),
    Known("object Future can't be used in 'await' expression", WRAP),
    Known(
        "Set of Tasks/Futures is empty",
        "asyncio.wait needs one task at least. If there is none, there is nothing to wait for: ask before you call it.",
    ),
    Known("and 'coroutine'", _AWAIT_IT),
    Known(
        "a coroutine was expected, got <function",
        "A coroutine is what an `async def` function gives when it is called: `create_task(f(x))`, and not "
        "`create_task(f)`.",
    ),
    Known("a coroutine was expected, got <", _RUN_FIRST, line="asyncio.run("),
    Known("no current event loop", _RUN_FIRST, line="gather("),
    Known("a coroutine was expected, got <", "This can be awaited already: `await` it, without making a task of it."),
    Known(
        "_BaseRequestContextManager' object has no attribute",
        "`session.get(...)` alone is no answer yet. There is one inside of `async with session.get(...) as response:`.",
    ),
    Known("Use async with instead", ASYNC_WITH),
    Known(
        "Task cannot await on itself",
        "This task waits for its own end: it found itself where it looked for another one. Under which name?",
    ),
    Known(
        "'str' object has no attribute '_condition'",
        "`as_completed` and `wait` go through what they get, and of a dict that is the keys: let those be the futures, "
        "`{future: name}`.",
    ),
    Known(
        "got an unexpected keyword argument 'return_exceptions'",
        "Only `gather` knows that argument. Without it, a TaskGroup ends the others when one fails, and raises an "
        "ExceptionGroup.",
    ),
    Known(
        "__await__() returned non-iterator of type '_asyncio",
        "`__await__` returns an iterator: that of what you have there, `return other.__await__()`.",
    ),
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
        "_wait_for_one",
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
        "gather() got an unexpected keyword argument 'timeout'",
        "gather knows no deadline. `asyncio.timeout(seconds)` around it gives up all, with what had come; "
        "`asyncio.wait(tasks, timeout=seconds)` tells which are done.",
    ),
    Known("requires an object with __aiter__", "This is no async generator: a plain `for` goes through it."),
    Known(
        "'async_generator' object is not iterable",
        "`all(await t for t in ts)` makes an asynchronous generator, which `all` and `sum` cannot go through. A list "
        "they can: `all([await t for t in ts])`.",
        line="(await ",
    ),
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
        "asynchronous generator is already running",
        "Another task still stands in this generator. To cancel that task only asks: await it first, and then close "
        "the generator, or ask it for the next item.",
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
    Known("create_task() takes", ONE_COROUTINE),
    Known(
        "is not an async iterator",
        "What is wanted here is an asynchronous generator: an `async def` with a `yield` in it.",
    ),
    Known(
        "got <coroutine object",
        "An `async def` gives a coroutine when it is called. Whoever calls this one wants its result: make it a `def`.",
    ),
    Known("await wasn't used with future", "What `gather` gives stands for all results, and is none yet: `await` it."),
    Known("'coroutine' object", _AWAIT_IT),
    Known(
        "Result is not set",
        "A task that is not done has no result yet, also when it is being cancelled: await it first. Those of a "
        "TaskGroup are done at the end of its `async with` block: ask for their results one indentation to the left.",
    ),
    Known(
        "There is no current event loop",
        "No event loop runs in this thread. What belongs to one (a task, a future of asyncio, `wrap_future`) is made "
        "in a coroutine that the loop runs.",
    ),
    Known(
        "A coroutine object is required",
        "A coroutine is what an `async def` function gives when it is called: `run_coroutine_threadsafe(f(x), loop)`.",
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
        "GeneratorExit",
        "Who leaves a generator at a `yield` inside of a TaskGroup gets the exception of the group. `yield` outside of "
        "it: keep the tasks yourself, and cancel and await them in a `finally`.",
    ),
)
