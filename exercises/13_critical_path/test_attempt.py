import random

import pytest

from checker.checks import AnError, Code, Inputs, Namespace, in_words, of_each_call
from checker.judge.plan import bounds

MINUTE_S = 0.015
"""So long is a minute in this kitchen."""


def plan(needs):
    """The steps as `run_plan` gets them."""
    return {step: Namespace(needs=list(names)) for step, names in needs.items()}


def kitchen(world, minutes, error=None):
    """do(step): takes so many minutes."""
    return world.operation("do", lambda step: minutes[step] * MINUTE_S, error)


@pytest.mark.points(2)
def test_a_step_waits_for_all_that_it_needs(attempt, world):
    """A step waits for all that it needs, and for nothing else, so that steps go on side by side; each is done once."""
    minutes = {"boil eggs": 24, "make salad": 8, "set table": 8, "lunch": 8, "photo": 8, "wash up": 8}
    needs = {
        "wash up": ["lunch", "photo"],
        "photo": ["set table", "make salad", "boil eggs"],
        "lunch": ["boil eggs", "make salad", "set table"],
        "make salad": [],
        "boil eggs": [],
        "set table": ["make salad"],
        **{step: [] for step in FREE},
    }
    do = kitchen(world, minutes | dict.fromkeys(FREE, 8))
    run = attempt.run_plan(plan(needs), do)
    run.expect_needs_met(needs)
    run.expect_operations("do", len(needs))
    run.expect_result({step: do.answer_to(step) for step in needs})
    run.expect_in_flight(at_least=len(FREE))


FREE = (
    "chill wine", "cut bread", "feed dog", "fold napkins", "grate cheese", "heat soup", "light fire", "open window",
    "pick herbs", "polish glasses", "rinse rice", "shell peas", "slice lemon", "sweep floor", "toast nuts",
    "wash grapes", "water plants",
)  # fmt: skip
"""Steps that need nothing: more at once than any usual number of slots."""


@pytest.mark.points(1)
def test_a_random_plan(attempt, world):
    """A random plan, another one in each run, is carried out in an order that it allows."""
    names = [f"step {number}" for number in range(1, 13)]
    needs = {name: random.sample(names[:at], random.randint(0, min(at, 3))) for at, name in enumerate(names)}
    needs = dict(random.sample(list(needs.items()), len(needs)))
    do = kitchen(world, {name: random.choice((1, 2, 5)) for name in names})
    run = attempt.run_plan(plan(needs), do)
    run.expect_needs_met(needs)
    run.expect_operations("do", len(needs))
    run.expect_result({step: do.answer_to(step) for step in needs})


@pytest.mark.points(1)
def test_a_failing_step_stops_only_what_needs_it(attempt, world):
    """If steps fail, what needs them is not done, directly or not; all else is, side by side, whatever steps answer."""
    minutes = {"bake cake": 8, "ice cake": 8, "cut cake": 8, "make tea": 15, "pour tea": 8, "feed cat": 10}
    needs = {
        "cut cake": ["ice cake"],
        "ice cake": ["bake cake"],
        "pour tea": ["make tea"],
        "bake cake": [],
        "make tea": [],
        "feed cat": [],
    }
    failures = {"bake cake": RuntimeError("the cake is burnt")}
    do = kitchen(world, minutes, failures.get)
    run = attempt.run_plan(plan(needs), do)
    run.expect_needs_met(needs)
    run.expect_cancelled("do", times=0)
    answers = {step: do.answer_to(step) for step in ("make tea", "pour tea", "feed cat")}
    run.expect_result(answers | {"bake cake": AnError(type="RuntimeError"), "ice cake": None, "cut cake": None})
    run.expect_in_flight(at_least=2)
    answers = {"cook soup": None, "taste soup": 0, "salt soup": "", "eat soup": "yum"}
    do = world.operation("do", MINUTE_S, answer=lambda _caller, step: answers[step])
    run = attempt.run_plan(plan(SOUP), do)
    with in_words(Code.WORK_SKIPPED, LEFT_OUT, SAYS_NOTHING):
        run.expect_operations("do", len(answers))
    run.expect_result(answers)
    do = kitchen(world, PICNIC_MINUTES, NO_PICNIC.get)
    run = attempt.run_plan(plan(PICNIC), do)
    run.expect_needs_met(PICNIC)
    errors = {step: AnError(type=type(error).__name__) for step, error in NO_PICNIC.items()}
    run.expect_result(dict.fromkeys(PICNIC) | errors | {"fill flask": do.answer_to("fill flask")})
    run.expect_operations("do", len(NO_PICNIC) + 1)


SOUP = {"cook soup": [], "taste soup": ["cook soup"], "salt soup": ["taste soup"], "eat soup": ["salt soup"]}
LEFT_OUT = "Nothing failed, and still a step was left out: one that it needs had answered None, 0 or ''"
SAYS_NOTHING = (
    "Whether a step was done does not show in its answer, which may be None, 0 or empty text: let each task say so by "
    "itself."
)


PICNIC = {
    "go": ["warm car"],
    "pack basket": ["slice ham", "fill flask"],  # of the failures it needs the first, and is due after the second
    "warm car": ["fill flask"],  # fails when nothing else goes on
    "slice ham": [],
    "call friends": [],
    "fill flask": [],
}
PICNIC_MINUTES = dict.fromkeys(PICNIC, 2) | {"call friends": 4, "fill flask": 6}
NO_PICNIC = {
    "slice ham": RuntimeError("there is no ham"),
    "call friends": LookupError("there are no friends"),
    "warm car": ValueError("there is no car"),
}


@pytest.mark.points(1)
def test_a_circle_is_refused(attempt, world):
    """Steps that need each other in a circle are a ValueError, before anything is done."""
    needs = {"find keys": ["open door"], "open door": ["light lamp"], "light lamp": ["find keys"], "ring bell": []}
    run = attempt.run_plan(plan(needs), kitchen(world, dict.fromkeys(needs, 2)))
    waits = "Steps of a plan need each other in a circle, and run_plan never came back"
    with in_words(Code.HANG, waits, CIRCLE), in_words(Code.DEADLOCK, waits, CIRCLE):
        run.expect_refused("ValueError", "Steps need each other in a circle", CIRCLE)
    with in_words(Code.ORDER, "Something was done before the circle was found", CIRCLE):
        run.expect_needs_met({step: ["look for circles"] for step in needs})
    run.expect_nothing_left()


CIRCLE = (
    "Look for a circle before you begin with anything, and let the ValueError reach the caller. `graphlib` does that: "
    "`TopologicalSorter(graph).prepare()` raises CycleError, which is a ValueError."
)


@pytest.mark.points(1)
def test_one_thread_that_rests(attempt, world):
    """One thread does it all, rests while it waits, and leaves nothing running; an empty plan is an empty dict."""
    needs = {"cool jelly": ["cook jelly"], "cook jelly": [], "sweep": []}
    run = attempt.run_plan(plan(needs), kitchen(world, {"cook jelly": 16, "cool jelly": 16, "sweep": 2}))
    run.expect_nothing_left()
    run.expect_rest()
    run.expect_threads(at_most=1)
    attempt.run_plan({}, kitchen(world, {})).expect_result({})
    run = attempt.scenario.in_turn(plan({"eat": ["cook"], "cook": []}))
    fresh = run.value == [{step: f"{step} {when}" for step in ("eat", "cook")} for when in ("today", "tomorrow")]
    run.expect(fresh, Code.WRONG_RESULT, "A plan was carried out twice, and not each time with its own answers", ANEW)


ANEW = of_each_call("run_plan")


BREAKFAST = {
    "bake bread": [],
    "boil water": [],
    "heat stove": [],
    "brew tea": ["boil water"],
    "fry eggs": ["heat stove"],
    "fry onions": ["heat stove"],
    "pour tea": ["brew tea"],
    "salt eggs": ["fry eggs"],
    "add beans": ["fry onions"],
    "serve": ["bake bread", "pour tea", "salt eggs", "add beans"],
}
MINUTES = dict(zip(BREAKFAST, (18, 2, 2, 8, 8, 8, 2, 2, 4, 6), strict=True))
POSSIBLE = bounds(BREAKFAST, {step: minutes * MINUTE_S for step, minutes in MINUTES.items()})
AT_ONCE = 4
"""The bread, the tea, the eggs and the onions, for 8 minutes; level by level never more than three steps."""


@pytest.mark.points(4)
def test_breakfast_takes_little_longer_than_its_critical_path(race, world):
    """Breakfast is ready at least 1.7 times sooner: each step begins as soon as what it needs is done."""

    def breakfast(_scale):
        do = kitchen(world, MINUTES)

        def once_and_in_order(run):
            run.expect_operations("do", len(BREAKFAST))
            if run.observed.wall_s >= POSSIBLE.least_s:  # if it is sooner than possible, that says more
                run.expect_needs_met(BREAKFAST)

        def answers():
            return {step: do.answer_to(step) for step in BREAKFAST}

        return Inputs((plan(BREAKFAST), do), answers, then=once_and_in_order, needs=BREAKFAST)

    race.run("run_plan", breakfast, at_least=AT_ONCE, bounds=POSSIBLE)
