from itertools import count

import pytest

from checker.checks import Bounds, Code, Inputs, in_words

LIMIT, PRIMES = 20_000, 2262
"""About 40 ms of computing."""
CALL_S = 0.10
CHAINS = 17
"""Each has two links: on a machine of any size, a pool whose size nobody has named has at most 32 threads."""
CHAINED_S = 0.03
STUCK_S = 1.0
"""So long does scenario.py wait for what has nothing to wait for."""
SLOW_S, TIMEOUT_S = 0.80, 0.10
OWN_S = 0.05
"""A right attempt needs so much for what it does itself meanwhile."""
OUT_OF_TIME_S = SLOW_S - 3 * TIMEOUT_S - OWN_S
"""Who is held up for longer may find the slow functions done, after three timeouts in a row."""


def both_kinds(world, latency_s, error=None):
    """ask: awaitable; load: blocks its thread, in an `async def` too."""
    return world.operation("ask", latency_s, error), world.operation("load", latency_s, error, blocking=True)


@pytest.mark.points(1)
def test_result_waits_and_raises(attempt, world):
    """result() waits for the result or raises the exception, as often as it is asked, where no event loop runs."""
    ask = world.operation("ask", 0.05)
    fail = world.operation("fail", 0.05, error=ConnectionError("no line"), blocking=True)
    run = attempt.scenario.results(ask, fail)
    none = run.told.pop("None", None)
    answers = dict.fromkeys(["result()", "result(), asked again"], f"{ask.answer}!")
    failures = dict.fromkeys(["a failure", "a failure, and asked again"], "ConnectionError")
    expect_raised(run, failures)
    run.expect_result(answers | failures | {"the name of the decorated function": "fetch"})
    run.within(STUCK_S / 2)
    told = "A function had returned None, and result(timeout) waited on, until its time was up"
    run.expect(none != "TimeoutError", Code.HANG, told, NONE_IS_ONE)
    with in_words(Code.HANG, "result() never came back, where a cpu_bound function had raised an exception", BRING_IT):
        attempt.scenario.failure_elsewhere().expect_result("TypeError")


NONE_IS_ONE = (
    "None is a result as well. Whether there is one, its value cannot tell: keep a flag beside it, or an Event, or let "
    "a future of concurrent.futures do all that."
)


def expect_raised(run, failures):
    """Where something has failed, result() raises that exception."""
    for what, kind in failures.items():
        told = f"After {what}, result() gave {run.told.get(what)}, where it has to raise the {kind}"
        run.expect(run.told.get(what) == kind, Code.WRONG_RESULT, told, KEEP_IT)


KEEP_IT = (
    "An exception is kept like a result: result() raises it each time, and the next Unfuture of a chain gets it in "
    "place of a result."
)
BRING_IT = (
    "A future needs an end in either case: whoever sets its result when all is well has to set its exception when it "
    "is not (`error_callback` of a `multiprocessing.Pool`)."
)


@pytest.mark.points(1)
def test_every_kind_can_be_awaited(attempt, world):
    """The Unfuture of every kind of function can be awaited, more than once, on the caller's event loop and others."""
    ask, load = both_kinds(world, 0.08)
    run = attempt.scenario.awaited(ask, load, LIMIT)
    stuck = next((kind for kind in A_CALL if run.told.get(kind) == "stuck"), "")
    run.within(STUCK_S)
    run.expect(not stuck, Code.HANG, f"`await` of {A_CALL[stuck]} never came back, on the caller's event loop", WAKE_UP)
    on_two = run.told.pop("on two loops", None)
    run.expect_result({"async": [ask.answer] * 3, "plain": [load.answer] * 3, "cpu_bound": [PRIMES] * 3})
    told = f"Two event loops awaited one Unfuture, and that gave {on_two}"
    run.expect(on_two == [True, True], Code.CRASHED, told, FOR_EACH)


A_CALL = {"async": "an async function", "plain": "a plain function", "cpu_bound": "a cpu_bound function", "": ""}
A_CALL["on two loops"] = "an Unfuture for which two event loops wait"
FOR_EACH = (
    "A future of asyncio belongs to one event loop: `__await__` makes a new one each time, for the loop that runs "
    "there, and does not keep it."
)
WAKE_UP = (
    "A future of asyncio belongs to the thread of its loop. If another thread sets its result, the loop may sleep on: "
    "`loop.call_soon_threadsafe` wakes it up, and `asyncio.wrap_future` does all that for a future of "
    "concurrent.futures."
)


def six_calls(world):
    """Three keys, each asked for and loaded: at once, or with one plain function at a time."""
    ask, load = both_kinds(world, CALL_S)
    keys = ["red", "green", "blue"]
    return Inputs((ask, load, keys), lambda: [each.answer_to(key) for key in keys for each in (ask, load)])


SIX = Bounds(serial_s=6 * CALL_S, wrong_s=3 * CALL_S, least_s=CALL_S, wrong_width=4)
"""The nearest wrong way has the async functions side by side, and the plain ones in a row.

No process is raced: to start one takes as long as a call, and many times as long on a busy machine.
"""


@pytest.mark.points(2)
def test_calls_from_a_thread(race, world):
    """Six calls from a thread without an event loop, of both kinds, are at least 2.5 times faster."""
    race.run("from_a_thread", lambda _scale: six_calls(world), driver="scenario.py", bounds=SIX)


@pytest.mark.points(1)
def test_each_kind_runs_where_it_belongs(attempt):
    """An async function runs on the one event loop, a plain one in a thread, a cpu_bound one in a process."""
    run = attempt.scenario.whereabouts()
    where = run.value
    run.expect(where["loop elsewhere"], Code.BLOCKS_LOOP, "An async function ran in the caller's thread", ONE_LOOP)
    run.expect(where["one loop"], Code.LATE, "Two calls of an async function ran on two event loops", ONE_LOOP)
    ends = where["loop ends with the program"]
    run.expect(
        ends, Code.LEAK_THREAD, "The thread of the event loop keeps a program from ever coming to its end", DAEMON
    )
    run.expect(where["thread elsewhere"], Code.BLOCKS_LOOP, "A plain function did not run in a pool's thread", POOL)
    run.expect(where["process elsewhere"], Code.GIL_BOUND, "A cpu_bound function ran in the caller's process", CORES)


ONE_LOOP = (
    "One event loop, which runs for ever in one thread (`loop.run_forever`), serves all async functions: what belongs "
    "to a loop, such as a session or a lock, can be shared only there. `asyncio.run_coroutine_threadsafe` brings work "
    "to it, and wakes it."
)
DAEMON = "A program waits for its threads before it ends, but not for those that are made with `daemon=True`."
POOL = "A plain function may block, so it needs a thread that may: `ThreadPoolExecutor.submit`."
CORES = "Python code that computes in a thread holds the GIL. `ProcessPoolExecutor` has a GIL for each worker."


@pytest.mark.points(1)
def test_chains(attempt, world):
    """Chains made by then() run side by side, hand exceptions on, and come to their end, whoever keeps them."""
    expect_at_once(attempt, world)
    expect_failures_handed_on(attempt, world)
    expect_none_forgotten(attempt, world)


def expect_at_once(attempt, world):
    """then() waits for nothing itself, in no thread of a pool either."""
    numbers, keys = count(), [f"key {number}" for number in range(CHAINS)]
    ask = world.operation("ask", CHAINED_S, answer=lambda _caller, key: f"{key}-{next(numbers)}")
    load = world.operation("load", CHAINED_S, blocking=True)
    run = attempt.scenario.in_chains(ask, load, keys)
    with in_words(Code.HANG, "Chains made by then(), side by side, never came to their end", GO_ON):
        _, at_once = run.value
    run.within(STUCK_S / 2)
    run.expect(at_once, Code.SERIAL, "then() waited for the result before it returned", GO_ON)
    run.expect_result(([str(load.answer_to(ask.answer_to(key))).upper() for key in keys], True))


def expect_failures_handed_on(attempt, world):
    """What fails in a chain is its result, and nothing behind it is called."""
    missing = ConnectionError("no line")
    ask, load = both_kinds(world, 0.03, lambda key: missing if key == "missing" else None)
    run = attempt.scenario.failing_chains(ask, load)
    failures = {
        "a failure in front of a chain": "ConnectionError",
        "a failure in the middle of a chain": "ZeroDivisionError",
        "a failure of the Unfuture that the function returned": "ConnectionError",
    }
    expect_raised(run, failures)
    rest = {"the functions behind a failure": "not called", "then(len)": len(str(ask.answer))}
    rest["then(len), when it was done"] = rest["then(len)"]
    run.expect_result(failures | rest)


def expect_none_forgotten(attempt, world):
    """A chain of which only the last Unfuture is kept comes to its end."""
    ask, load = both_kinds(world, CALL_S)
    run = attempt.scenario.forgotten(ask, load)
    answer = run.value
    run.within(STUCK_S / 2)
    run.expect(answer != "stuck", Code.LOST, "A chain never ended, because nobody kept its first Unfuture", KEEP)
    too_soon = answer is None and run.observed.left.operations > 0
    told = "The time was up, and instead of a TimeoutError there was a result, None: result(0.02)"
    run.expect(not too_soon, Code.WRONG_RESULT, told, IN_VAIN)
    run.expect_result(load.answer)


GO_ON = (
    "then() only arranges what comes later: a coroutine on unsync's own loop awaits the first result, and then goes "
    "on. It waits in no thread of a pool: if all wait there, for work that needs one of them, nobody ever gets on."
)
KEEP = (
    "An event loop has only weak references to its tasks: what waits, and nobody else keeps, Python may take for "
    "garbage. Let the Unfuture of a chain refer to the one before, or keep every Unfuture in a set until it is done."
)


@pytest.mark.points(2)
def test_calls_from_an_event_loop(race, world):
    """Six calls from an event loop, of both kinds, are at least 2.5 times faster."""
    race.run("from_a_loop", lambda _scale: six_calls(world), driver="scenario.py", bounds=SIX)


@pytest.mark.points(1)
def test_event_loops_go_round(attempt, world):
    """No event loop stands still: the caller's goes round during an `await`, and unsync's own is never blocked."""
    load = world.operation("load", 0.30, blocking=True)
    run = attempt.scenario.goes_round(load)
    at_once, went_round, turns, meanwhile = run.value
    run.within(STUCK_S / 2)
    run.expect(at_once, Code.SERIAL, "The call of a decorated function waited for its result", START)
    run.expect(went_round, Code.BLOCKS_LOOP, "`await unfuture` stopped the caller's event loop", GO_ROUND)
    asked = f"In 300 ms, `await unfuture` asked {turns} times whether it is done"
    run.expect(turns <= MOST_TURNS, Code.BUSY_WAIT, asked, GO_ROUND)
    told = f"On the caller's event loop, result() gave {meanwhile}, where it has to wait for the result"
    run.expect(meanwhile == load.answer_to("again"), Code.WRONG_RESULT, told, WAIT)
    ask = world.operation("ask", 0.08)
    run = attempt.scenario.on_the_own_loop(ask)
    after, before = run.told.get("after"), run.told.get("before")
    run.within(STUCK_S / 2)
    run.expect(after != "never begun", Code.LOST, "An async function was called, and never began", ONE_LOOP)
    run.expect(after != "stuck", Code.HANG, "`await unfuture` on unsync's own event loop never came back", GO_ROUND)
    told = f"The result was there, and result() on unsync's own loop gave {after}"
    run.expect(after == ask.answer_to("first"), Code.LOST, told, RAISE)
    run.expect(before != "stuck", Code.DEADLOCK, "result() on unsync's own event loop never came back", RAISE)
    waited = before == ask.answer_to("second")
    run.expect(not waited, Code.LATE, "result() on unsync's own event loop waited, and stopped it", RAISE)
    timed = run.told.get("in time") == "TimeoutError"
    run.expect(not timed, Code.LATE, "result(timeout) on unsync's own event loop waited, and stopped it", RAISE)
    run.expect(before == "RuntimeError", Code.CRASHED, f"On unsync's own loop, result() gave {before}", RAISE)


MOST_TURNS = 50
"""A future wakes its loop once; who polls without a rest goes round thousands of times."""
START = "The call only starts the work, and returns an Unfuture; whoever needs the result waits for it."
GO_ROUND = (
    "`__await__` must neither block its thread nor ask again and again: it yields a future of the running loop. "
    "`asyncio.wrap_future` makes one of a future of concurrent.futures."
)
WAIT = (
    "Only unsync's own event loop must not wait. On another one, result() blocks that loop, as its caller wants it, "
    "and returns the result: ask which thread it is, and not whether a loop runs."
)
RAISE = (
    "Whoever waits in the loop's own thread keeps the loop from doing what it waits for. There, result() has to raise "
    "a RuntimeError, with a timeout, too, unless the result is there already."
)


@pytest.mark.points(1)
def test_waiting_ends_in_time(attempt):
    """result(timeout) and `asyncio.wait_for` end when the time is up, for each kind of function."""
    run = attempt.scenario.out_of_time(SLOW_S, TIMEOUT_S)
    late = next((how for how, got in run.told.items() if got == NOTHING_READY), None)
    run.within(OUT_OF_TIME_S)
    run.expect(late is None, Code.LATE, f"The time was up, and it waited on until the end: {late}", IN_TIME)
    empty = next((how for how, got in run.told.items() if got is None), None)
    told = f"The time was up, and instead of a TimeoutError there was a result, None: {empty}"
    run.expect(empty is None, Code.WRONG_RESULT, told, IN_VAIN)
    hows, kinds = ("result(0)", "result(timeout)", "wait_for"), ("async", "plain", "cpu_bound")
    run.expect_result({f"{how}, {kind}": "TimeoutError" for how in hows for kind in kinds})


NOTHING_READY = ([], [], [])
"""What the slow functions return in the end."""
IN_VAIN = (
    "Whoever waits with a timeout has to look whether that was in vain: `Event.wait(timeout)` returns False when the "
    "time is up, and raises nothing. Then there is no result yet: raise TimeoutError."
)
IN_TIME = (
    "`result(timeout)` hands its timeout on to what it waits for; `wait_for` cancels what it waits for, and that must "
    "not be held up. Both end in a TimeoutError."
)
