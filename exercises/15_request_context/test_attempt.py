import pytest

from checker.checks import AnError, Bounds, Code, Inputs

ASK_S = 0.05
MOST_THREADS = 4
"""The event loop's, two in which the work writes, and one in which a plain `def` may wait."""
SOLD_OUT = ConnectionError("sold out")
ELSEWHERE = "in a task", "in a thread"
LINES = "begins", "is answered", *ELSEWHERE


def shop(world, orders, latencies_s=None, sold_out=()):
    """The arguments of scenario.handle for these orders, by the ids of their requests; and what they must give."""
    ask = world.operation(
        "ask",
        lambda order: (latencies_s or {}).get(order, ASK_S),
        lambda order: SOLD_OUT if order in sold_out else None,
    )
    log = world.operation("log", 0.0)
    return ask, log, list(orders.items())


def lines(ident, order, failed=False):
    """The lines of one order, with the id of its request."""
    return {f"{order} {line}": ident for line in (LINES[:1] if failed else LINES)}


def expect_ids(run, log, *expected):
    """Every line of the log carries its own request's id; outside of any request there is none."""
    handed_in = log.calls[-1][0] if log.calls else ()
    seen = next((each for each in handed_in if type(each) is dict), {})
    ids = {line: ident for own in expected for line, ident in own.items()}
    elsewhere = [line for line in ids if line.endswith(ELSEWHERE)]
    run.expect_context(seen, {"before": None} | ids | {"afterwards": None}, elsewhere)


@pytest.mark.points(1)
def test_answers_come_back_in_order(attempt, world):
    """Answers come back in the order of the requests, an exception in its place; each is done once, nothing is left."""
    latencies_s = {"tea": 0.15, "salt": 0.02, "milk": 0.08}
    orders = {"r-1": "tea", "r-2": "salt", "r-3": "milk"}
    ask, log, requests = shop(world, orders, latencies_s, sold_out=["salt"])
    run = attempt.scenario.handle(requests, ask, log, {})
    run.expect_result([ask.answer_to("tea"), AnError(type="ConnectionError"), ask.answer_to("milk")])
    run.expect_operations("ask", len(orders))
    run.expect_nothing_left()
    run.expect_threads(at_most=MOST_THREADS)
    attempt.scenario.handle([], ask, log, {}).expect_result([])
    ask = world.operation("ask", 0.0, NOT_SOLD.get, answer=lambda _caller, order: STOCK[order])
    requests = [(f"r-{order}", order) for order in (*STOCK, *NOT_SOLD)]
    run = attempt.scenario.handle(requests, ask, log, {})
    run.expect_result([*STOCK.values(), *(AnError(type=type(error).__name__) for error in NOT_SOLD.values())])
    ask = world.operation("ask", 0.0)
    run = attempt.scenario.handle([("r-1", "rice"), ("r-1", "nuts"), ("r-2", "rice")], ask, log, {})
    answers = run.value if type(run.value) is list else []
    all_there = sorted(map(str, answers)) == sorted(answer for _, answer in ask.calls)
    run.expect(all_there and answers[1:2] == [ask.answer_to("nuts")], Code.LOST, TWICE, EACH_ITS_PLACE)


STOCK = {"nuts": 0, "air": None, "rice": 3}
"""Nothing is an answer, too."""
NOT_SOLD = {"gold": ValueError("we are a grocery"), "luck": LookupError("no such thing")}
TWICE = "Two requests had one id, or one order, and not each of them has its own answer"
EACH_ITS_PLACE = (
    "Each request has a place and an answer of its own. What is found by the id, or by the order, is the same for two "
    "that have it in common: keep a task, or an answer, for each place in the list."
)


@pytest.mark.points(1)
def test_one_request_alone(attempt, world):
    """The lines of a request that is handled alone carry its id, in a task and in a thread too."""
    ask, log, requests = shop(world, {"r-1": "tea"})
    run = attempt.scenario.handle(requests, ask, log, {})
    run.expect_result([ask.answer_to("tea")])
    expect_ids(run, log, lines("r-1", "tea"))


@pytest.mark.points(4)
def test_sixteen_requests_keep_their_own_ids(race, world):
    """Sixteen requests at once, at least 3.5 times faster, and every line of the log carries its own request's id."""

    def sixteen_requests(_scale):
        orders = {f"r-{number}": f"order {number}" for number in range(1, 17)}
        ask, log, requests = shop(world, orders, {"order 16": 0.03})  # the last answer comes first

        def ids_are_right(run):
            expect_ids(run, log, *(lines(*request) for request in requests))
            run.expect_nothing_left()

        return Inputs(
            (requests, ask, log, {}), lambda: [ask.answer_to(order) for order in orders.values()], then=ids_are_right
        )

    race.run("handle", sixteen_requests, driver="scenario.py", at_least=AT_ONCE)


AT_ONCE = 14
"""Of sixteen: on a slow machine, the first may have its answer before the last has begun."""
DISHES = ("soup",), ("soup", "cake", "tea"), ("soup", "cake", "tea"), ("soup", "cake", "tea", "bread", "wine")
"""The parts of each order: one of them has a single part, which may look as if it needed no task."""
NESTED = Bounds(
    serial_s=16 * ASK_S,
    wrong_s=8 * ASK_S,  # the parts of one order at a time: 4 x (1 + 1)
    least_s=2 * ASK_S,  # the order, then its parts
)


@pytest.mark.points(4)
def test_an_id_is_given_back(race, world):
    """Requests within requests, of which some fail, at least 3.5 times faster: each id is gone when its own ends."""

    def orders_with_parts(_scale):
        menus = {f"r-{number}": f"menu {number}" for number in range(1, 5)}
        parts = {
            menu: [(f"{ident}-{dish}", f"{dish} {menu[-1]}") for dish in dishes]
            for (ident, menu), dishes in zip(menus.items(), DISHES, strict=True)
        }
        ask, log, requests = shop(world, menus, sold_out=["cake 2", "tea 3"])

        def answers():
            failed = AnError(type="ConnectionError")
            return [
                [ask.answer_to(menu), *(failed if dish in ("cake 2", "tea 3") else ask.answer_to(dish)
                                        for _, dish in parts[menu])]
                for menu in menus.values()
            ]  # fmt: skip

        def ids_are_right(run):
            dishes = [lines(*part, failed=part[1] in ("cake 2", "tea 3")) for menu in parts.values() for part in menu]
            ends = {f"{menu} after its parts": ident for ident, menu in menus.items()}
            expect_ids(run, log, *(lines(*request) for request in requests), *dishes, ends)
            run.expect_nothing_left()

        return Inputs((requests, ask, log, parts), answers, then=ids_are_right)

    race.run("handle", orders_with_parts, driver="scenario.py", bounds=NESTED)
