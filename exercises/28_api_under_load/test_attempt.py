import pytest

from checker.checks import Bounds, Code, Inputs, in_words
from checker.world.visitors import get

LATENCY_S = 0.05
SLOW_S = 0.9
"""Long enough for everything else to have happened by then."""
OWN_FAULT = 500
"""The server's own answer to what a handler lets out."""
PASS_IT_ON = (
    "The server cancels the handler, where it awaits. gather and TaskGroup pass that on to what they wait for; shield "
    "and asyncio.wait do not, and of tasks that are awaited in a row only one hears of it. No thread can be stopped."
)
ONLY_ONCE = "A CancelledError ends it: whoever catches that, to tidy up, raises it again, and asks for nothing more."
CITIES = ("Oslo", "Lima", "Quito", "Cairo", "Delhi", "Hanoi", "Perth", "Turin")
FAILING = ("Down", "Shut", "Half", "Gone", "Storm", "Fog", "Night", "Cloud")


class Upstream:
    """The three services. Where one fails, by the city that is asked for."""

    def __init__(self, world, slow_s=LATENCY_S, location_s=LATENCY_S):
        api = world.api()
        self.url = api.url
        self.location = api.endpoint(
            "location", location_s, "place",
            status=lambda city: {"Atlantis": 404, "Down": 503, "Shut": 403}.get(city, 200),
            drop=lambda city: city == "Gone", torn=lambda city: city == "Half",
        )  # fmt: skip
        self.weather = api.endpoint(
            "weather", slow_s, status=lambda place: 500 if self._is("Storm", place) else 200,
            torn=lambda place: self._is("Fog", place),
        )  # fmt: skip
        self.sun = api.endpoint(
            "sun", slow_s, status=lambda place: 404 if self._is("Night", place) else 200,
            drop=lambda place: self._is("Cloud", place),
        )  # fmt: skip

    def answer_to(self, city):
        """What a client must get: the latest answers of the services, put together."""
        place = self.location.answer_to(city)
        return {"city": city, "weather": self.weather.answer_to(place), "sun": self.sun.answer_to(place)}

    def _is(self, city, place):
        return place == self.location.answer_to(city)


def serve(attempt, world, upstream, callers, in_a_row=False, made_later=()):
    """The app with these clients: the call, and what they got. Apps for other services come later, and go before."""
    listener = world.listener()
    visitors = world.visitors(listener, callers, in_a_row)
    run = attempt.scenario.serve(upstream.url, listener, visitors, [each.url for each in made_later])
    return run, world.replies(visitors)


def expects_the_place(run, upstream, reply, city):
    """Whoever asks the other services for something else gets an answer, but not a right one."""
    place = upstream.location.answer_to(city)
    for service in (upstream.weather, upstream.sun):
        asked = reply.status != 200 or service.answer_to(place) is not None
        run.expect(asked, Code.WRONG_RESULT, f"/{service.name} was not asked for the place of {city}", ITS_PLACE)


ITS_PLACE = (
    'What /location answers has a "place": that is what /weather and /sun are asked for, and not the city\'s name.'
)


@pytest.mark.points(1)
def test_every_client_gets_its_city(attempt, world):
    """Every client gets the weather and the sun of its own city; an unknown city is a 404."""
    upstream = Upstream(world)
    run, replies = serve(attempt, world, upstream, [get(f"/city/{name}") for name in ("Oslo", "Atlantis", "Lima")])
    expects_the_place(run, upstream, replies[0], "Oslo")
    expected = [(200, upstream.answer_to("Oslo")), (404, None), (200, upstream.answer_to("Lima"))]
    run.expect_replies(replies, expected, "If /location answers 404 there is no such city: answer 404, too.")
    run, replies = serve(attempt, world, upstream, [get("/city/Oslo")], made_later=[Upstream(world)])
    with in_words(Code.WRONG_RESULT, "Another app came and went meanwhile, and that changed this one", IN_IT):
        run.expect_replies(replies, [(200, upstream.answer_to("Oslo"))])
    run, replies = serve(attempt, world, upstream, [get("/city/Oslo")] * 2, in_a_row=True)
    run.expect_replies(replies, [(200, None)] * 2)
    told = "The second client who asked for Oslo got the answer that the first one had got"
    run.expect(replies[1].answer != replies[0].answer, Code.WRONG_RESULT, told, ASK_ANEW)
    told = "The second client who asked for Oslo got the weather of the place that Oslo had for the first one"
    run.expect(len(run.observed.named("location")) > 1, Code.WRONG_RESULT, told, ASK_ANEW)
    run.expect_replies(replies[1:], [(200, upstream.answer_to("Oslo"))])


ASK_ANEW = (
    "The weather changes, and even a city may have another place, or none. What is kept of an earlier answer, in a "
    "dictionary or a cache, is not true any more: ask the services anew for each client, all three of them."
)
IN_IT = (
    "What belongs to one app is kept in it: in a variable of `make_app`, which the handlers know, or as `app[KEY]`. At "
    "the top of the file there is one for all."
)


@pytest.mark.points(1)
def test_a_failure_upstream_is_a_bad_gateway(attempt, world):
    """Whichever service fails, and however, the answer is 502: never half an answer, and never 500."""
    upstream = Upstream(world)
    run, replies = serve(attempt, world, upstream, [get(f"/city/{name}") for name in FAILING])
    run.expect_replies(replies, [(502, None)] * len(FAILING), CATCH_IT)
    run, replies = serve(attempt, world, Nobody, [get("/city/Oslo")])
    run.expect_replies(replies, [(502, None)], CATCH_IT)


class Nobody:
    """An address at which no service listens."""

    url = "http://127.0.0.1:1"


CATCH_IT = (
    "Whatever goes wrong upstream, a status, a connection that breaks, also in the middle of an answer, or a service "
    "that is not there, has to become a 502: catch it in the handler, and raise web.HTTPBadGateway. What nobody "
    "catches is answered with 500."
)


@pytest.mark.points(1)
def test_weather_and_sun_at_the_same_time(attempt, world):
    """Weather and sun are asked for at the same time, as soon as the place is known."""
    upstream = Upstream(world, slow_s=0.2, location_s=0.2)
    run, replies = serve(attempt, world, upstream, [get("/city/Oslo")])
    run.expect_replies(replies, [(200, upstream.answer_to("Oslo"))])
    run.expect_in_flight(at_least=2)


@pytest.mark.points(1)
def test_who_hangs_up_asks_for_nothing_more(attempt, world):
    """A client that hangs up needs no answer: what is asked upstream for it is cancelled."""
    hangs_up(attempt, world, Upstream(world, location_s=SLOW_S), "location")
    # A moment after the weather the sun is asked for, too.
    hangs_up(attempt, world, Upstream(world, slow_s=SLOW_S), "weather", "sun")


def hangs_up(attempt, world, upstream, *names):
    """A client goes when the first of these questions is under way: none of them may come to its end."""
    # The client's own end is not the app's: that goes on.
    client = get("/city/Oslo", hang_up=world.in_flight(names[0]), stay=world.at_rest, pause_s=0.1)
    run, replies = serve(attempt, world, upstream, [client])
    gives_up(run, replies, "The client hung up", *names)


def gives_up(run, replies, why, *names):
    """These questions were not waited for; whoever has failed before had nothing to give up."""
    if replies[0].status == OWN_FAULT:
        run.expect_replies(replies, [(200, None)])
    run.expect_loop_alive(names[0])
    for name in names:
        again = sum(span.name == name for span in run.observed.spans) > 1
        run.expect(not again, Code.NO_CANCEL, f"{why}, and {name} was asked for once more", ONLY_ONCE)
    run.expect_given_up(*names, why=why, hint=PASS_IT_ON)
    run.expect_nothing_left()


@pytest.mark.points(1)
def test_one_session_for_the_whole_app(attempt, world):
    """One session for the app, and one thread: connections are used again, and closed at the end."""
    upstream = Upstream(world)
    run, replies = serve(attempt, world, upstream, [get(f"/city/{name}") for name in CITIES[:4]], in_a_row=True)
    run.expect_replies(replies, [(200, upstream.answer_to(name)) for name in CITIES[:4]])
    run.expect_nothing_left()
    run.expect_connections(at_most=4)
    run.expect_threads(at_most=1)


@pytest.mark.points(1)
def test_a_request_does_not_hold_up_the_end(attempt, world):
    """The app shuts down within a second, though a request is under way, and leaves nothing behind."""
    upstream = Upstream(world, slow_s=SLOW_S)
    listener = world.listener()
    visitors = world.visitors(listener, [get("/city/Oslo")])
    run = attempt.scenario.shut_down(upstream.url, listener, visitors, world.moment("weather"))
    gives_up(run, world.replies(visitors), "The app was to shut down", "weather", "sun")


@pytest.mark.points(4)
def test_eight_clients_at_once_are_four_times_faster(race, world):
    """Eight clients who come at once have all been answered at least 4 times sooner."""

    def eight_clients(_scale):
        upstream, listener = Upstream(world), world.listener()
        visitors = world.visitors(listener, [get(f"/city/{name}") for name in CITIES])

        def all_answered(run):
            run.expect_replies(world.replies(visitors), [(200, upstream.answer_to(name)) for name in CITIES])

        return Inputs((upstream.url, listener, visitors), lambda: None, then=all_answered)

    # Two clients at a time, each with weather and sun at once, cannot reach the goal.
    one_s = 2 * LATENCY_S
    bounds = Bounds(serial_s=len(CITIES) * 3 * LATENCY_S, wrong_s=len(CITIES) / 2 * one_s, least_s=one_s, wrong_width=4)
    race.run("serve", eight_clients, driver="scenario.py", bounds=bounds)
