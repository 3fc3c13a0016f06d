import secrets
from itertools import count
from math import ceil

import pytest

from checker.checks import AnError, Bounds, Code, Inputs, in_words, of_each_call

ALSO_EMPTY = (
    "An empty text counts as false, and is an item like any other: `while item := ...` and `if not item` end with it. "
    "Only None says that there are no more, so ask `is not None`."
)
WAKE_ALL = (
    "`notify()` wakes one of those who wait, perhaps one that waits for something else and goes back to sleep. Then "
    "nobody wakes the right one: `notify_all()`, or one Condition for each side (two can share one lock)."
)


def some_items(number):
    """Items that nobody can know before they are produced."""
    return [f"{turn}-{secrets.token_hex(4)}" for turn in range(1, number + 1)]


def source(world, items, latencies_s, failure=None):
    """produce(): the next item, each after its own latency; then None, or the failure if there is one."""
    left, begun, calls = iter(items), iter(latencies_s), count()
    return world.operation(
        "produce",
        lambda: next(begun, 0.0),
        error=lambda: failure if failure is not None and next(calls) >= len(items) else None,
        answer=lambda _caller: next(left, None),
    )


@pytest.mark.points(1)
def test_all_consumers_are_used_and_each_item_once(attempt, world):
    """Every item is consumed once, by n_consumers threads at once and no more; produce is called by one at a time."""
    items = some_items(7)  # four are left for one consumer too many, if the fourth item is late
    items[3] = ""
    produce, consume = source(world, items, [0.0] * 7), world.operation("consume", 0.12)
    run = attempt.pipeline(produce, consume, 3, 2)
    run.expect_result([])
    run.expect_each_once("consume", items[:3])
    run.expect_each_once("consume", [""], ALSO_EMPTY)  # when those before it were consumed
    run.expect_each_once("consume", items)
    run.expect_no_thread_died()
    run.expect_in_flight(at_least=3, at_most=3)
    run.expect_nothing_left()
    items = some_items(5)
    run = attempt.pipeline(source(world, items, [0.05] * 5), world.operation("consume", 0.0), 3, 2)
    run.expect_each_once("consume", items)
    run.expect_no_thread_died()
    run.expect_in_flight(at_most=1, hint="Let one thread produce: produce is not made for two at once.")


@pytest.mark.points(1)
def test_what_fails_is_told_and_the_rest_is_done(attempt, world):
    """When consume fails on some items, all others are still consumed, and every failure is in the result."""
    items = some_items(8)
    bad = {items[0], items[1], items[6]}  # the first ones: whoever dies of a failure is missing afterwards
    consume = world.operation("consume", 0.03, error=lambda item: ValueError(item) if item in bad else None)
    run = attempt.pipeline(source(world, items, [0.01] * 8), consume, 2, 2)
    run.expect_result([AnError(type="ValueError")] * 3)
    run.expect_each_once("consume", items)
    run.expect_nothing_left()
    attempt.pipeline(source(world, [], []), consume, 2, 2).expect_result([])
    no_line = world.operation("consume", 0.0, error=ConnectionError("no line"))
    run = attempt.pipeline(source(world, ["again"] * 3, [0.0] * 3), no_line, 2, 2)
    run.expect_result([AnError(type="ConnectionError")] * 3)
    run.expect_operations("consume", 3)
    run = attempt.scenario.in_turn(items[:4])
    run.expect(run.value == [4, 0], Code.WRONG_RESULT, OF_ANOTHER, of_each_call("pipeline"))


OF_ANOTHER = "Four items failed in one call and none in the next one, and they did not return 4 failures and 0"


@pytest.mark.points(1)
def test_a_failing_producer_ends_all(attempt, world):
    """When produce fails, what it has produced is consumed, all consumers end, and the caller gets the exception."""
    items = some_items(5)
    produce = source(world, items, [0.0] * 5, failure=ConnectionError("the line is dead"))
    refused = ValueError("no use for it")
    consume = world.operation(
        "consume",
        # Those that come first keep both consumers until produce has failed, however busy the machine is.
        lambda item: 0.5 if item in items[:2] else 0.02,
        error=lambda item: refused if item == items[1] else None,
    )
    run = attempt.pipeline(produce, consume, 2, 3)
    run.expect_raised("ConnectionError")
    run.expect_nothing_left()
    run.expect_each_once("consume", items)
    failed = [span.caller for span in run.observed.named("produce") if span.outcome == "failed"]
    again = "When produce had failed, it was called again"
    run.expect(len(failed) == len(set(failed)), Code.DUPLICATE, again, NOT_AGAIN)


NOT_AGAIN = "Whoever gets the exception decides whether to try again: `produce` is not called again when it has failed."


@pytest.mark.points(2)
def test_the_producer_works_ahead_but_not_too_far(attempt, world):
    """The producer works ahead until `capacity` items wait, and no further."""
    for n_consumers, capacity in ((2, 4), (1, 1)):
        items = some_items(n_consumers + capacity + 6)
        # All of them could be produced while the first is consumed.
        slow_first = {items[turn]: 0.25 for turn in range(n_consumers)}
        consume = world.operation("consume", lambda item, slow=slow_first: slow.get(item, 0.005))
        run = attempt.pipeline(source(world, items, [0.005] * len(items)), consume, n_consumers, capacity)
        # Besides those that wait: one with each consumer, and one in the producer's hands.
        full = n_consumers + capacity
        run.expect_backlog("produce", "consume", at_least=full, at_most=full + 1)
        run.expect_each_once("consume", items)


@pytest.mark.points(1)
def test_both_sides_wait_at_rest(attempt, world):
    """Who waits uses no core: the producer while the buffer is full, the consumers while it is empty, however long."""
    items = some_items(6)
    # Five are there at once: two with the consumers, two that wait, one in the producer's hands. The sixth comes late.
    produce = source(world, items, [0.005] * 5 + [LATE_S])
    slow_first = dict.fromkeys(items[:2], 0.35)
    consume = world.operation("consume", lambda item: slow_first.get(item, 0.1))
    run = attempt.pipeline(produce, consume, 2, 2)
    run.expect_result([])
    run.expect_each_once("consume", items, MAY_BE_SLOW)
    run.expect_no_thread_died()
    run.expect_side_by_side()
    run.expect_rest()
    items = [f"item {number:02}" for number in range(30)]
    run = attempt.scenario.quick(items, 3, 1)
    stuck = "With three consumers, room for one item, and a producer that is quick, all of them come to wait"
    with in_words(Code.HANG, stuck, WAKE_ALL), in_words(Code.DEADLOCK, stuck, WAKE_ALL):
        run.expect_result({"consumed": items, "failures": []})


LATE_S = 1.4
"""Longer than somebody waits who gives up after a second."""
MAY_BE_SLOW = (
    "The last item took its time. An empty buffer does not say that nothing more comes, however long it is empty: wait "
    "for the item, or for the sentinel."
)


CONSUMERS, CAPACITY, ITEMS = 3, 3, 9
PRODUCE_S, CONSUME_S = 0.025, 0.11
POSSIBLE = Bounds(
    serial_s=ITEMS * (PRODUCE_S + CONSUME_S),
    wrong_s=PRODUCE_S + ceil(ITEMS / 2) * CONSUME_S,  # two consumers; who produces everything first needs even longer
    least_s=CONSUMERS * PRODUCE_S + ITEMS / CONSUMERS * CONSUME_S,  # the last consumer waits for the third item
    wrong_width=2,
    dependent=True,
)


@pytest.mark.points(4)
def test_nine_items_flow_much_faster(race, world):
    """Nine items and three consumers are done at least 2.2 times faster than one after the other."""

    def nine_items(_scale):
        items = some_items(ITEMS)
        produce, consume = source(world, items, [PRODUCE_S] * ITEMS), world.operation("consume", CONSUME_S)
        return Inputs(
            (produce, consume, CONSUMERS, CAPACITY),
            list,
            then=lambda run: run.expect_each_once("consume", items),
        )

    race.run("pipeline", nine_items, bounds=POSSIBLE, at_most=CONSUMERS + 1)
