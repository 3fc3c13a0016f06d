"""Sends callers to a RateLimiter: each acquires, and then makes its call."""

import asyncio
import datetime
import inspect
import time
from datetime import timedelta

from checker.attempt.awaited import Counted
from checker.attempt.rounds import CountedLoop

TURNS = 3
"""Of the event loop: enough for every new task to come to where it waits."""
BEFORE_S = 0.06
"""So long before the border of two windows they come."""
TRIES = 3
"""To come then. (Whoever lets nobody pass at once never gets there.)"""
STUCK_S = 1.0
"""Whoever has not come back after so long, where a tenth of it would do, never will."""


async def crowd(attempt, ask, keys, rate, burst) -> list[object]:
    """Answers of callers who all come at once."""
    return await _all(attempt.RateLimiter(rate, burst), ask, keys)


async def crowd_at_the_border(attempt, ask, first, keys, rate, burst) -> tuple[list[object], float]:
    """Answers of callers who all come at once, when a window of burst / rate seconds is nearly over. Windows are
    counted from when the limiter was made, or from its first call: one caller comes at once, and has its own to ask.
    Also told: for how long the window was over when all had come (0 for an `acquire` that is a plain `def`, where only
    one can come at a time)."""
    for _ in range(TRIES):
        end_s = time.monotonic() + burst / rate
        limiter = attempt.RateLimiter(rate, burst)
        await _one(limiter, ask, first)
        await asyncio.sleep(end_s - BEFORE_S - time.monotonic())
        if time.monotonic() < end_s - BEFORE_S / 2:  # a busy machine may wake up too late
            break
    crowd = asyncio.create_task(_all(limiter, ask, keys))
    await _turn_round()
    late_s = max(0, time.monotonic() - end_s) if inspect.iscoroutinefunction(limiter.acquire) else 0
    return await crowd, late_s


async def two_crowds(attempt, ask, pause, first, second, rate, burst) -> list[object]:
    """Answers of callers who come at once, and of others after a pause."""
    limiter = attempt.RateLimiter(rate, burst)
    answers = await _all(limiter, ask, first)
    await pause()
    return answers + await _all(limiter, ask, second)


async def impatient_crowd(attempt, ask, patient, impatient, rate, burst) -> tuple[list[object], float]:
    """Answers of the patient callers, and how long the event loop took to let everybody begin to wait.

    All come at once, the impatient ones behind the first; these are cancelled while they wait.
    """
    limiter = attempt.RateLimiter(rate, burst)
    tasks = {key: asyncio.create_task(_one(limiter, ask, key)) for key in [patient[0], *impatient, *patient[1:]]}
    begun_s = time.perf_counter()
    await _turn_round()
    waiting_s = time.perf_counter() - begun_s
    for key in impatient:
        tasks[key].cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)
    return [tasks[key].result() for key in patient], waiting_s


async def impatient_in_turn(attempt, ask, patient, times, rate, burst) -> list[object]:
    """Answers of two patient callers, who come before and after impatient ones: so many, one after the other, each of
    whom is cancelled while it waits for its token."""
    limiter = attempt.RateLimiter(rate, burst)
    answers = [await _one(limiter, ask, patient[0])]
    for _ in range(times):
        task = asyncio.create_task(_one(limiter, ask, "impatient"))
        await _turn_round()
        task.cancel()
        await asyncio.wait([task])
    return [*answers, await _one(limiter, ask, patient[1])]


async def cancelled_at_its_token(attempt, ask, patient, rate) -> tuple[list[object], float, bool]:
    """Answers of three patient callers. Before the last one waits another, who is cancelled when its token has come.

    Also told: how long the second one waited, and whether that other was cancelled.
    """
    limiter = attempt.RateLimiter(rate, 1)
    answers = [await _one(limiter, ask, patient[0])]
    asked_s = time.perf_counter()
    answers.append(await _one(limiter, ask, patient[1]))
    token_s = time.perf_counter() - asked_s
    task = asyncio.create_task(_permitted(limiter))
    await _turn_round()
    asyncio.get_running_loop().call_later(1.1 * token_s, task.cancel)
    time.sleep(1.2 * token_s)  # on purpose: the token comes, and then the cancellation, in one round of the loop
    await asyncio.wait([task])
    return [*answers, await _one(limiter, ask, patient[2])], token_s, task.cancelled()


async def again_and_again(attempt, ask, pause, keys, rate, burst=1) -> tuple[list[object], list[float], float]:
    """Answers to one caller, who asks for the next `burst` tokens when it has used the last ones and made a pause.

    And how long it was until it asked each time, and from its first token to the last, by its own clock.
    """
    limiter = attempt.RateLimiter(rate, burst)
    answers, asked_s, passed_s = [], [], []
    for number, key in enumerate(keys, 1):
        asked_s.append(time.perf_counter())
        await _permitted(limiter)
        passed_s.append(time.perf_counter())
        answers.append(await ask(key))
        if number % burst == 0:
            await pause()
    pauses_s = [after_s - before_s for before_s, after_s in zip(passed_s, asked_s[1:], strict=False)]
    return answers, pauses_s, passed_s[-1] - passed_s[0]


async def order(attempt, names, rate, burst, latecomer) -> tuple[list[str], list[str], int]:
    """In which order callers have come, in which they are let through, and how often one of them let the event loop go
    round meanwhile.

    The latecomer comes when the bucket is full, and others still wait. The first of these, who gets a token, comes once
    more straight after that.
    """
    limiter = attempt.RateLimiter(rate, burst)
    came, passed, turns = [], [], [0]

    async def caller(name):
        came.append(name)
        waiting = limiter.acquire()
        if inspect.isawaitable(waiting):
            counted = Counted(waiting)
            await counted
            turns.append(counted.turns)
        passed.append(name)
        if name == names[burst]:
            await caller(f"{name} again")

    tasks = [asyncio.create_task(caller(name)) for name in names]
    await _turn_round()
    time.sleep((burst + 0.5) / rate)  # on purpose: tokens come, and no timer on this loop can go off
    await caller(latecomer)
    await asyncio.gather(*tasks)
    return came, passed, max(turns)


def two_of_them(attempt, rate) -> tuple[bool, bool, int]:
    """Whether a caller of one limiter waits for the next token; whether a caller of another one passes at once,
    meanwhile; and how often the event loop goes round until that token has come.

    Also where `acquire` is a plain `def`: beside that, nobody can wait. This is one itself, so that nobody asks the
    loop for its heartbeat: that would make it go round, too.
    """
    if not inspect.iscoroutinefunction(attempt.RateLimiter.acquire):
        return True, True, 0
    with asyncio.Runner(loop_factory=CountedLoop) as runner:
        return runner.run(_two_of_them(attempt, rate, runner.get_loop()))


async def _two_of_them(attempt, rate, loop):
    waited_for, other = attempt.RateLimiter(rate, 1), attempt.RateLimiter(rate, 1)
    await waited_for.acquire()
    waiting = asyncio.create_task(waited_for.acquire())
    await _turn_round()
    waits = not waiting.done()
    await other.acquire()
    at_once = not waiting.done()
    before = loop.rounds
    await waiting
    return waits, at_once, loop.rounds - before


async def on_two_loops(attempt, ask, first, second, rate, burst) -> list[object] | str:
    """Answers of callers on one event loop, and then, with the same limiter, on another one.

    When the first loop ends, one more caller still waits there, and is cancelled.
    """
    limiter = attempt.RateLimiter(rate, burst)

    async def all_and_one_more(keys):
        answers = await _all(limiter, ask, keys)
        waiting = asyncio.create_task(_permitted(limiter))
        await _turn_round()
        return answers, waiting  # which asyncio.run cancels

    def run(come, keys):
        return asyncio.run(asyncio.wait_for(come(keys), STUCK_S))

    async def all_of_them(keys):
        return await _all(limiter, ask, keys)

    try:
        answers, _ = await asyncio.to_thread(run, all_and_one_more, first)
        return answers + await asyncio.to_thread(run, all_of_them, second)
    except TimeoutError:
        return "stuck"
    except RuntimeError as error:
        return str(error)


async def clock_set_back(attempt, keys, rate) -> str:
    """Callers, of whom the last come when the clock on the wall has been set back by an hour.

    The attempt is imported once more, where whatever shows that clock can be set: wherever it keeps one, it is that.
    """
    set_back = _clock_on_the_wall()
    attempt.__spec__.loader.exec_module(attempt)
    limiter = attempt.RateLimiter(rate, 1)
    await _all(limiter, _nothing, keys)
    set_back(timedelta(hours=1))
    try:
        await asyncio.wait_for(_all(limiter, _nothing, keys), STUCK_S)
    except TimeoutError:
        return "stuck"
    return "went on"


def _clock_on_the_wall():
    """From now on, all in `time` and `datetime` that shows the clock on the wall can be set back. Returns what does."""
    back = timedelta()
    now_s, now_ns, clock_s, clock_ns = time.time, time.time_ns, time.clock_gettime, time.clock_gettime_ns

    def set_back(by):
        nonlocal back
        back = by

    class Datetime(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) - back

        @classmethod
        def utcnow(cls):
            return cls.now(datetime.UTC).replace(tzinfo=None)

        @classmethod
        def today(cls):
            return cls.now()

    def back_ns(clock=time.CLOCK_REALTIME):
        return back // timedelta(microseconds=1) * 1000 if clock == time.CLOCK_REALTIME else 0

    time.time = lambda: now_s() - back_ns() / 1e9
    time.time_ns = lambda: now_ns() - back_ns()
    time.clock_gettime = lambda clock: clock_s(clock) - back_ns(clock) / 1e9
    time.clock_gettime_ns = lambda clock: clock_ns(clock) - back_ns(clock)
    datetime.datetime = Datetime
    return set_back


async def _all(limiter, ask, keys):
    """Everybody at once; at a limiter whose `acquire` is a plain `def`, which blocks, one after the other."""
    if inspect.iscoroutinefunction(limiter.acquire):
        return await asyncio.gather(*(_one(limiter, ask, key) for key in keys))
    return [await _one(limiter, ask, key) for key in keys]


async def _one(limiter, ask, key):
    await _permitted(limiter)
    return await ask(key)


async def _permitted(limiter):
    waiting = limiter.acquire()
    if inspect.isawaitable(waiting):
        await waiting


async def _turn_round():
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def _nothing(_key):
    pass
