import secrets
from collections import Counter

import pytest

from checker.checks import AnError, Bounds, Code, Inputs, Namespace, in_words

KEEP_S, PAUSE_S = 0.50, 0.30
"""A value is still good for who asks at once or after a pause, and no longer for who asks after two."""
TIDYING_S = 0.25
"""Of a load that is cancelled."""
TOO_LATE_S = 0.20
"""Whoever is held up for longer may be cancelled when the loads are over."""
AGAIN_S = 0.60
"""Of a new load, which goes on when the cancelled one has tidied up."""

ONE_LOAD = "Whoever asks for a key that is being loaded waits for that load, and begins none."
STILL_LOADED = (
    f"{ONE_LOAD} Who began it may have been cancelled meanwhile: let the end of the load take it out of the "
    "dictionary, not the end of a caller whom others outlast."
)
EACH_KEY = "Keep a load, and its value, for each key: in a dictionary, for instance, and with the whole key."
ONE_OR_KEPT = f"{ONE_LOAD} And what was loaded is good for `keep` seconds; only a failure is kept for nobody."
OWN = (
    "A load that ends, cancelled or not, takes out only itself: by then, a newer one may stand at its key. Look "
    "whether it is your own before you remove it, and begin none while there is one."
)
KEPT = (
    "A value is good for `keep` seconds from the end of its load: not for less, not for longer, and with 0 not at all. "
    "It does so whatever it is, also None, and however often it is asked for."
)


def values_of(world, latencies_s, failing=(), again_s=None, **traits):
    """What there is to load, and how time passes. The first load of a failing key fails; again_s: for all later loads.

    Returns the world of the scenario, and what each key's value is.
    """
    values = {key: f"{key}-{secrets.token_hex(4)}" for key in latencies_s}
    failures = {key: ConnectionError(f"no {key}") for key in failing}
    begun = Counter()

    def latency_s(key):
        begun[key] += 1
        return latencies_s[key] if begun[key] == 1 or again_s is None else again_s

    load = world.operation(
        "load",
        latency_s,
        lambda key: failures.pop(key, None),
        answer=lambda _caller, key: values[key],
        **traits,
    )
    return Namespace(load=load, moment=world.operation("moment", 0.08), pause=world.operation("pause", PAUSE_S)), values


@pytest.mark.points(1)
def test_everybody_gets_the_value_of_their_key(attempt, world):
    """Everybody gets the value of their own key; if its load fails, its exception."""
    latencies_s = {"ann": 0.12, "bob": 0.05, 1: 0.08, "1": 0.08, -1: 0.06, -2: 0.06, "cid": 0.02}
    made, values = values_of(world, latencies_s, failing=["cid"])
    run = attempt.scenario.crowd(list(values), made)
    run.expect_result([*list(values.values())[:-1], AnError(type="ConnectionError")])
    run.expect_nothing_left()
    run.expect_in_flight(at_least=len(values) - 1)  # cid is soon over
    run = attempt.scenario.two_of_them("ann")
    of_its_own = run.value == ["ann of the first", "ann of the second"]
    run.expect(of_its_own, Code.WRONG_RESULT, "Two Onces were asked for one key, and did not each load it", OF_EACH)


OF_EACH = (
    "Each object has loads and values of its own: make the dictionary in `__init__`. What is made at the top of the "
    "class, or of the file, all objects share."
)


@pytest.mark.points(2)
def test_one_load_for_all_who_ask_meanwhile(attempt, world):
    """While a key is being loaded, whoever asks for it waits for that load; other keys are loaded meanwhile."""
    made, values = values_of(world, {"ann": 0.45, "bob": 0.40})
    first, late = ["ann", "bob", "ann"], ["ann", "bob"]
    run = attempt.scenario.crowd(first, made, late=late)
    expect_of_own_key(run, [*first, *late], values)
    run.expect_side_by_side("load")
    run.expect_result([values[key] for key in [*first, *late]])
    run.expect_rest()
    run.within(0.30)  # who is late by more than that asks when the load is over, and needs another
    run.expect_operations("load", 2, ONE_LOAD)
    run.expect_threads(at_most=1)


@pytest.mark.points(2)
def test_who_is_cancelled_takes_nobody_along(attempt, world):
    """A caller who is cancelled, even the first, takes nobody along. If all are, the load is, and has tidied up."""
    for which, keys in ((0, ["ann", "ann", "bob", "ann"]), (1, ["ann", "ann", "bob"])):  # then only the first waits
        made, values = values_of(world, {"ann": 0.45, "bob": 0.45})
        run = attempt.scenario.one_cancelled(keys, made, which, late=["ann"]).within(TOO_LATE_S)
        run.expect_side_by_side("load")
        run.expect_in_flight(at_most=3, hint=ONE_LOAD)  # two loads, and the moment
        run.expect_cancelled("ann", 0)
        run.expect_cancelled("bob", 0)
        results = [values[key] for key in [*keys, "ann"]]
        run.expect_result([*results[:which], AnError(type="CancelledError"), *results[which + 1 :]])
        run.expect_operations("load", 2, STILL_LOADED)
    made, _ = values_of(world, {"ann": 0.60, "bob": 0.60}, cleanup_s=TIDYING_S)
    run = attempt.scenario.all_cancelled(["ann", "bob", "ann"], made).within(TOO_LATE_S)
    run.expect_nothing_left()
    expect_both_cancelled(run)
    run.expect_result({"cancelled": 3})
    made, values = values_of(world, {"ann": 0.60, "bob": 0.60}, again_s=AGAIN_S, cleanup_s=TIDYING_S)
    run = attempt.scenario.all_cancelled(["ann", "bob", "ann"], made, again="ann", keep=60.0).within(TOO_LATE_S)
    expect_both_cancelled(run)
    run.expect_result({"cancelled": 3, "again": [values["ann"]] * 2})
    run.within(AGAIN_S - TIDYING_S)  # who is late by more than that asks when the new load is over
    expect_three_loads(run, OWN)


def expect_of_own_key(run, keys, values):
    """No caller gets what belongs to another key. (It may have raised.)"""
    told = getattr(run.observed.outcome, "value", None)
    got = zip(keys, told, strict=False) if type(told) is list else ()
    mixed = any(value in values.values() and value not in (None, values[key]) for key, value in got)
    run.expect(not mixed, Code.WRONG_RESULT, "A caller got the value of another key than it had asked for", EACH_KEY)


def expect_three_loads(run, hint):
    """No more than three loads began, whatever became of them."""
    loads = len(run.observed.named("load"))
    run.expect(loads <= 3, Code.DUPLICATE, f"load was called {loads} times, where 3 would do", hint)


def expect_both_cancelled(run):
    """Both loads were cancelled, once, and have tidied up."""
    run.expect_cancelled("ann", 1)
    run.expect_cancelled("bob", 1)
    run.expect_tidied_up("load")


@pytest.mark.points(1)
def test_a_failure_is_for_those_who_wait(attempt, world):
    """A failure reaches everybody who waits for it, and nobody who asks later: they get a new load."""
    made, values = values_of(world, {"ann": 0.10, "bob": 0.10}, failing=["ann"])
    first, later = ["ann", "bob", "ann"], ["ann", "bob"]
    run = attempt.scenario.again_and_again([(False, first), (False, later)], made, 60.0)
    expect_of_own_key(run, [*first, *later], values)
    run.expect_side_by_side("load")
    expect_three_loads(run, ONE_OR_KEPT)
    run.expect_in_flight(at_most=2, hint=ONE_LOAD)
    no_ann = AnError(type="ConnectionError")
    run.expect_result([no_ann, values["bob"], no_ann, values["ann"], values["bob"]])
    run.expect_operations("load", 3, ONE_LOAD)
    # One caller, who catches the failure and asks again at once: not even to the next round of the loop is it kept.
    made, values = values_of(world, {"cid": 0.05}, failing=["cid"])
    run = attempt.scenario.in_a_row(["cid", "cid"], made, 60.0)
    with in_words(Code.WRONG_RESULT, "Who caught a failure and asked again at once got it once more", FORGOTTEN):
        run.expect_result([no_ann, values["cid"]])


FORGOTTEN = (
    "A failure is kept for nobody. Forget its load in the done callback itself, or in the task before it ends: "
    "`call_later(0, ...)` comes after who asks again at once."
)


@pytest.mark.points(1)
def test_a_value_is_kept_as_long_as_asked(attempt, world):
    """A value is served for `keep` seconds, and no longer; with 0, nothing is kept, and no key is remembered."""
    # The first loads take longer than a value is good for: whoever counts from their beginning has nothing to keep.
    made, values = values_of(world, dict.fromkeys(("ann", "bob", "nobody"), KEEP_S + 0.10), again_s=0.05)
    values["nobody"] = None
    keys = ["ann", "bob", "nobody", "ann"]
    # Who asks after the first pause gets what is kept, and does not make it good for longer.
    rounds = [(False, keys), (False, keys), (True, keys), (True, keys)]
    run = attempt.scenario.again_and_again(rounds, made, KEEP_S)
    expect_of_own_key(run, keys * len(rounds), values)
    run.expect_side_by_side("load")
    run.expect_result([values[key] for key in keys] * len(rounds))
    run.within(KEEP_S - PAUSE_S)
    run.expect_operations("load", 6, KEPT)
    run.expect_operations("pause", 2, BETWEEN)
    longer = "A value was kept for `keep` seconds after it had been asked for, and not after its load"
    run.expect(True, Code.WORK_SKIPPED, longer, KEPT, blind=asked_late(run))
    # The first caller, who has begun the load, is gone when the value comes.
    made, values = values_of(world, {"ann": 0.40, "bob": 0.40})
    run = attempt.scenario.one_cancelled(["ann", "ann", "bob"], made, 0, 60.0).within(TOO_LATE_S)
    if run.value[1:3] == [values["ann"], values["bob"]]:  # who takes others along hears of that in its own check
        run.expect_operations("load", 2, KEPT_BY)
    made, _ = values_of(world, {"ann": 0.05, "bob": 0.05, "cid": 0.05, "dan": 0.60}, failing=["cid"])
    # One caller, who asks again at once: not even to the next round of the event loop is anything kept.
    run = attempt.scenario.in_a_row(["ann", "ann", "bob", "bob"], made, 0.0)
    run.expect_operations("load", 4, NOT_KEPT)
    run = attempt.scenario.memory(["ann", "bob", "cid", "dan"], made)
    run.expect_nothing_remembered("key")


BETWEEN = "The driver of this check pauses between its callers. Leave its pauses alone."


def asked_late(run):
    """Whether whoever came after the second pause came so late that no look after the first one could keep a value."""
    looked_s, asked_s = run.observed.named("pause")[0].end_s, run.observed.named("load")[-1].start_s
    return asked_s - looked_s >= KEEP_S - LOOK_S


LOOK_S = 0.02
"""After a pause, until somebody has looked."""

NOT_KEPT = (
    "With a `keep` of 0, a value is good for those who wait for it, and not at all for who asks again, even at "
    "once. Forget it in the done callback itself, or in the load: `call_later(0, ...)` comes after who asks at once."
)
KEPT_BY = (
    "A value is good for `keep` seconds, whoever has gone meanwhile. A caller who has to put it away may be cancelled "
    "before: let the load do that itself, or a done callback of its task."
)


CALLERS, KEYS, LOAD_S = 12, ["ann", "bob", "cid"], 0.10
POSSIBLE = Bounds(
    serial_s=CALLERS * LOAD_S,
    wrong_s=len(KEYS) * LOAD_S,  # one load for each key, but one key after the other
    least_s=LOAD_S,
    wrong_width=len(KEYS) - 1,
)


@pytest.mark.points(3)
def test_twelve_callers_need_three_loads(race, world):
    """Twelve callers who want three keys are served at least 6 times faster, with three loads."""

    def twelve_callers(_scale):
        made, values = values_of(world, dict.fromkeys(KEYS, LOAD_S))
        callers = KEYS * (CALLERS // len(KEYS))
        return Inputs((callers, made), lambda: [values[key] for key in callers])

    race.run("crowd", twelve_callers, driver="scenario.py", bounds=POSSIBLE, at_most=len(KEYS))
