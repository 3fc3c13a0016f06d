import random

import pytest

from checker.checks import Code, Inputs, in_words

NO_GIL, GIL, NOBODY_KNOWS = False, True, None
BILLION = 10**9
"""So far up, every part of the range takes equally long."""

ASK_NOW = (
    "What counts is not the version and not how Python was built, but `sys._is_gil_enabled()` when somebody asks: an "
    "extension that needs the GIL switches it on when it is imported."
)
NO_GIL_FIRST = (
    "Of what computes, ask this first: `sys._is_gil_enabled()`, with its parentheses, when `make_executor` is called. "
    "Without a GIL threads are right, whether or not there are interpreters; neither the version nor the build tells."
)
BY_NAME = (
    "What goes to another process or interpreter is the name of a module and of a function in it. A lambda or an inner "
    "function has none that leads to it (look there whether it `is` this function): such a one needs threads. A "
    "function of `__main__` is for processes: an interpreter is only given what it can import."
)
WORKERS = 2
START_S = 0.02
"""No process starts afresh and has done a piece of work within so little: until then, the next piece needs another."""
BEGIN_S = 1.0
"""Threads of a pool begin within a millisecond; after two seconds nobody waits for them."""
NO_MORE = (
    "Tell every executor how many workers it may have: `ThreadPoolExecutor(workers)`. Without that it has a number of "
    "its own."
)
NOT_SENT = "could not be sent that function"
NO_CORE = (
    'Who waits needs no core: threads start soonest, and can be given any function. Compare `kind` with "io" first.'
)
OWN_GIL = "Where there is a GIL, each process has one of its own: take a ProcessPoolExecutor."
LIGHTER = "An interpreter in the same process has a GIL of its own, too, and needs less memory and time than a process."
CASES = [
    ("io", "count_primes", GIL, GIL, True, "threads", "who waits lets go of the GIL, so threads are enough", NO_CORE),
    ("cpu", "count_primes", NOBODY_KNOWS, NOBODY_KNOWS, False, "processes", "Python 3.11 has a GIL", ASK_NOW),
    ("cpu", "count_primes", GIL, GIL, False, "processes", "Python 3.13 has a GIL, if it says so", ASK_NOW),
    (
        "cpu",
        "count_primes",
        NO_GIL,
        NO_GIL,
        True,
        "threads",
        "without a GIL, threads compute side by side",
        NO_GIL_FIRST,
    ),
    ("cpu", "count_primes", NO_GIL, NO_GIL, False, "threads", "Python 3.13 can be built without a GIL", NO_GIL_FIRST),
    ("cpu", "count_primes", GIL, GIL, True, "interpreters", "Python 3.14 has interpreters", LIGHTER),
    ("cpu", "count_primes", NO_GIL, GIL, True, "interpreters", "an extension has just switched the GIL on", ASK_NOW),
    ("cpu", "main", GIL, GIL, True, "processes", "the function is in `__main__`", BY_NAME),
    ("cpu", "lambda", GIL, GIL, True, "threads", "a lambda cannot be sent to anybody else", BY_NAME),
    ("cpu", "lambda", GIL, GIL, False, "threads", "a lambda cannot be sent to a process, either", BY_NAME),
    ("cpu", "inner", GIL, GIL, True, "threads", "a function within a function cannot be sent to anybody else", BY_NAME),
]
"""Kind, function, the GIL when attempt.py is imported and when it is asked, interpreters; who, why, and a hint."""


@pytest.mark.points(1)
def test_it_is_an_executor(attempt):
    """Results come in order, a failure reaches the caller, a lambda can be computed too, and nothing is left."""
    parts, counts, widths = [(0, 100), (100, 200), (200, 300)], [25, 21, 16], [100] * 3
    for kind, function, expected in (
        ("io", "count_primes", counts),
        ("cpu", "count_primes", counts),
        ("io", "lambda", widths),
        ("cpu", "lambda", widths),
    ):
        run = attempt.scenario.use(kind, 2, function, parts)
        with in_words(Code.PICKLE, f"make_executor({kind!r}, 2, {function}) chose who {NOT_SENT}", BY_NAME):
            run.expect_result(expected)
        run.expect_nothing_left()
    for kind in ("cpu", "io"):
        attempt.scenario.use(kind, 2, "count_primes", [(0, "ten")]).expect_raised("TypeError")


@pytest.mark.points(2)
def test_waiting_goes_on_side_by_side(attempt, world):
    """With "io", as many calls wait at the same time as there are workers, in threads of the same process."""
    fetch = world.operation("fetch", 0.10, blocking=True)
    run = attempt.scenario.use("io", 3, fetch, [(f"page {number}",) for number in range(1, 7)])
    run.expect_result([fetch.answer_to(f"page {number}") for number in range(1, 7)])
    run.expect_in_flight(at_least=3, at_most=3)
    run.expect_processes(at_most=1)


@pytest.mark.points(3)
def test_the_choice_is_right_on_every_python(attempt):
    """With and without a GIL, with interpreters and before there were any: the choice is right."""
    for kind, function, at_import, now, interpreters, wanted, case, hint in CASES:
        run = attempt.scenario.choice(kind, function, at_import, now, interpreters, WORKERS)
        who, at_once = run.value
        run.expect_choice(who, wanted, case, hint)
        too_many = f"With {WORKERS} workers, more than {WORKERS} calls went on at once ({case})"
        run.expect(at_once <= WORKERS, Code.OVER_LIMIT, too_many, NO_MORE)
        too_few = f"With {WORKERS} workers, only {at_once} of their calls went on at a time ({case})"
        run.within(BEGIN_S).expect(at_once >= WORKERS, Code.SERIAL, too_few, ALL_WORKERS)


@pytest.mark.points(1)
def test_processes_start_afresh(attempt):
    """Where there is a GIL, processes compute, and none is a copy of this one while another thread is alive."""
    for workers, thread_first, case in (
        (2, True, "with a GIL, only processes compute side by side"),
        (1, False, "with a GIL, a single worker in a thread takes turns with its caller"),
    ):
        run = attempt.scenario.forks(workers, thread_first)
        who, forked, started = run.value
        run.expect_choice(who, "processes", case, OWN_GIL)
        too_many = f"make_executor was given {workers} as the number of workers, and {started} processes were started"
        run.expect(started <= workers, Code.OVER_LIMIT, too_many, NO_MORE)
        too_few = f"make_executor was given {workers} as the number of workers, and only {started} took work"
        run.within(START_S).expect(started >= workers, Code.SERIAL, too_few, ALL_WORKERS)
        run.expect_never_forked(forked)


@pytest.mark.points(3)
def test_two_cores_do_it_faster_than_one(race):
    """Two workers compute at least 1.4 times faster than one."""

    def many_numbers(scale):
        lo = BILLION + random.randrange(BILLION // 100)
        return Inputs((lo, lo + int(8_000 * scale), 2))

    with in_words(Code.SERIAL, "One worker did all the work, on one core", ALL_WORKERS):
        race.run("count_primes", many_numbers, driver="scenario.py")


ALL_WORKERS = (
    "The work comes in as many parts as there are workers: give the executor all of its `workers`, however many cores "
    "there are, and also where they take turns."
)
