import secrets

import pytest

from checker.checks import AnError, Bounds, Code, Inputs, in_words, of_each_call

OPEN_S, GET_S = 0.12, 0.05


def some_keys(number):
    """Keys that nobody can know before."""
    return [f"{turn}-{secrets.token_hex(3)}" for turn in range(1, number + 1)]


def server(world, open_s=OPEN_S, get_s=GET_S, **traits):
    """A server whose connections have one operation, get(key)."""
    return world.connections("get", open_s, get_s, **traits)


OWN_MISTAKE = (
    "It comes from a line of yours, not from the server: read the exception, and that line. A connection that is "
    "closed stays closed."
)
KEPT_OPEN = "A worker keeps its connection for all of its keys, also after a failure: it is as good as before."
EACH_KEY = "Every key has to be fetched. Does a worker end while there are keys left?"


def expect_all_done(run, keys):
    """Every key was fetched once, and nothing is left: no thread, and no connection."""
    run.expect_connections_closed()
    run.expect_errors_only(hint=OWN_MISTAKE)
    run.expect_each_once("get", keys, hint=EACH_KEY)
    run.expect_nothing_left()


@pytest.mark.points(2)
def test_each_worker_opens_one_connection(attempt, world):
    """Each of four workers opens one connection, uses it for all of its keys, and closes it."""
    keys, shop = some_keys(8), server(world)
    run = attempt.fetch_all(keys, shop.connect, 4)
    expect_all_done(run, keys)
    run.expect_opened(4)


@pytest.mark.points(2)
def test_no_connection_is_shared(attempt, world):
    """Three keys are fetched at the same time, never more, and never two over one connection, also if one is slow."""
    # While the first is on its way, the others get as far as whoever goes round the connections in turn needs to come
    # back to that one. There are so many that one worker too many finds some left, even if its connection is late.
    keys, shop = some_keys(8), server(world, open_s=0.0, get_s=lambda key: 0.36 if key.startswith("1-") else 0.12)
    run = attempt.fetch_all(keys, shop.connect, 3)
    expect_all_done(run, keys)
    run.expect_connections_not_shared()
    run.expect_in_flight(at_least=3, at_most=3, hint="Start `workers` threads, not one for each key.")


@pytest.mark.points(1)
def test_values_and_failures_are_in_order(attempt, world):
    """The entries are in the order of the keys, however long each takes; a failed key is its exception."""
    keys = some_keys(7)
    latencies_s = dict(zip(keys, (0.15, 0.02, 0.06, 0.02, 0.08, 0.02, 0.02), strict=True))
    bad = {
        keys[1]: KeyError("no such key"),  # as of an empty dict, where somebody takes keys from one
        keys[3]: ConnectionError("try later"),
        keys[5]: IndexError("no such place"),
    }
    shop = server(world, 0.02, latencies_s.get, error=bad.get)
    run = attempt.fetch_all(keys, shop.connect, 3)
    run.expect_connections_closed()
    run.expect_errors_only("KeyError", "IndexError", "ConnectionError", hint=OWN_MISTAKE)
    run.expect_each_once("get", keys, hint=EACH_KEY)
    opened = len(run.observed.connections)
    run.expect(opened <= 3, Code.UNDER_USED, f"{opened} connections were opened for three workers", KEPT_OPEN)
    failures = {key: AnError(type=type(error).__name__, message=str(error)) for key, error in bad.items()}
    run.expect_result([failures.get(key) or shop.answer_to(key) for key in keys])
    expect_an_entry_each(attempt, ["a", "Empty", "b"], "A key failed with queue.Empty", NO_END)


@pytest.mark.points(1)
def test_few_keys_and_none(attempt, world):
    """Few keys, none, or two workers who want the last one: everything comes to an end, no connection stays open."""
    for keys, workers in ((some_keys(2), 4), (some_keys(3), 1), ([], 2)):
        shop = server(world, 0.03, lambda key: 0.09 if key.startswith("1-") else 0.03)
        run = attempt.fetch_all(keys, shop.connect, workers)
        expect_all_done(run, keys)
        run.expect_result([shop.answer_to(key) for key in keys])
    run = attempt.scenario.in_turn(["a", "b"], ["c", "d"])
    fresh = run.value == [["a", "b"], ["c", "d"]]
    run.expect(fresh, Code.WRONG_RESULT, "A second call did not return just the entries of its own keys", OF_EACH_CALL)
    expect_an_entry_each(attempt, ["a", "", "b"], "A key was an empty text", EMPTY)
    expect_an_entry_each(attempt, ["a", "b", "a"], "One key occurs twice in the list", EACH_ITS_PLACE)
    keys = some_keys(3)
    run = attempt.scenario.meet(keys, 2)
    run.expect_no_thread_died(hint=IN_ONE_STEP)
    stuck = run.value == "stuck"
    run.within(STUCK_S / 2)
    run.expect(not stuck, Code.HANG, "A worker waits for a key, and another one has just taken the last", IN_ONE_STEP)
    run.expect_result(keys)


def expect_an_entry_each(attempt, keys, special, hint):
    """One worker, whom nobody disturbs, comes to an end, and has an entry for each of these keys."""
    never = f"{special}, and fetch_all never came back"
    with in_words(Code.HANG, never, hint), in_words(Code.DEADLOCK, never, hint):
        run = attempt.scenario.in_turn(keys)
        right = run.value == [keys]
    run.expect(right, Code.LOST, f"{special}, and not every place in the list has its entry", hint)


OF_EACH_CALL = of_each_call("fetch_all")
EMPTY = (
    "An empty text is a key like any other, and has an entry. `if not key` holds for it as well as for None: ask for "
    "your own end mark, with `is`."
)
EACH_ITS_PLACE = (
    "Each time that a key occurs, it has a place and an entry of its own. What is found by the key is the same for "
    "both: `keys.index(key)`, or a dict. `enumerate(keys)` gives each key with its place."
)
NO_END = (
    "The failure of a key is its entry, of whatever type it is: `connection.get` may raise queue.Empty, too, and that "
    "is not your queue's end. Only `get_nowait()` belongs into the `try` that catches it; keep what you caught, itself."
)
STUCK_S = 3.0
"""So long does scenario.py wait for what should take a tenth of it."""
IN_ONE_STEP = (
    "Between a look at what is left (`empty()`, or `if todo`) and taking it, another thread gets in. Take it in one "
    "step: `get_nowait()` raises `queue.Empty` when nothing is left, and that you can catch."
)


KEYS, WORKERS = 8, 4
LAST_S = 0.02
"""What is quick comes before its turn: among equals, the order in which they come may be right by luck."""
POSSIBLE = Bounds(
    serial_s=KEYS * (OPEN_S + GET_S) + LAST_S - GET_S,
    wrong_s=KEYS / WORKERS * (OPEN_S + GET_S),  # four at a time, but a new connection for each key
    least_s=OPEN_S + KEYS / WORKERS * GET_S,
    wrong_width=WORKERS - 1,
)


@pytest.mark.points(4)
def test_eight_keys_are_fetched_much_faster(race, world):
    """Eight keys are fetched by four workers at least 3 times faster."""

    def eight_keys(_scale):
        keys, shop = some_keys(KEYS), server(world, get_s=lambda key: LAST_S if key.startswith(f"{KEYS}-") else GET_S)
        return Inputs((keys, shop.connect, WORKERS), lambda: [shop.answer_to(key) for key in keys])

    race.run("fetch_all", eight_keys, bounds=POSSIBLE, at_most=WORKERS)
