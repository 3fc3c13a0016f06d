from contextlib import nullcontext
from secrets import token_hex

import pytest

from checker.checks import AnError, Bounds, Code, Inputs, Namespace, in_words

HANDS = 2
"""One item in the hand of who puts in, one in the hand of who takes out."""
TIDYING_S = 0.12
"""Of a stage that is cancelled: long enough to be cut short by who does not wait for it."""
MOMENT_S = 0.40
"""What was begun just before it, two stages of 50 ms, is over soon enough for a long time of quiet."""


FAR, FIFTH = 10, 4
"""Numbers of items for which the source takes a second. To the first one no pipeline of 4 comes; who reads on without a
limit stands there when it is stopped: at the end of the source, it would be luck whether the source was being closed at
that moment. At the second one stands whoever feeds a pipeline of 4 that is full, in the middle of asking the source."""


def stands_still(at):
    """How long the source takes for each item."""
    return lambda number: 1.0 if number == at else 0.0


def stages(
    world, items, parse_s=0.05, store_s=0.05, fetch_s=0.0, use_s=0.0, hang_up_s=0.06, broken="", empty="", **traits
):
    """What a pipeline is made of, and what its consumer does. parse_s and fetch_s may be functions of the item.

    broken: the stage that fails, at the item "bad". empty: the item of which store makes an empty text.
    """

    def refusal(stage):
        return lambda asked: ConnectionError(f"{stage} failed") if broken == stage and "bad" in item(asked) else None

    def item(asked):
        return items[asked] if type(asked) is int else asked

    def stored(_caller, parsed):
        """The same for equal items: which of them is ready first shows nowhere."""
        return texts.setdefault(parsed, "" if parsed == f"{empty} parsed" else f"store-{token_hex(4)}")

    texts = {}

    return Namespace(
        fetch=world.operation("fetch", fetch_s, refusal("fetch"), answer=lambda _caller, number: items[number]),
        parse=world.operation("parse", parse_s, refusal("parse"), answer=lambda _, item: f"{item} parsed", **traits),
        store=world.operation("store", store_s, refusal("store"), answer=stored, **traits),
        use=world.operation("use", use_s),
        hang_up=world.operation("hang up", hang_up_s),
        moment=world.operation("moment", MOMENT_S),
    )


def results(made, items):
    """What comes out of the pipeline for these items."""
    return [made.fields["store"].answer_to(f"{item} parsed") for item in items]


def several(name, number):
    """So many items, each with a name that says which it is."""
    return [f"{name} {n}" for n in range(1, number + 1)]


@pytest.mark.points(1)
def test_results_come_in_the_order_of_the_source(attempt, world):
    """Results come in the order of the source, whichever is ready first, empty ones too; no items, no results."""
    # Who has all results where nothing is empty loses them because something is.
    for fourth, empty in (("item 4", ""), ("", "item 3")):
        items = [*several("item", 3), fourth, "twice", "twice", "last"]
        slowness_s = dict(zip(items, (0.15, 0.02, 0.12, 0.02, 0.06, 0.06, 0.08), strict=True))
        made = stages(world, items, parse_s=slowness_s.get, store_s=0.02, empty=empty)
        run = attempt.scenario.collect(len(items), 3, made)
        for nothing, before in (("third result", 2), ("fourth item", 3)):
            ended = not fourth and run.value == results(made, items[:before])
            sentence = f"The {nothing} was an empty text, and no result came after {before} of them"
            run.expect(not ended, Code.LOST, sentence, EMPTY)
        run.expect_result(results(made, items))
        for stage in ("parse", "store"):
            run.expect_operations(stage, len(items), TWO)
        run.expect_closed("hang up", "the source")
    run = attempt.scenario.collect(0, 3, stages(world, []))
    run.expect_result([])
    run.expect_closed("hang up", "the source")


TWO = "Equal items are two, and each goes through both stages: tell them apart by their place, not by their value."
EMPTY = (
    "An empty result is a result, and an empty item an item. `if not result` holds for an empty text, 0 and None too: "
    "ask for your own end mark, with `is`."
)


@pytest.mark.points(2)
def test_a_slow_consumer_slows_the_source_down(attempt, world):
    """While the consumer does not ask, the source is not asked either, once the pipeline is full."""
    items = several("item", 16)
    made = stages(world, items)
    run = attempt.scenario.collect_slowly(len(items), 4, made)
    run.expect_result(results(made, items))
    run.expect_side_by_side()
    run.expect_buffered("fetch", "use", at_most=4 + HANDS)
    run.expect_rest()
    run.expect_threads(at_most=1)
    # Who counts one hand less has a queue of 0 for a width of 1: that has no limit.
    # The source ends while the last item still fills the queue: what says that it has must come through all the same.
    # Its last results but one are used for long: whoever closes the source late says so to a full queue all the same.
    uses_s = iter((0.10, 0.10, 0.10, 0.30, 0.30, 0.10))
    made = stages(world, items[:6], 0.0, 0.0, use_s=lambda: next(uses_s), hang_up_s=0.0)
    run = attempt.scenario.collect(6, 1, made)
    run.expect_result(results(made, items[:6]))
    run.expect_buffered("fetch", "use", at_most=1 + HANDS)
    # The consumer asks all the time, and the first item is slow: all others are early.
    made = stages(world, items, lambda item: 0.30 if item == items[0] else 0.0, 0.0)
    run = attempt.scenario.collect(len(items), 3, made)
    run.expect_result(results(made, items))
    with in_words(Code.UNBOUNDED, "While the first item was slow, all others were read and done, ahead of it", EARLY):
        run.expect_buffered("fetch", "use", at_most=3 + HANDS, hint=EARLY)


EARLY = (
    "A result that is early lies in the pipeline, too, until the consumer has it. Let the next item in when a result "
    "has been handed out, and not when one is ready."
)


@pytest.mark.points(2)
def test_who_leaves_early_stops_everything(attempt, world):
    """Who takes three results and leaves, or is cancelled, stops all stages and closes the source; nobody spins."""
    items = ["first", "second", "third", "slow", *several("more", 12)]
    # Using a result takes a while, so that nothing begins at the very moment at which the consumer leaves.
    # The first one takes longest of them: where results come in the order of their ends, it is out of place.
    quick_s = dict(zip(items, (0.09, 0.03, 0.03), strict=False))
    made = stages(
        world,
        items,
        lambda item: quick_s.get(item, 0.70),
        fetch_s=stands_still(FAR),
        use_s=0.08,
        cleanup_s=TIDYING_S,
    )
    run = attempt.scenario.collect(len(items), 4, made, leave_after=3)
    run.expect_result(results(made, items[:3]))
    run.expect_side_by_side()
    expect_all_stopped(run)
    expect_all_stopped_beside_a_failure(attempt, world)
    # The source is closed long after the stages have tidied up: who waits only for these is seen to leave it.
    made = stages(world, items[3:], 1.4, fetch_s=stands_still(FIFTH), hang_up_s=2 * TIDYING_S, cleanup_s=TIDYING_S)
    run = attempt.scenario.cancelled(len(items[3:]), 4, made)
    run.expect_raised("CancelledError")
    expect_all_stopped(run)
    run.expect_rest()


@pytest.mark.points(2)
def test_a_failure_anywhere_stops_everything(attempt, world):
    """If the source or a stage fails, its exception reaches the consumer, and everything else is stopped."""
    items = ["first", "second", "third", "bad", "slow", *several("more", 12)]
    slowness_s = dict.fromkeys(items[:3], 0.05) | {"bad": 0.15}  # when it fails, nothing else begins or ends
    for broken in ("parse", "store"):
        made = stages(
            world,
            items,
            lambda item: slowness_s.get(item, 0.70),
            fetch_s=stands_still(FAR),
            broken=broken,
            cleanup_s=TIDYING_S,
        )
        run = attempt.scenario.failure(len(items), 4, made)
        run.expect_result([AnError(type="ConnectionError")])
        run.expect_side_by_side()
        expect_all_stopped(run)
    items = [*several("item", 5), "bad"]
    run = attempt.scenario.failure(len(items), 4, stages(world, items, broken="fetch"))
    run.expect_result([AnError(type="ConnectionError")])
    run.expect_nothing_left()


def expect_all_stopped_beside_a_failure(attempt, world):
    """An item fails that has not been asked for when the consumer leaves: all behind it are stopped, too.

    The result is used for so long that who stops everything as soon as an item fails has done so by then.
    """
    items = ["first", "bad", "slow", *several("more", 12)]
    made = stages(
        world,
        items,
        lambda item: {"first": 0.03, "bad": 0.0}.get(item, 1.20),
        fetch_s=stands_still(FAR),
        use_s=0.40,
        broken="parse",
        cleanup_s=TIDYING_S,
    )
    run = attempt.scenario.left_beside_a_failure(len(items), 4, made).within(TIDYING_S)
    run.expect_result(results(made, items[:1]))
    with in_words(
        Code.LEAK_TASK, "One item had failed when the consumer left, and those behind it went on", ONE_BY_ONE
    ):
        expect_all_stopped(run)


ONE_BY_ONE = (
    "To await a task that has failed raises its exception, in the middle of tidying up. Await all of them in any case: "
    "`await asyncio.gather(*tasks, return_exceptions=True)`."
)


def expect_all_stopped(run):
    """Every task has ended and has tidied up, and the source is closed."""
    run.expect_nothing_left()
    told = in_words(Code.LATE, "A result was handed out only when parse slow had been done, too", BARRIER)
    with told if held_back(run) else nullcontext():
        run.expect_not_waiting_for("slow")
    run.expect_tidied_up("parse")
    run.expect_tidied_up("store")
    run.expect_closed("hang up", "the source")


def held_back(run):
    """Whether a result before the slow one came to the consumer after it: those are quick."""
    slow_s = [span.end_s for span in run.observed.named("parse") if span.key == "slow" and span.outcome == "answered"]
    return any(used.start_s > end_s for used in run.observed.named("use") for end_s in slow_s)


BARRIER = (
    "A result is handed out when it is ready and all before it have been, whatever those behind it do. Who waits for a "
    "whole batch holds back the quick ones until the slowest is done."
)


FETCH_S, STAGE_S, ITEMS, WIDTH = 0.01, 0.05, 8, 4
POSSIBLE = Bounds(
    serial_s=ITEMS * (FETCH_S + 2 * STAGE_S),
    wrong_s=FETCH_S + (ITEMS + 1) * STAGE_S,  # an assembly line: each stage has one item at a time
    least_s=ITEMS * FETCH_S + 2 * STAGE_S,  # the source gives one item after the other
    # Who is held up for less than a stage takes still has four items in flight: the fourth comes 70 ms before the first
    # one leaves. So the width tells, although each item's stages depend on each other.
    wrong_width=WIDTH - 1,
)


@pytest.mark.points(3)
def test_eight_items_are_twice_as_fast(race, world):
    """Eight items are through at least 2.2 times faster: four of them are on their way at a time."""

    def eight_items(_scale):
        items = several("item", ITEMS)
        made = stages(world, items, STAGE_S, STAGE_S, FETCH_S)

        return Inputs((ITEMS, WIDTH, made), lambda: results(made, items), then=lambda run: run.expect_nothing_left())

    race.run("collect", eight_items, driver="scenario.py", bounds=POSSIBLE)
