import pytest

from checker.checks import Bounds, Code, Inputs, Namespace, in_words

STUCK_S = 1.2
"""So long takes a job that is stuck, and then it fails: whether it is cancelled or sat out, it is not finished."""
TIDYING_S = 0.12
"""Of a job that is cancelled: long enough to be cut short by who cancels it twice or does not wait for it."""
LONG_TIDYING_S = 1.3
"""Longer than the second that somebody might give it."""
MARGIN_S = 0.30
"""Every job that must be finished within the grace has at least so much of it left."""

NO_REASON = "bad 2"
"""This job fails with an exception that has no text, and is of no particular kind."""


def jobs_of(world, latencies_s, bad=(), stuck_s=STUCK_S, tidying_s=TIDYING_S, moment_s=0.05):
    """What a service does and what is done to it. Jobs that are `bad`, or called "stuck...", fail in the end."""

    def failure(job):
        if job in bad or job.startswith("stuck"):
            return Exception() if job == NO_REASON else ConnectionError(f"{job} failed")
        return None

    return Namespace(
        work=world.operation(
            "work",
            lambda job: stuck_s if job.startswith("stuck") else latencies_s[job],
            failure,
            cleanup_s=tidying_s,
        ),
        accepted=world.operation("accepted", 0.0),
        moment=world.operation("moment", moment_s),
        second_grace_over=world.operation("second grace over", 0.0),
    )


@pytest.mark.points(1)
def test_accepted_jobs_are_done(attempt, world):
    """When stop returns, every accepted job has been done; it tells which failed, and they take no other down."""
    latencies_s = {"bad 1": 0.40, "long": 0.50, NO_REASON: 0.10, "short": 0.10}  # the first that fails is the second
    many = {f"one of many {number}": 0.12 for number in range(1, 16)}
    made = jobs_of(world, latencies_s | many, ("bad 1", NO_REASON))
    # One after the other, they take 2.9 s: who does them so has time for all, and is told that.
    run = attempt.scenario.work_off([*latencies_s, *many], made, 3.6).within(3.6 - 0.50 - MARGIN_S)
    run.expect_kept("accepted", "work")
    run.expect_result({"unfinished": ["bad 1", NO_REASON]})
    run.expect_in_flight(at_least=len(many) + 2)  # the first two take longer
    run.expect_operations("work", len(latencies_s) + len(many))
    run.expect_nothing_left()
    run = attempt.scenario.work_off([], jobs_of(world, {}), 2.0)
    run.expect_result({"unfinished": []})
    run = attempt.scenario.over_already(["done", "bad", "cut off"], 2.0)
    told = run.value if type(run.value) is list else ()
    run.expect("bad" in told, Code.WRONG_RESULT, "A job that had failed before the stop is not told", EARLY)
    cancelled = "A job ended because what it awaited was cancelled, and that is not told"
    run.expect("cut off" in told, Code.WRONG_RESULT, cancelled, CUT_OFF)
    run.expect_result(["bad", "cut off"])
    latencies_s = {"bad 1": 0.05, "short": 0.05, NO_REASON: 0.05, "long": 0.10, "last": 0.05}
    made = jobs_of(world, latencies_s, ("bad 1", NO_REASON))
    run = attempt.scenario.two_of_them([*latencies_s][:2], [*latencies_s][2:], made, 2.0).within(2.0 - 0.10 - MARGIN_S)
    with in_words(Code.WRONG_RESULT, "Of two services, one told of the other's jobs, or was stopped with it", OF_EACH):
        run.expect_result({"first": ["bad 1"], "last job": "accepted", "second": [NO_REASON]})


EARLY = "Of a job that has ended, keep how: whoever forgets a task at its end cannot ask it in `stop`."
CUT_OFF = (
    "A job ends with a CancelledError, too, when something that it awaited was cancelled, and that is no `Exception`: "
    "ask each task whether it was `cancelled()`, whoever did it."
)
OF_EACH = (
    "Each service has jobs, and a stop, of its own: make them in `__init__`. What is made at the top of the class, or "
    "of the file, all services share."
)


@pytest.mark.points(1)
def test_no_job_is_accepted_before_and_after(attempt, world):
    """Jobs are refused with a RuntimeError: before the start, from the moment of the stop, and after it."""
    jobs = ("too early", "in time", "at once", "late", "too late")
    run = attempt.scenario.refusals(jobs_of(world, dict.fromkeys(jobs, 0.25)), 2.0).within(2.0 - 0.25 - MARGIN_S)
    let_in = run.told.get("at the moment of the stop") == "accepted"
    run.expect(not let_in, Code.WRONG_RESULT, "At the moment of the stop, a job was still accepted", DOOR)
    run.expect_result(dict.fromkeys(run.told, "refused"))
    run.expect_kept("accepted", "work")


DOOR = (
    "Close the door in `stop` itself, before its first `await`: a task that `stop` makes begins a round of the loop "
    "later, and who asks before that gets in."
)


@pytest.mark.points(2)
def test_a_stuck_job_is_cancelled_when_the_grace_is_over(attempt, world):
    """A job that is stuck is cancelled when the grace is over, and tidies up. The others finish."""
    latencies_s = {"short": 0.05, "long": 0.12}
    run = attempt.scenario.work_off(["short", "stuck", "long"], jobs_of(world, latencies_s), 0.45)
    run.expect_side_by_side("work")
    run.within(MARGIN_S)
    run.expect_kept("accepted", "work", spared=["stuck"])
    run.expect_nothing_left()  # what is left is cut off when the process ends, and then looks like cancelled
    run.expect_cancelled("stuck", 1)
    run.expect_tidied_up("work")
    run.expect_result({"unfinished": ["stuck"]})
    run.expect_rest()
    run.expect_threads(at_most=1)
    run = attempt.scenario.work_off(["stuck"], jobs_of(world, {}, tidying_s=LONG_TIDYING_S), 0.0).within(MARGIN_S)
    run.expect_nothing_left()
    with in_words(Code.NO_CANCEL, "With a grace of 0, a job that is stuck was not cancelled at once", ZERO):
        run.expect_cancelled("stuck", 1)
    run.expect_tidied_up("work")
    run.expect_result({"unfinished": ["stuck"]})


ZERO = "A grace of 0 is no time at all, and not all the time: `timeout=grace or None` waits for ever."


@pytest.mark.points(1)
def test_stopping_again_changes_nothing(attempt, world):
    """To call stop again, while it stops or later, cancels nothing twice, and every call returns the same."""
    latencies_s = {"short": 0.05, "long": 0.50}
    # The second stop comes so much later that its cancelling meets a job that tidies up: in the middle of that.
    made = jobs_of(world, latencies_s, tidying_s=0.6, moment_s=0.3)
    run = attempt.scenario.stopped_again(["long", "stuck", "short"], made, 0.85, 0.85)
    run.expect_side_by_side("work")
    run.within(MARGIN_S)
    run.expect_kept("accepted", "work", spared=["stuck"])
    run.expect_nothing_left()
    run.expect_tidied_up("work", disturbed_by="second grace over")
    first, *later = run.told.values() or (None,)
    other = first == ["stuck"] and any(answer != first for answer in later)
    run.expect(not other, Code.WRONG_RESULT, "The first stop told of the stuck job, a later one did not", ONE_ANSWER)
    run.expect_result({"first": ["stuck"], "second": ["stuck"], "third": ["stuck"]})
    run = attempt.scenario.stopped_again(["long"], jobs_of(world, {"long": 0.50}), 1.0, 0.0).within(MARGIN_S)
    with in_words(Code.LOST, "A second stop, with a grace of 0, cancelled a job that had time", FIRST_GRACE):
        run.expect_kept("accepted", "work")
    run.expect_result({"first": [], "second": [], "third": []})
    run = attempt.scenario.second_gives_up(["long"], jobs_of(world, {"long": 0.45}), 2.0).within(MARGIN_S)
    with in_words(Code.LOST, "A second caller of `stop` was cancelled, and that ended the first stop, too", SHIELD):
        run.expect_kept("accepted", "work")
    run.expect_result({"first": []})


SHIELD = (
    "Whoever is cancelled while it awaits a task cancels that task, for all who wait for it: "
    "`await asyncio.shield(task)` leaves it alone."
)
ONE_ANSWER = (
    "Whoever calls `stop` while it stops, or later, wants to know the same as the first. Keep one task that does the "
    "stopping: every call waits for it, to its end, and returns its result."
)
FIRST_GRACE = (
    "The first call of `stop` says how long the jobs have. Keep one task that does the stopping, and let every later "
    "call only wait for it."
)


@pytest.mark.points(2)
def test_sigterm_loses_no_job(attempt, world):
    """SIGTERM stops the service as `stop` does, also one at rest: it loses no job, takes no more, and `run` returns."""
    # The bad one has failed when the signal comes.
    latencies_s = {"short": 0.15, "long": 0.40, "bad": 0.02, "too late": 0.05}
    jobs = ["short", "long", "bad", "stuck"]  # stuck is the last one: no other waits for it
    run = attempt.scenario.terminated(jobs, jobs_of(world, latencies_s, ["bad"]), 0.70)
    run.expect_side_by_side("work")
    run.within(MARGIN_S)
    run.expect_kept("accepted", "work", spared=["stuck"])
    run.expect_result({"unfinished": ["bad", "stuck"], "after SIGTERM": "refused"})
    run.expect_nothing_left()
    with in_words(Code.NO_CANCEL, "After SIGTERM, a stuck job was not cancelled when the grace was over", GIVEN):
        run.expect_cancelled("stuck", 1)
    run = attempt.scenario.terminated_at_rest(SHORT_S)  # who sleeps all of it is back before scenario.py gives up
    woken_by, rounds = run.value
    looked = f"`run` looks for the signal again and again: in {REST_S} s of quiet, the loop went round {rounds} times"
    run.expect(rounds <= 1, Code.BUSY_WAIT, looked, TOLD)
    run.within(WAKING_S)
    woken = woken_by == "SIGTERM"
    run.expect(woken, Code.HANG, "SIGTERM came while the event loop slept, and `run` went on sleeping", WAKES)


GIVEN = "`run` is given a grace, too: it is for the `stop` that comes after the signal."
WAKING_S = 1.5
"""Half a second less than scenario.py waits for what should take none."""
SHORT_S = 0.2
REST_S = 0.25
"""So long does scenario.py look whether the event loop rests."""
TOLD = (
    "Between two looks the door stays open. Await an `asyncio.Event`, which "
    "`loop.add_signal_handler(signal.SIGTERM, event.set)` sets at once."
)
WAKES = (
    "A handler of `signal.signal` does not wake the event loop, which sees the event only when something else "
    "happens. `loop.add_signal_handler(signal.SIGTERM, event.set)` wakes it."
)


@pytest.mark.points(2)
def test_ten_jobs_are_done_at_the_same_time(race, world):
    """Ten jobs, and the stop, take little longer than one job: at least 3.5 times faster."""

    def ten_jobs(_scale):
        latencies_s = {f"job {number}": 0.08 for number in range(1, 11)}
        made = jobs_of(world, latencies_s)
        return Inputs(
            (list(latencies_s), made, 1.0),
            lambda: {"unfinished": []},
            then=lambda run: run.expect_kept("accepted", "work"),
            margin_s=1.0 - 0.08 - MARGIN_S,
        )

    race.run("work_off", ten_jobs, driver="scenario.py", at_least=6)


GRACE_S, QUICK, QUICK_S, STUCK = 0.25, [f"job {number}" for number in range(1, 7)], 0.06, ["stuck", "stuck too"]
POSSIBLE = Bounds(
    serial_s=len(QUICK) * QUICK_S + len(STUCK) * STUCK_S / 2,
    wrong_s=2 * GRACE_S,  # both that are stuck get a grace of their own
    least_s=GRACE_S,  # who gives up before that gives up too early
)


@pytest.mark.points(1)
def test_the_grace_is_all_the_time_there_is(race, world):
    """With two jobs that are stuck, stop returns when the grace is over: at least 3.5 times faster."""

    def all_others_are_done(run):
        run.expect_side_by_side("work")  # one after the other they are not done in time, and that is why
        run.expect_kept("accepted", "work", spared=STUCK)

    def two_are_stuck(_scale):
        made = jobs_of(world, dict.fromkeys(QUICK, QUICK_S), stuck_s=STUCK_S / 2, tidying_s=None)
        return Inputs(
            ([*QUICK[:3], *STUCK, *QUICK[3:]], made, GRACE_S),
            then=all_others_are_done,
            named={"told": False},
            margin_s=GRACE_S - QUICK_S,
        )

    race.run("work_off", two_are_stuck, driver="scenario.py", bounds=POSSIBLE, at_least=4)
