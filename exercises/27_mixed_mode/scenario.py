"""Uses unsync in every way: from a thread without an event loop, from event loops, and from unsync's own."""

import asyncio
import contextlib
import gc
import os
import select
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TypedDict

from checker.attempt.awaited import Counted, name_of

gc.disable()
"""Python finds garbage when it happens to look: here it looks only where `forgotten` asks for it."""

STUCK_S = 1.0
"""Whoever has not come back after so long, from a call that has nothing to wait for, never will."""
AWAITED_S = 4.0
"""Longer than all three kinds of functions take, and a pool of processes to start on a busy machine."""


async def from_a_thread(attempt, ask, load, keys) -> list[object]:
    """The answers for all keys, by an `async def` and by a plain function, in a thread where no event loop runs."""

    def work():
        fetch, read = _functions(attempt, ask, load)
        unfutures = [function(key) for key in keys for function in (fetch, read)]
        return [each.result() for each in unfutures]

    return await asyncio.to_thread(work)


async def from_a_loop(attempt, ask, load, keys) -> list[object]:
    """The answers for all keys, awaited on an event loop that nothing else wakes up."""

    async def work():
        fetch, read = _functions(attempt, ask, load)
        return await asyncio.gather(*[function(key) for key in keys for function in (fetch, read)])

    return await asyncio.to_thread(_on_a_loop, work)


async def in_chains(attempt, ask, load, keys) -> tuple[list[object], object]:
    """What the last of three functions gives for each key, and whether then() returns before there is a result.

    The first function of a chain waits for that: of the chains with keys, until all of them have been made.
    """
    returned, made = threading.Event(), threading.Event()

    def work():
        waiting = attempt.unsync(lambda: returned.wait(STUCK_S))()
        last = waiting.then(bool)
        returned.set()
        at_once = last.result()
        if not at_once:
            return [], at_once
        with ThreadPoolExecutor(len(keys)) as doors:  # not the attempt's threads, which may all be needed
            fetch, read = _functions(attempt, lambda key: ask_late(doors, key), load)
            fetched = [fetch(key) for key in keys]
            chains = [each.then(read).then(str.upper) for each in fetched]
            made.set()
            return [each.result() for each in chains], at_once

    async def ask_late(doors, key):
        await asyncio.get_running_loop().run_in_executor(doors, made.wait, STUCK_S)
        return await ask(key)

    return await asyncio.to_thread(work)


async def results(attempt, ask, fail) -> dict[str, object]:
    """What result() gives, and gives again, for an answer, an exception and None; and the decorated function's name."""

    async def fetch(key, *, suffix=""):
        return f"{await ask(key)}{suffix}"

    def work():
        decorated, failing = attempt.unsync(fetch), attempt.unsync(fail)
        answer, error = decorated("key", suffix="!"), failing("key")
        return {
            "result()": answer.result(),
            "result(), asked again": answer.result(),
            "a failure": _told(error.result),
            "a failure, and asked again": _told(error.result),
            "None": _told(attempt.unsync(lambda: None)().result, STUCK_S),
            "the name of the decorated function": decorated.__name__,
        }

    return await asyncio.to_thread(work)


async def failure_elsewhere(attempt) -> object:
    """The name of the exception that a cpu_bound function raises."""
    return await asyncio.to_thread(lambda: _told(attempt.count_primes("ten").result))


async def awaited(attempt, ask, load, limit) -> dict[str, object]:
    """What `await` gives for each kind of function, to two at once and once more, on a loop that nobody else wakes.

    And what it gives on two event loops that wait for the same.
    """
    told, came_back = {}, threading.Event()

    async def work():
        fetch, read = _functions(attempt, ask, load)
        primes = attempt.count_primes(limit=limit)
        unfutures = {"async": fetch(key="key"), "plain": read(key="key"), "cpu_bound": primes}
        for kind, each in unfutures.items():
            told[kind] = "stuck"
            told[kind] = [*await asyncio.gather(got(each), got(each)), await each]

    async def got(unfuture):
        return await unfuture

    def run():
        try:
            _on_a_loop(work)
            told["on two loops"] = "stuck"
            told["on two loops"] = _told(_on_two_loops, attempt.unsync)
        except Exception as error:
            told["error"] = error
        came_back.set()

    threading.Thread(target=run, daemon=True).start()
    await asyncio.to_thread(came_back.wait, AWAITED_S)
    if "error" in told:
        raise told["error"]
    return told


def _on_two_loops(unsync):
    """What an Unfuture gives on two event loops, of which both begin to wait before it is done."""
    both_wait = threading.Event()
    unfuture = unsync(lambda: both_wait.wait(STUCK_S) or True)()
    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()

    async def got():
        return await unfuture

    async def last():
        asyncio.get_running_loop().call_soon(both_wait.set)
        return await unfuture

    waiting = first.create_task(got())
    first.run_until_complete(asyncio.sleep(0))
    return [second.run_until_complete(last()), first.run_until_complete(waiting)]


Whereabouts = TypedDict(
    "Whereabouts",
    {
        "one loop": bool,
        "loop ends with the program": bool,
        "loop elsewhere": bool,
        "thread elsewhere": bool,
        "process elsewhere": bool,
    },
)


async def whereabouts(attempt) -> Whereabouts:
    """Where each kind of function runs."""

    @attempt.unsync
    async def on_a_loop():
        return asyncio.get_running_loop(), threading.get_ident(), threading.current_thread().daemon

    @attempt.unsync
    def in_a_thread():
        return threading.get_ident(), os.getpid()

    def work():
        (loop, loop_thread, daemon), (second_loop, *_) = on_a_loop().result(), on_a_loop().result()
        thread, process = in_a_thread().result()
        return {
            "one loop": loop is second_loop,
            "loop ends with the program": daemon,
            "loop elsewhere": loop_thread != threading.get_ident(),
            "thread elsewhere": thread not in (threading.get_ident(), loop_thread) and process == os.getpid(),
            "process elsewhere": attempt.unsync(cpu_bound=True)(os.getpid)().result() != os.getpid(),
        }

    return await asyncio.to_thread(work)


async def on_the_own_loop(attempt, ask) -> dict[str, object]:
    """What result() does in the thread of unsync's own event loop: after the Unfuture is done, and before."""
    told, came_back = {"after": "never begun"}, threading.Event()

    @attempt.unsync
    async def fetch(key):
        return await ask(key)

    async def ask_twice():
        told["after"] = "stuck"
        unfuture = fetch("first")
        await unfuture
        told["after"], told["before"] = _told(unfuture.result), "stuck"
        second = fetch("second")
        told["in time"] = _told(second.result, STUCK_S / 2)
        told["before"] = _told(second.result)

    @attempt.unsync
    async def impatient():
        try:
            await ask_twice()
        except Exception as error:
            told["error"] = error
        came_back.set()

    def work():
        kept = impatient()  # a loop has only weak references to its tasks
        came_back.wait(STUCK_S)
        del kept

    await asyncio.to_thread(work)
    if "error" in told:
        raise told["error"]
    return told


async def goes_round(attempt, load) -> tuple[bool, bool, int, object]:
    """Whether a call returns at once, whether the caller's event loop goes round during an `await`, and how often.

    And what result() gives there before it is done.
    The first function waits for the call to return, and then for a callback on that loop.
    """
    returned, called_back = threading.Event(), threading.Event()

    async def work():
        unfuture = attempt.unsync(lambda: [returned.wait(STUCK_S), called_back.wait(STUCK_S)])()
        returned.set()
        asyncio.get_running_loop().call_soon(called_back.set)
        (at_once, went_round), counted = await unfuture, Counted(attempt.unsync(load)("key"))
        await counted
        return at_once, went_round, counted.turns, _told(attempt.unsync(load)("again").result)

    return await asyncio.to_thread(_on_a_loop, work)


async def failing_chains(attempt, ask, load) -> dict[str, object]:
    """What a chain does with an exception in front or in the middle, and with a function that is not decorated."""

    def work():
        fetch, _ = _functions(attempt, ask, load)
        called = []
        missing, there = fetch("missing"), fetch("key")
        failed, broken = missing.then(called.append), there.then(lambda _: 1 / 0).then(called.append)
        within = there.then(lambda _: fetch("missing"))
        return {
            "a failure in front of a chain": _told(failed.result),
            "a failure in the middle of a chain": _told(broken.result),
            "a failure of the Unfuture that the function returned": _told(within.result),
            "the functions behind a failure": "called" if called else "not called",
            "then(len)": fetch("key").then(len).result(),
            "then(len), when it was done": there.then(len).result() if there.result() else None,
        }

    return await asyncio.to_thread(work)


async def forgotten(attempt, ask, load) -> object:
    """What a chain gives of which nobody but its last Unfuture is kept, while garbage is collected all the time."""

    def work():
        fetch, read = _functions(attempt, ask, load)
        chain = fetch("key").then(read)
        until_s = time.monotonic() + STUCK_S
        while time.monotonic() < until_s:
            gc.collect()
            with contextlib.suppress(TimeoutError):
                return chain.result(0.02)
        return "stuck"

    return await asyncio.to_thread(work)


async def out_of_time(attempt, slow_s, timeout_s) -> dict[str, object]:
    """How result(timeout) and asyncio.wait_for end when each kind of function takes too long."""

    def started():
        unsync = attempt.unsync
        slow = select.select  # time.sleep would give None, as does whoever comes back without a result
        functions = {"cpu_bound": unsync(cpu_bound=True)(slow), "plain": unsync(slow), "async": unsync(nap)}
        return {kind: function([], [], [], slow_s) for kind, function in functions.items()}

    async def nap(readers, writers, others, seconds):
        await asyncio.sleep(seconds)
        return readers, writers, others

    def waited():
        unfutures = started()
        now = {f"result(0), {kind}": _told(each.result, 0) for kind, each in unfutures.items()}
        return now | {f"result(timeout), {kind}": _told(each.result, timeout_s) for kind, each in unfutures.items()}

    async def wait_for(unfuture):
        try:
            return await asyncio.wait_for(unfuture, timeout_s)
        except Exception as error:
            return name_of(error)

    async def awaited():
        unfutures = started()
        ends = await asyncio.gather(*map(wait_for, unfutures.values()))
        return {f"wait_for, {kind}": end for kind, end in zip(unfutures, ends, strict=True)}

    return await asyncio.to_thread(waited) | await asyncio.to_thread(_on_a_loop, awaited)


def _functions(attempt, ask, load):
    """An `async def` and a plain function, both decorated."""

    @attempt.unsync
    async def fetch(key):
        return await ask(key)

    @attempt.unsync
    def read(key):
        return load(key)

    return fetch, read


def _told(function, *args):
    """What it returns, or the name of the exception."""
    try:
        return function(*args)
    except Exception as error:
        return name_of(error)


def _on_a_loop(work):
    """On a new event loop in this thread. Not asyncio.run, which waits for threads that were left."""
    return asyncio.new_event_loop().run_until_complete(work())
