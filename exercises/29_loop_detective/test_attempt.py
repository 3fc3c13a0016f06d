import random
from itertools import count

import pytest

from checker.checks import Bounds, Code, Inputs, in_words

LOOK_S = 1.0
"""How long sync.py waits before it looks."""
QUIET_S = 0.02 + 0.025
"""Before the first block."""
WRONG_S = QUIET_S + 0.36 + 0.05
"""Who misses the three short blocks can name the long one at the earliest."""
LEAST_S = QUIET_S + 0.05
"""A loop that stood still for less is not blocked."""
BLOCKED_S = 1.0
AFTER_S = 1.2
"""So long does scenario.py wait when the block is over; whoever counts that time as well takes rest for a block."""
BEAT_S = 0.1
"""A heart may beat so seldom."""
MIDDLE = 0.7
"""So much of the long block is over when scenario.py asks for the lag."""
BUSY_NOISE_S = 0.012
"""In scenario.py, an innocent function keeps the loop for 35 ms; held up for longer than this, that may be 50."""
NOISE_S = 0.025
"""The other function keeps the loop for 20 ms. Held up for longer than this, that may be 50: an event loop comes later
than asked for by a few milliseconds in any case."""
SHARE = 0.05
WORDS = ["goal", "mail", "page", "price", "report", "table", "user", "vote"]

NAMES_HINT = (
    "`sys._current_frames()` tells any thread where the loop's thread is right now. Ask only if the loop has not come "
    "round for 50 ms: then the function in which it stands, the innermost, is to blame."
)
LINE_HINT = (
    "A frame's `f_lineno` is the line where it stands. `f_code.co_firstlineno` is where its function begins, and every "
    "frame further out stands where it called the next one."
)
PASS_ON_HINT = (
    "An application may have put a function of its own there, such as one that writes a log. Keep what "
    "`warnings.showwarning` was in start(), and call that in yours, with the same arguments."
)
GIVE_BACK_HINT = "Keep what `warnings.showwarning` was in start(), and put that back in stop()."
SORTED_HINT = "One name for each task that is not done, sorted: `sorted(... for task in asyncio.all_tasks(loop))`."
HEARD_HINT = (
    "Python says so when it throws the coroutine away: `warnings.showwarning` is called with \"coroutine '...' was "
    'never awaited". Print what comes to your function, and compare it with what that looks for.'
)
WAITING_HINT = "`asyncio.all_tasks(loop)` has the tasks that are not done, and works in any thread. Leave out your own."
LAG_HINT = (
    "Let the loop itself note the time every few milliseconds (`loop.call_later`): how much later than asked for did "
    "it come round? And a block that is not over counts as well."
)
LONGEST_HINT = "The longest time since start() stays the longest, however often somebody asks for it."
KEPT_HINT = (
    "Who keeps a task, in a list or a dictionary, keeps its result and its frames as well, for ever. Keep names, or "
    "ask `asyncio.all_tasks` anew; a `weakref.WeakSet` keeps nobody."
)
EFFORT_HINT = (
    "A watchdog sleeps most of the time: one look at one number every 10 ms is enough to see a block of 50. What costs "
    "more, it does only when that number is wrong. Debug mode and tracing cost with every step of the program."
)
DEBUG_HINT = "What start() turns on, stop() turns off; and to find all three, nothing of debug mode is needed."
SOONER = (
    "A block of 80 ms is seen only by somebody who looks every few milliseconds, from outside of the loop, while it "
    "goes on."
)


@pytest.mark.points(1)
def test_everything_is_named(attempt, world):
    """What blocks, what was never awaited and which tasks are pending is named; the lag is right; no task is kept."""
    plant = planted(world)
    run = attempt.scenario.investigate(plant, BLOCKED_S)
    run.expect_operations("plant", 4)
    told = run.told
    answers = [answer for _, answer in plant.calls]
    run.expect(len(answers) == 4, Code.WORK_SKIPPED, "Whoever asked what is planted did not wait for the answer", ASKED)
    (block, line), (forgotten, _), (stuck, _), _ = answers
    expects_pending(run, told.get("pending"), [f"{stuck}_{number}" for number in (1, 2, 3, 4, 5, 5)])
    run.expect_number(told.get("lag"), BLOCKED_S - BEAT_S, run.observed.wall_s - AFTER_S, "lag()", LAG_HINT)
    again = "lag(), asked a second time,"
    run.expect_number(told.get("lag again"), told["lag"], run.observed.wall_s - AFTER_S, again, LONGEST_HINT)
    run.expect_none(told.get("tasks kept"), Code.LEAK_TASK, "Tasks that are done cannot be thrown away", KEPT_HINT)
    run.expect_none(told.get("debug"), Code.WRONG_RESULT, "After stop(), the loop is still in debug mode", DEBUG_HINT)
    run.expect_no_thread_died()
    expects_culprits(run, told.get("culprits"), (block, line + 1), forgotten)
    now_s = MIDDLE * BLOCKED_S - BEAT_S
    run.expect_number(told.get("lag now"), now_s, run.observed.wall_s, "lag(), in the middle of a block,", LAG_HINT)
    unheard = "The function that stood in warnings.showwarning before start() was not told of the coroutine"
    run.expect(told.get("heard"), Code.LOST, unheard, PASS_ON_HINT)
    unheard = "After stop(), the function that stood in warnings.showwarning before start() was told of nothing more"
    run.expect(told.get("heard afterwards"), Code.LOST, unheard, GIVE_BACK_HINT)


ASKED = "The driver of this check asks, and waits. Leave its questions alone: a watchdog has none."


def expects_pending(run, pending, wanted):
    """These names, in this order."""
    run.expect_names(pending, wanted, "pending()", WAITING_HINT)
    twice, times = wanted[-1], pending.count(wanted[-1])
    run.expect(times == 2, Code.LOST, f"pending() told {twice} once, and two tasks of it are not done", SORTED_HINT)
    run.expect(pending == wanted, Code.WRONG_RESULT, "pending() told all names, but they are not sorted", SORTED_HINT)


def expects_culprits(run, culprits, block, forgotten):
    """The function that blocked at its line, the coroutine, and nobody else."""
    function, line = block
    wanted = [("blocks", f"{function}:{line}"), ("never awaited", forgotten)]
    expects_plain_names(run, culprits)
    named = pairs_in(culprits)
    expects_line(run, named, function, line)
    invented = [who for what, who in named if what == "never awaited" and who != forgotten]
    told = "culprits() calls never awaited what another warning tells of"
    run.expect(not invented, Code.WRONG_RESULT, told, HEARD_HINT)
    hint = HEARD_HINT if wanted[0] in named and wanted[1] not in named else NAMES_HINT
    run.expect_names(culprits, wanted, "culprits()", hint, BUSY_NOISE_S)


def expects_plain_names(run, culprits):
    """Who is named is named as in sync.py: a method by its own name."""
    qualified = next((who for _, who in pairs_in(culprits) if "." in who), "")
    told = f"culprits() named {qualified}, where the name alone is right"
    run.expect(not qualified, Code.WRONG_RESULT, told, PLAIN_HINT)


PLAIN_HINT = (
    "`load`, and not `Shop.load`: the `co_name` of a frame's code is the name alone, its `co_qualname` also says where "
    "it stands. So does the warning of a coroutine: take the last part."
)


def expects_line(run, named, function, line):
    """If this function is among those that were named, it is so at its line."""
    elsewhere = [who.split(":")[1] for _, who in named if who.startswith(f"{function}:")]
    told = f"culprits() named {function} at line {', '.join(elsewhere)}, where it stood at {line}"
    run.expect(not elsewhere or str(line) in elsewhere, Code.LOST, told, LINE_HINT)


def pairs_in(culprits):
    """What may be entries of culprits()."""
    entries = culprits if type(culprits) is list else []
    return [each for each in entries if type(each) is tuple and len(each) == 2 and type(each[1]) is str]


@pytest.mark.points(2)
def test_watching_costs_little(attempt, world):
    """While there is nothing to see, watching takes at most 5 % of a core; after stop(), no thread is left."""
    run = attempt.scenario.rest(world.operation("moment", 1.0))
    run.expect_effort(SHARE, EFFORT_HINT)
    run.expect_none(run.value, Code.LEAK_THREAD, "After stop(), a thread of the watchdog is still alive")
    run.expect_nothing_left()


@pytest.mark.points(4)
def test_a_block_is_named_at_once(race, world):
    """The function and the line that block the loop for 80 ms are named at least 4 times sooner."""

    def a_block(_scale):
        plant = planted(world)

        def nobody_else(run):
            expects_plain_names(run, run.value)
            named, (function, line) = pairs_in(run.value), where(plant).split(":")
            innocent = next((who for _, who in named if who.split(":")[0] != function), None)
            told = f"{innocent} is accused, and did not block the loop for 50 ms"
            run.expect(innocent is None, Code.WRONG_RESULT, told, NAMES_HINT)
            expects_line(run, named, function, line)

        return Inputs((plant,), lambda: [("blocks", where(plant))], first=nobody_else, margin_s=NOISE_S)

    bounds = Bounds(serial_s=LOOK_S, wrong_s=WRONG_S, least_s=LEAST_S)
    late = in_words(Code.SERIAL, "The loop stood still, and it took long until somebody looked", SOONER)
    early = in_words(Code.TOO_FAST, "A function was accused before it had kept the loop for 50 ms", NAMES_HINT)
    with late, early:
        race.run("first_culprit", a_block, driver="scenario.py", bounds=bounds)


@pytest.mark.points(3)
def test_a_stuck_task_is_named_at_once(race, world):
    """A task that is stuck is named at least 4 times sooner."""

    def a_stuck_task(_scale):
        plant = planted(world)
        return Inputs((plant,), lambda: [where(plant).split(":")[0]])

    bounds = Bounds(serial_s=LOOK_S, wrong_s=LOOK_S, least_s=0.0)
    with in_words(Code.SERIAL, "A task was stuck, and it took long until somebody looked", WAITING_HINT):
        race.run("first_pending", a_stuck_task, driver="scenario.py", bounds=bounds)


def where(plant):
    """The function that was planted last, and the line in it where it stands."""
    name, line = plant.answer if plant.calls else ("nothing", 0)
    return f"{name}:{line + 1}"


def planted(world):
    """Asked, it says how the next thing to plant is called, and at which line it stands. Nobody can know before."""
    number = count(1)

    def next_one(_caller):
        return f"{random.choice(WORDS)}_{random.randrange(1000)}_{next(number)}", random.randrange(1, 9000)

    return world.operation("plant", 0.005, answer=next_one)
