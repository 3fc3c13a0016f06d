"""Gives tasks to an attempt's `run`, and watches when they get their turns."""

import builtins
import inspect
import time
from contextlib import suppress

NAP_S, WORK_S = 0.15, 0.35
"""Who naps first and lets the other one work is certainly due when that is done."""
MANY_TURNS = 1000
"""A task that has so many is still ready when the next few have come, or have had their turns."""
SOURCE_S, MOST_TAKEN = 0.001, 1000
"""A source takes so long for each task, and has so many: one that ends in 0.05 s is over long before they are."""


def run(attempt, nap, plans) -> object:
    """Run a task for each {name: steps}. A step is seconds to sleep, None, or the name of an exception to raise.

    nap: the world's, which knows how long each nap really took. A task returns what that says of its last nap; without
    one, its name, as a number if it is one; without that, None.
    """
    return attempt.run(_task(attempt, nap, name, steps) for name, steps in plans.items())


def _task(attempt, nap, name, steps):
    slept = int(name) if name.isdecimal() else name or None
    for step in steps:
        if isinstance(step, str):
            raise getattr(builtins, step)(name)
        if step is None:
            yield None
        else:
            nap.begin(name, step)
            yield attempt.Sleep(step)
            slept = nap.end(name)  # raises RuntimeError if the scheduler has woken it too early
    return slept


def run_naps(attempt, task, tasks, naps, seconds) -> object:
    """Each task takes some naps of that many seconds, and returns its number.

    Every other one tells the world that it begins and ends, and returns what that says. Not all: the scheduler waits
    while somebody tells it.
    """

    def napper(number):
        for _ in range(naps):
            yield attempt.Sleep(seconds)
        return number

    def teller(number):
        task.begin(str(number), naps * seconds)
        yield from napper(number)
        return task.end(str(number))

    return attempt.run(teller(number) if number % 2 else napper(number) for number in range(1, tasks + 1))


def run_endless_source(attempt) -> dict[str, object]:
    """Run tasks from a source that ends only when its first task has ended, however it ends; or else after very many.

    Returns the first result, or None, and whether all tasks were taken.
    """
    ended, left = [], iter(range(MOST_TAKEN))

    def first():
        try:
            yield None
            yield attempt.Sleep(0.05)
            yield None
            return "first"
        finally:
            ended.append(True)

    def another():
        yield None

    def source():
        yield first()
        for _ in left:
            if ended:
                return
            time.sleep(SOURCE_S)
            yield another()

    results = attempt.run(source())
    return {"first": next(iter(results), None), "all_taken": next(left, None) is None}


def run_broken_source(attempt, tasks) -> dict[str, object]:
    """Run tasks from a source that fails after some. Returns what run raised, and how many tasks are suspended then."""
    begun = []

    def napper():
        yield attempt.Sleep(0.05)

    def taker():
        for _ in range(MANY_TURNS):
            yield None

    def source():
        for number in range(tasks):
            begun.append(taker() if number % 2 else napper())
            yield begun[-1]
        raise ConnectionError("the source of the tasks is gone")

    try:
        attempt.run(source())
    except ConnectionError as error:
        suspended = [task for task in begun if inspect.getgeneratorstate(task) == inspect.GEN_SUSPENDED]
        return {"raised": type(error).__name__, "suspended": len(suspended)}
    return {"raised": None}


def run_exit(attempt) -> int:
    """Two tasks have begun, one of them sleeps, and a third raises SystemExit. Returns how many are suspended then."""

    def napper():
        yield attempt.Sleep(0.05)

    def taker():
        for _ in range(MANY_TURNS):
            yield None

    def leaver():
        yield None
        raise SystemExit

    begun = [napper(), taker()]
    with suppress(SystemExit):
        attempt.run([*begun, leaver()])
    return sum(inspect.getgeneratorstate(task) == inspect.GEN_SUSPENDED for task in begun)


def run_list(attempt, after_a_failure) -> object:
    """What run returns for a list of two tasks; after_a_failure: when it has been called before with a source that
    fails. That one had more tasks, which sleep for longer: whoever still has one of them cannot hide it."""

    def task(name, sleep_s=0.01):
        yield None
        yield attempt.Sleep(sleep_s)
        return name

    def source():
        yield from (task("before", 0.05) for _ in range(4))
        raise ConnectionError("the source of the tasks is gone")

    if after_a_failure:
        with suppress(ConnectionError):
            attempt.run(source())
    return attempt.run([task("ann"), task("bob")])


def turns(attempt, names, times) -> str:
    """Let some tasks nap until one that works is done. Returns who had a turn from then on, such as "ann bob ann"."""
    log = []

    def taker(name):
        yield attempt.Sleep(NAP_S)
        for _ in range(times):
            log.append(name)
            yield None

    def worker():
        time.sleep(WORK_S)  # as a computation would, it keeps the thread to itself
        log.clear()
        yield None

    attempt.run([*map(taker, names), worker()])
    return " ".join(log)


def many_turns(attempt, names) -> object:
    """What run returns for tasks that take very many turns."""

    def taker(name):
        for _ in range(MANY_TURNS):
            yield None
        return name

    return attempt.run(map(taker, names))


def beside_a_napper(attempt, times) -> list[str]:
    """One naps for 0 s, again and again, until another one has had some turns. Returns who was done, in order.

    Raises what has ended one of them instead: they raise nothing themselves.
    """
    log = []

    def napper():
        for _ in range(MANY_TURNS):
            if not log:
                yield attempt.Sleep(0)
        log.append("napper")

    def taker():
        for _ in range(times):
            yield None
        log.append("taker")

    mistakes = [result for result in attempt.run([napper(), taker()]) or () if isinstance(result, Exception)]
    if mistakes:
        raise mistakes[0]
    return log


def got_up(attempt, naps_of_names) -> str:
    """Who got up when: a name for each nap that was over, such as "ann bob ann"."""
    log = []

    def napper(name, naps):
        for seconds in naps:
            yield attempt.Sleep(seconds)
            log.append(name)

    attempt.run(napper(*each) for each in naps_of_names.items())
    return " ".join(log)


def wakings(attempt, naps_of_tasks) -> str:
    """When each nap was due, in the order in which the sleepers got their turns: "0.15 0.30" seconds from the start."""
    start_s, log = time.monotonic(), []

    def napper(naps):
        for seconds in naps:
            due_s = time.monotonic() + seconds - start_s
            yield attempt.Sleep(seconds)
            log.append(f"{due_s:.2f}")

    attempt.run(map(napper, naps_of_tasks))
    return " ".join(log)
