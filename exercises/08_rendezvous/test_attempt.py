from collections import Counter
from contextlib import nullcontext

import pytest

from checker.checks import Bounds, Code, Inputs, in_words, of_each_call

OPEN_S, WORK_S, QUICK_S = 0.1, 0.06, 0.03
WORKERS = ["ada", "ben", "cleo", "dan"]
PHASES = ["plan", "build", "test"]
DAYS = [f"day {number}" for number in (*range(1, 7), *range(6, 12))]
"""Twelve, of which two have one name: the second one of them is not the last, so who does not wait is too early."""

COMES_ROUND = (
    "Whoever is quick does the next part and is there again while others have not yet gone on. Do not set a counter "
    "back before all have seen it, let nobody take what was meant for another, and count no two phases as one that "
    "have one name: a `threading.Barrier` sees to all of it."
)
PATIENT = (
    "Some were only slow. `wait(timeout=...)` breaks the barrier for all when one takes longer: who "
    "waits here has to wait as long as it takes."
)
EACH_PHASE = (
    "Each worker does a part in every phase: does its loop end too soon? Or has somebody given up the waiting? "
    "`wait(timeout=...)` breaks the barrier for all when one takes longer: who waits here has to wait as long as it "
    "takes."
)
BROKEN = (
    "A BrokenBarrierError only says that somebody else has failed. Catch it apart from the others, and let the caller "
    "have the exception of the one who failed."
)

ONCE = (
    "Whoever gets the exception decides whether to try again: a part that has failed ends all, and is not done again."
)
ONE_NAME = "Two phases have one name, and a worker has one report for both of them"
BY_PLACE = (
    "Keep the reports of a worker in a list: what is found by the name of its phase is lost when that comes again."
)
NOBODY_STAYS = (
    "Who looks at a flag after the meeting may see what somebody has set who is in the next phase already: some stop, "
    "and others wait for them. A barrier that is broken by `abort()` holds nobody."
)
ONLY_FIRST = (
    "The first call raised the ConnectionError of the part that failed, and the calls after it did not raise theirs"
)
OF_EACH_CALL = of_each_call("run_phases")


def site(world, open_s=OPEN_S, work_s=WORK_S, **traits):
    """A server whose connections have one operation, work(phase); each is opened for one worker."""
    return world.connections("work", open_s, work_s, **traits)


def steps(workers, phases):
    """The keys of what is done in each phase."""
    return [[f"{worker} {phase}" for worker in workers] for phase in phases]


def all_reports(server, workers, phases):
    return {worker: [server.answer_to(worker, phase) for phase in phases] for worker in workers}


def expect_order_and_end(run, workers, phases):
    """Nobody was too early, nobody died, and nothing is left."""
    run.expect_connections_closed()
    run.expect_apart(steps(workers, phases))
    run.expect_no_thread_died()
    run.expect_nothing_left()


def if_broken(run, sentence, hint):
    """A BrokenBarrierError that reached the caller is told in these words."""
    return in_words(Code.CRASHED, sentence, hint) if run.raised("BrokenBarrierError") else nullcontext()


@pytest.mark.points(1)
def test_every_report_is_there(attempt, world):
    """Every worker has a report for every phase, in order; also if there is one worker, or no phase."""
    for workers, phases in ((WORKERS[:3], PHASES), (WORKERS[:1], PHASES[:2]), (WORKERS[:2], [])):
        server = site(world, 0.02, 0.03)
        run = attempt.run_phases(workers, phases, server.connect)
        expect_order_and_end(run, workers, phases)
        run.expect_result(all_reports(server, workers, phases))
    server = site(world, 0.0, 0.0, answer=lambda _caller, _worker, phase: "" if phase == PHASES[0] else phase)
    run = attempt.run_phases(WORKERS[:2], PHASES, server.connect)
    run.expect_result({worker: ["", *PHASES[1:]] for worker in WORKERS[:2]})


PATIENCE_S = 1.6
"""Longer than anybody would wait who does not ask whether the others are done."""


@pytest.mark.points(2)
def test_nobody_is_too_early(attempt, world):
    """Another worker is slow in each phase: all others wait for it, each time anew, and work side by side."""
    slow_s = {("ada", "plan"): PATIENCE_S, ("cleo", "build"): 0.22, ("ben", "test"): 0.22}
    server = site(world, 0.0, lambda *part: slow_s.get(part, 0.1))
    run = attempt.run_phases(WORKERS[:3], PHASES, server.connect)
    with if_broken(run, "The barrier was broken, although nobody had failed", PATIENT):
        expect_order_and_end(run, WORKERS[:3], PHASES)
    with in_words(Code.WORK_SKIPPED, "Some did not do all of their phases, although nobody had failed", EACH_PHASE):
        run.expect_operations("work", 9)
    run.expect_result(all_reports(server, WORKERS[:3], PHASES))
    run.expect_in_flight(at_least=3, at_most=3)
    run = attempt.scenario.quick(WORKERS, DAYS)
    stuck = "When parts take no time, some of the workers wait for ever"
    with in_words(Code.HANG, stuck, COMES_ROUND), in_words(Code.DEADLOCK, stuck, COMES_ROUND):
        ahead = run.told.get("ahead")
    run.expect(ahead == 0, Code.ORDER, "When parts take no time, who is quick begins a phase too early", COMES_ROUND)
    by_name = {each: [f"{each} {day}" for day in dict.fromkeys(DAYS)] for each in WORKERS}
    run.expect(run.told.get("reports") != by_name, Code.LOST, ONE_NAME, BY_PLACE)
    run.expect_result({"reports": {each: [f"{each} {day}" for day in DAYS] for each in WORKERS}, "ahead": 0})


@pytest.mark.points(1)
def test_each_connection_has_one_user(attempt, world):
    """Each worker opens one connection, keeps it for all phases, and nobody else works with it; all work at once."""
    # They are ready in another order than they are named in: who hands out parts in that order mixes them up.
    open_s = dict(zip(WORKERS, (0.14, 0.16, 0.08, 0.12), strict=True))
    server = site(world, open_s.get, 0.08)
    run = attempt.run_phases(WORKERS, PHASES, server.connect)
    run.expect_connections_closed()
    run.expect_opened(len(WORKERS))
    run.expect_connections_owned()
    run.expect_in_flight(at_least=len(WORKERS), at_most=len(WORKERS))


NO_POWER, NO_PLAN = ConnectionError("no power"), ValueError("no plan")
FAILURES = [
    ({("ada", "build"): NO_POWER}, 0.05, 0.3),  # all others are still at work
    ({("ben", "build"): NO_PLAN}, 0.05, 0.05),
    ({("cleo", "plan"): NO_POWER}, 0.2, 0.05),  # all others wait already
    ({("ben", "test"): NO_PLAN, ("cleo", "test"): NO_PLAN}, 0.05, 0.05),
]
"""Who fails in which phase and with what, after how many seconds, and how many the others need."""


@pytest.mark.points(1)
def test_a_failure_ends_all(attempt, world):
    """If a part fails, nobody waits for ever: nobody begins the next phase, and the caller gets the exception."""
    for failing, failing_s, others_s in FAILURES:
        run = attempt.run_phases(WORKERS[:3], PHASES, site_that_fails(world, failing, failing_s, others_s).connect)
        kind = type(next(iter(failing.values()))).__name__
        broken = f"run_phases raised BrokenBarrierError, where the {kind} of the part that failed is right"
        with if_broken(run, broken, BROKEN):
            run.expect_raised(kind)
        run.expect_connections_closed()
        run.expect_nothing_left()
        run.expect_apart(steps(WORKERS[:3], PHASES))
        times = Counter(span.key for span in run.observed.named("work"))
        run.expect(max(times.values(), default=0) <= 1, Code.DUPLICATE, "A part that had failed was done again", ONCE)
    run = attempt.scenario.fail_at_once(WORKERS, PHASES)
    stuck = "A part fails as soon as it begins, and some of the others wait for ever"
    with in_words(Code.HANG, stuck, NOBODY_STAYS), in_words(Code.DEADLOCK, stuck, NOBODY_STAYS):
        first, middle, last = run.value[:1], run.value[1:-1], run.value[-1:]
    again = f"Nobody fails in a call after others that have failed, and it raised a {''.join(last)}"
    run.expect(first != ["ConnectionError"] or last == ["done"], Code.WRONG_RESULT, again, OF_EACH_CALL)
    only_first = first == ["ConnectionError"] and "ConnectionError" not in middle
    run.expect(not only_first, Code.WRONG_RESULT, ONLY_FIRST, OF_EACH_CALL)
    run.expect_result(["ConnectionError"] * 3 + ["done"])
    run = attempt.scenario.unreachable(WORKERS, PHASES)
    with in_words(Code.HANG, NO_LINE, ALSO_TO_CONNECT), in_words(Code.DEADLOCK, NO_LINE, ALSO_TO_CONNECT):
        run.expect_result({"ended": "ConnectionError", "open": []})


NO_LINE = "One of the workers could not connect, and the others wait for ever"
ALSO_TO_CONNECT = (
    "Who cannot connect never arrives, either: `connect(worker)` belongs inside the `try` that ends in `abort()`."
)


def site_that_fails(world, failing, failing_s, others_s):
    """Some parts fail; the others need their time in that phase, and little in all others."""
    ((_, phase), *_) = failing

    def work_s(*part):
        return failing_s if part in failing else others_s if part[1] == phase else 0.02

    return site(world, 0.02, work_s, error=lambda *part: failing.get(part))


@pytest.mark.points(1)
def test_waiting_is_rest(attempt, world):
    """Whoever waits for the others uses no core for it; all work at once."""
    server = site(world, 0.0, lambda worker, _phase: 0.5 if worker == "ben" else 0.15)
    run = attempt.run_phases(WORKERS[:3], PHASES[:1], server.connect)
    run.expect_result(all_reports(server, WORKERS[:3], PHASES[:1]))
    run.expect_in_flight(at_least=3)
    run.expect_rest()


QUICK_ONES = {("ada", "plan"), ("cleo", "build"), ("ben", "test")}
"""One in each phase: among equals, who does not wait may seem to have waited."""
POSSIBLE = Bounds(
    serial_s=len(WORKERS) * (OPEN_S + len(PHASES) * WORK_S) - len(PHASES) * (WORK_S - QUICK_S),
    wrong_s=len(PHASES) * (OPEN_S + WORK_S),  # everybody at once, but with a new connection for each phase
    least_s=OPEN_S + len(PHASES) * WORK_S,
    wrong_width=len(WORKERS) - 1,
    dependent=True,
)


@pytest.mark.points(4)
def test_three_phases_are_much_faster(race, world):
    """Four workers are done with three phases at least 2.2 times faster, and none of them was ever too early."""

    def three_phases(_scale):
        server = site(world, work_s=lambda *part: QUICK_S if part in QUICK_ONES else WORK_S)
        return Inputs(
            (WORKERS, PHASES, server.connect),
            lambda: all_reports(server, WORKERS, PHASES),
            then=lambda run: expect_order_and_end(run, WORKERS, PHASES),
        )

    race.run("run_phases", three_phases, bounds=POSSIBLE, at_most=len(WORKERS))
