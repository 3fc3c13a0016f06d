import pytest

from checker.checks import Bounds, Code, Inputs

RATE, BURST = 50, 5
CALL_S = 0.05
TOLERANCE_S = 0.1
"""From one caller to the next, without anybody else's doing."""
GO_ROUND = "`await asyncio.sleep(...)` lets the loop go round."
STUCK_S = 1.0
"""So long does scenario.py wait for what should take a tenth of it."""
LAW = (
    "Limit how many calls begin, not how many are under way: a bucket holds at most `burst` tokens, gets `rate` new "
    "ones a second, never more than it can hold, and each call takes one out, or waits for one that nobody else takes."
)

FULL = (
    "After a rest the bucket is full: `burst` callers pass at once, and the one after them is the first to wait. Begin "
    "with `burst` tokens, save up as many, and look for a comparison or a number that is off by one."
)


def callers(number, name="call"):
    return [f"{name} {each}" for each in range(1, number + 1)]


def answers(ask, keys):
    return [ask.answer_to(key) for key in keys]


@pytest.mark.points(1)
def test_no_window_is_too_full(attempt, world):
    """In any window, at most burst + rate * seconds calls begin; after a rest burst do; no part of a token is lost."""
    # A token takes half a second to come: one too many is far too early, and seen on a busy machine, too.
    ask, rest = world.operation("ask", 0.01), world.operation("rest", 0.5)
    run = attempt.scenario.two_crowds(ask, rest, [], callers(4), 2, 3)
    run.expect_result(answers(ask, callers(4)))
    run.expect_rate_limit("ask", 2, 3, LAW, shows_s=0.5 - TOLERANCE_S)
    at_once = sum(start_s - begun_s(run)[0] < 0.5 - TOLERANCE_S for start_s in begun_s(run))
    fewer = f"With a burst of 3, only {at_once} of 4 callers passed at once; the next one had to wait for a new token"
    run.within(0.5 - 2 * TOLERANCE_S).expect(at_once >= 3, Code.UNDER_USED, fewer, FULL)
    # Just before a window of 9/16 s, in which one has come, is over: eight more in it, and nine in the next one, would
    # be far too early.
    ask = world.operation("ask", 0.01)
    run = attempt.scenario.crowd_at_the_border(ask, "the first", callers(17), 16, 9)
    _, late_s = run.value
    run.expect_result((answers(ask, callers(17)), late_s))
    run.expect_rate_limit("ask", 16, 9, LAW, shows_s=0.44 - TOLERANCE_S)
    run.expect_nothing_left()
    stood_still = f"The event loop stood still for more than {late_s * 1000:.0f} ms, while callers came to acquire()"
    run.within(0.0).expect(late_s == 0, Code.BLOCKS_LOOP, stood_still, GO_ROUND)
    expect_no_part_lost(attempt, world)


def expect_no_part_lost(attempt, world):
    """A token comes every 250 ms, and a caller is there again after 200: who forgets these makes it wait 250 more."""
    ask, keys = world.operation("ask", 0.0), callers(6)
    run = attempt.scenario.again_and_again(ask, world.operation("pause", 0.2), keys, 4)
    _, pauses_s, own_s = run.value
    run.expect_result((answers(ask, keys), pauses_s, own_s))
    run.expect_rate_limit("ask", 4, 1, LAW)
    took_s = apart_s(run)
    slow = f"One caller, who asked again 0.2 s after each call, made six in {took_s:.1f} s, where 1.3 would do"
    most_s = 1.25 + 0.7
    nothing_lost = sum(each_s >= WHOLE_S for each_s in pauses_s) >= 2
    blind = nothing_lost or own_s >= most_s  # by its own clock it was slow: the first call came late to the world
    run.within(0.7).expect(took_s < most_s, Code.UNDER_USED, slow, FRACTIONS, blind)
    expect_no_part_lost_with_a_whole_one(attempt, world)


def expect_no_part_lost_with_a_whole_one(attempt, world):
    """A token comes every 500 ms, and two callers come after 900: the second one waits for 100 ms, and not for 500."""
    ask, keys = world.operation("ask", 0.0), callers(4)
    run = attempt.scenario.again_and_again(ask, world.operation("pause", 0.9), keys, 2, 2)
    _, pauses_s, own_s = run.value
    run.expect_result((answers(ask, keys), pauses_s, own_s))
    run.expect_rate_limit("ask", 2, 2, LAW)
    took_s, most_s = apart_s(run), 1.0 + PART_S / 2
    slow = f"Of two pairs of calls, the second came 0.9 s after the first, and was over after {took_s:.1f} s"
    whole = sum(pauses_s[:2]) >= 2 * 0.5 - 0.01  # from the first call on: two whole tokens have come
    blind = whole or own_s >= most_s  # or as above
    sentence = f"{slow}, where 1.0 would do"
    run.within(PART_S / 2).expect(took_s < most_s, Code.UNDER_USED, sentence, FRACTIONS, blind)


PART_S = 0.4
"""In which four fifths of a token come, at two a second."""
WHOLE_S = 0.245
"""Held up so long, a caller finds a whole token when it asks again (the limiter looks at its clock a moment after
us). Whoever forgets parts of tokens loses none there: with two such pauses of five it may be quick enough."""

FRACTIONS = (
    "Four fifths of a token had come when it asked, so only the last fifth was to be waited for. Keep fractions of "
    "tokens when you count, and sleep only as long as the next one takes from now."
)


@pytest.mark.points(1)
def test_first_come_first_served(attempt, world):
    """Callers are let through in the order in which they came, a latecomer last; nobody asks again and again."""
    for burst in (1, 2):  # with two tokens there is one for the next in line, and for whoever comes before it is awake
        run = attempt.scenario.order(callers(4 + burst), RATE, burst, "latecomer")
        came, passed, turns = run.value
        asked = f"acquire() asked {turns} times whether there is a token"
        run.expect(turns <= MOST_TURNS, Code.BUSY_WAIT, asked, SLEEP)
        overtook = next((name for name, right in zip(passed, came, strict=False) if name != right), "")
        run.expect(not overtook, Code.ORDER, f"{overtook!r} was let through before others who had come earlier", QUEUE)
        run.expect_result((came, came, turns))
    run = attempt.scenario.two_of_them(2)
    waits, at_once, rounds = run.value
    asked = f"While one caller waited half a second for its token, the event loop went round {rounds} times"
    run.expect(rounds <= MOST_ROUNDS, Code.BUSY_WAIT, asked, SLEEP)
    waited = "A caller of one limiter had to wait, because one of another limiter did"
    early = "The only token was taken, and the next caller passed at once, where it had to wait for half a second"
    run.within(0.25).expect(waits, Code.OVER_LIMIT, early, LAW)
    run.within(0.25).expect(at_once, Code.UNDER_USED, waited, OF_EACH)


OF_EACH = (
    "Each limiter has a bucket and a queue of its own: make them in `__init__`. What is made at the top of the class, "
    "or of the file, all limiters share."
)

MOST_TURNS = 50
"""Who sleeps goes round once or twice for each token; who polls without a rest, thousands of times."""
MOST_ROUNDS = 20
"""Whatever goes on beside it: a sleep and its end are three rounds."""
SLEEP = "Work out when the next token comes, and sleep until then."
QUEUE = (
    "Whoever finds a token must not take it while others wait: they need a queue. An asyncio.Lock has one, first come, "
    "first served, and whoever is cancelled leaves it. Hold it until you have your token, also while you sleep."
)


CROWD = Bounds(
    serial_s=14 * (1 / RATE + CALL_S),
    wrong_s=14 * CALL_S,  # nothing is waited for but the calls, one after the other
    least_s=(14 - BURST) / RATE + CALL_S,  # the law: the last one begins after nine new tokens
)


@pytest.mark.points(4)
def test_fourteen_calls_use_the_rate(race, world):
    """Fourteen calls come at least 2.2 times faster: five at once, then fifty a second, and never more than that."""

    def fourteen_calls(_scale):
        ask, keys = world.operation("ask", CALL_S), callers(14)

        def as_the_law_says(run):
            run.expect_rate_limit("ask", RATE, BURST, LAW)
            run.expect_nothing_left()

        return Inputs((ask, keys, RATE, BURST), lambda: answers(ask, keys), then=as_the_law_says)

    race.run("crowd", fourteen_calls, driver="scenario.py", bounds=CROWD, at_least=BURST)


PAUSE_S = 0.15
AFTER_IDLE = Bounds(
    serial_s=13 * (1 / RATE + CALL_S) + PAUSE_S,
    wrong_s=CALL_S + PAUSE_S + 10 / RATE + CALL_S,  # no token is saved up in the pause
    least_s=CALL_S + PAUSE_S + (10 - BURST) / RATE + CALL_S,
)


@pytest.mark.points(4)
def test_a_burst_after_a_pause_and_cancelled_waiters(attempt, race, world):
    """A burst after a pause, 2.2 times faster; cancelled waiters, another event loop and a set clock change nothing."""

    def two_crowds(_scale):
        ask, pause = world.operation("ask", CALL_S), world.operation("pause", PAUSE_S)
        first, second = callers(3, "early"), callers(10, "late")

        def as_the_law_says(run):
            run.expect_rate_limit("ask", RATE, BURST, LAW)

        keys = first + second
        return Inputs((ask, pause, first, second, RATE, BURST), lambda: answers(ask, keys), then=as_the_law_says)

    race.run("two_crowds", two_crowds, driver="scenario.py", bounds=AFTER_IDLE, at_least=BURST)
    expect_tokens_of_cancelled(attempt, world)
    ask, first, second = world.operation("ask", 0.01), callers(4, "first"), callers(2, "second")
    run = attempt.scenario.on_two_loops(ask, first, second, 4, 2)
    told = run.value
    run.within(STUCK_S / 2)
    run.expect(told != "stuck", Code.HANG, "On a second event loop, acquire() never came back", TWO_LOOPS)
    error = told if isinstance(told, str) else ""
    run.expect(not error, Code.CRASHED, f"On a second event loop, acquire() raised RuntimeError: {error}", TWO_LOOPS)
    run.expect_result(answers(ask, first + second))
    run.expect_rate_limit("ask", 4, 2, ONE_BUCKET, shows_s=0.5 - TOLERANCE_S)
    run = attempt.scenario.clock_set_back(callers(3), RATE)
    went_on = run.value == "went on"
    run.within(STUCK_S / 2)
    run.expect(went_on, Code.HANG, "The clock on the wall was set back, and acquire() waited", MONOTONIC)


def expect_tokens_of_cancelled(attempt, world):
    """Sixty waiters are cancelled. Those behind them begin as if they had never come: within 125 ms, not 1600."""
    ask, patient = world.operation("ask", 0.02), callers(6, "patient")
    run = attempt.scenario.impatient_crowd(ask, patient, callers(60, "impatient"), 40, 1)
    _, waiting_s = run.value
    went_on = len(begun_s(run)) - len(patient)
    run.within(ENOUGH_S)
    stood_still = f"The event loop stood still for {waiting_s * 1000:.0f} ms, while callers began to wait in acquire()"
    run.expect(waiting_s < ENOUGH_S, Code.BLOCKS_LOOP, stood_still, GO_ROUND)
    run.expect(went_on <= 0, Code.NO_CANCEL, f"{went_on} callers were cancelled in acquire(), and went on", PASS_ON)
    took_s = apart_s(run)
    lost = f"Sixty waiters were cancelled, and the others began within {took_s * 1000:.0f} ms, where 125 would do"
    run.expect(took_s < 0.125 + ENOUGH_S, Code.LOST, lost, GIVE_BACK)
    run.expect_result((answers(ask, patient), waiting_s))
    ask, patient = world.operation("ask", 0.02), callers(2, "patient")
    run = attempt.scenario.impatient_in_turn(ask, patient, 3, 2, 1)
    run.expect_rate_limit("ask", 2, 1, NOT_TAKEN, shows_s=0.5 - TOLERANCE_S)
    took_s = apart_s(run)
    lost = f"Three callers were cancelled while they slept, and the next one waited {took_s:.1f} s, where 0.5 would do"
    run.within(ENOUGH_S).expect(took_s < 0.5 + ENOUGH_S, Code.LOST, lost, GIVE_BACK)
    run.expect_result(answers(ask, patient))
    expect_token_of_the_last_moment(attempt, world)


def expect_token_of_the_last_moment(attempt, world):
    """Who is cancelled in the round of the loop in which its token comes has not used it up: the next one gets it."""
    ask, patient = world.operation("ask", 0.0), callers(3, "patient")
    run = attempt.scenario.cancelled_at_its_token(ask, patient, 1 / TOKEN_S)
    _, token_s, cancelled = run.value
    run.expect_result((answers(ask, patient), token_s, cancelled))
    early = begun_s(run)[1] - begun_s(run)[0] < TOKEN_S - TOLERANCE_S  # before anybody was cancelled
    run.expect_rate_limit("ask", 1 / TOKEN_S, 1, LAW if early else NOT_TAKEN, shows_s=TOKEN_S - TOLERANCE_S)
    after_s = begun_s(run)[-1] - begun_s(run)[-2]
    # Who was not cancelled had passed before, on a busy machine, and used up its token.
    wanted_s = (1.2 if cancelled else 2.2) * token_s
    lost = f"A caller was cancelled when its token had come, and the next one passed {after_s - wanted_s:.1f} s later"
    run.within(TOKEN_S / 2).expect(after_s < wanted_s + TOKEN_S / 2, Code.LOST, lost, LAST_MOMENT)


TOKEN_S = 0.4
"""In which a token comes, where it is the last moment of that that counts."""
LAST_MOMENT = (
    "A future that has its result wakes its owner one round of the loop later, and in between the owner may be "
    "cancelled. Let the owner take the token when it is awake, or give it back in an `except asyncio.CancelledError:`."
)


def begun_s(run):
    """When each call began, in this order."""
    return [span.start_s for span in run.observed.named("ask")]


def apart_s(run):
    """From the first call to the last."""
    starts_s = begun_s(run)
    return starts_s[-1] - starts_s[0] if starts_s else 0.0


ENOUGH_S = 0.70
"""Half of the time that the sixty would have taken."""
PASS_ON = "Let the CancelledError pass: whoever was cancelled has no permission to go ahead."
GIVE_BACK = (
    "Whoever is cancelled while waiting must not use up a token or a place in time. Take the token last, when nothing "
    "is awaited any more; or give it back in an `except asyncio.CancelledError:`, and let those behind move up."
)
NOT_TAKEN = (
    "Whoever is cancelled while waiting gives back a token only if it has taken one. With one that nobody took, more "
    "pass than may."
)
TWO_LOOPS = (
    "Tasks, futures, and locks on which somebody waited belong to one event loop. Between two waits a limiter needs "
    "only numbers: how many tokens there were, and when."
)
ONE_BUCKET = (
    "A limiter has one bucket, whichever event loop asks. A new loop needs a new lock; the tokens stay as many as they "
    "are."
)
MONOTONIC = (
    "`time.time()` and `datetime.now()` show the clock on the wall, which people and programs set. To measure how much "
    "time has passed, use `time.monotonic()`, which only goes forward."
)
