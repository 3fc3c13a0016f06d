"""Clients of a server that the attempt runs, the services behind it, and what is said of the clients' answers."""

from __future__ import annotations

import http.client
import json
import textwrap
import urllib.error
import urllib.request
from typing import Any

import pytest

from checker.judge.diagnosis import answers
from checker.model.codes import Code
from checker.model.evidence import Reply, Run
from checker.model.outcome import Returned
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.visitors import Listener, Visitors, get
from checker.world.world import World
from tests import evidence

APP = """
    from aiohttp import web

    async def serve(listener, visitors):
        async def hello(request):
            name = request.match_info["name"]
            if name == "nobody":
                raise web.HTTPNotFound
            return web.json_response({"hello": name})

        app = web.Application()
        app.router.add_get("/hello/{name}", hello)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        await visitors.visit()
        await runner.cleanup()
"""


def call(engine: Engine, world: World, text: str, *args: Any) -> Run:
    """Call `serve` of an attempt with this text."""
    engine.preload(["aiohttp", "aiohttp.web"])
    return engine.run(Source(textwrap.dedent(text).encode()), Invocation("serve", args), world, Watching(5.0))


def served(engine: Engine, world: World, text: str, *paths: str) -> list[Reply]:
    """What the grader's clients of these paths got."""
    listener = world.listener()
    visitors = world.visitors(listener, [get(path) for path in paths])
    run = call(engine, world, text, listener, visitors)
    assert isinstance(run.outcome, Returned), run
    return world.replies(visitors)


def test_the_clients_are_the_graders(engine: Engine, made_world: World) -> None:
    """They reach a server in the attempt's own network, and bring back status and answer."""
    replies = served(engine, made_world, APP, "/hello/ann", "/hello/nobody")
    assert [(reply.what, reply.status, reply.trouble) for reply in replies] == [
        ("GET /hello/ann", 200, ""),
        ("GET /hello/nobody", 404, ""),
    ]
    assert replies[0].answer == {"hello": "ann"}
    assert all(0 < reply.began_s <= reply.ended_s for reply in replies)


def test_a_server_that_never_asked_them_to_come(engine: Engine, made_world: World) -> None:
    """An attempt that skips its clients has no answers to show."""
    (reply,) = served(engine, made_world, "async def serve(listener, visitors): pass", "/hello/ann")
    assert reply.trouble == "the server was never ready"


def test_a_server_that_ends_before_it_answers(engine: Engine, made_world: World) -> None:
    """Clients who still wait when the run is over go, and it is said why."""
    text = "async def serve(listener, visitors): await visitors.come()"
    (reply,) = served(engine, made_world, text, "/hello/ann")
    assert (reply.status, bool(reply.trouble)) == (None, True)


def test_garbage_is_no_answer(engine: Engine, made_world: World) -> None:
    """Whatever a server sends, its client writes down that it got nothing."""
    text = """
        import asyncio

        async def serve(listener, visitors):
            async def garbage(reader, writer):
                writer.write(b"what do you want")
                writer.close()

            server = await asyncio.start_server(garbage, sock=listener)
            await visitors.visit()
    """
    (reply,) = served(engine, made_world, text, "/hello/ann")
    assert reply.trouble


HOSTILE = {
    "elsewhere": "raise web.HTTPFound('http://127.0.0.1:1/')",
    "endless": "return web.Response(body=bytes(2**20))",
    "deep": "return web.Response(text='[' * 500 + ']' * 500, content_type='application/json')",
    "not what it says": "return web.Response(text='{', content_type='application/json')",
    "packed": "return web.Response(body=b'x', headers={'Content-Encoding': 'gzip'})",
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_server_gets_nowhere(engine: Engine, made_world: World, how: str) -> None:
    """No client follows it elsewhere, unpacks anything, or keeps more than an answer's worth."""
    text = APP.replace("async def hello(request):", f"async def hello(request):\n            {HOSTILE[how]}")
    (reply,) = served(engine, made_world, text, "/hello/ann")
    if how == "elsewhere":
        assert (reply.status, reply.trouble) == (302, "")
    elif how == "packed":
        assert reply.answer == "x"
    else:
        assert reply.answer is None
        assert reply.trouble


def test_no_attempt_says_where_they_go(made_world: World) -> None:
    """The address is the grader's own listener, whatever the attempt does."""
    listener = made_world.listener()
    visitors = Visitors(listener, [get("/")])
    assert listener.address[0] == "127.0.0.1"
    assert "port" not in json.dumps(visitors.describe())
    assert Listener().address != listener.address


def test_an_api_answers_afresh(made_world: World) -> None:
    """Each answer is new, has its own key in the ledger, and statuses and broken connections depend on the key."""
    api = made_world.api()
    weather = api.endpoint(
        "weather", 0.0, status=lambda key: 503 if key == "down" else 200, drop=lambda key: key == "cut",
        torn=lambda key: key == "half",
    )  # fmt: skip
    got = [json.loads(urllib.request.urlopen(f"{api.url}/weather/oslo").read()) for _ in range(2)]
    assert got[0] != got[1]
    assert weather.answer_to("oslo") == got[1]["weather"]
    assert weather.answer_to("lima") is None
    with pytest.raises(urllib.error.HTTPError, match="503"):
        urllib.request.urlopen(f"{api.url}/weather/down")
    with pytest.raises(OSError, match="closed connection"):
        urllib.request.urlopen(f"{api.url}/weather/cut")
    with pytest.raises(http.client.IncompleteRead):
        urllib.request.urlopen(f"{api.url}/weather/half").read()
    assert [(span.name, span.key, span.outcome) for span in made_world.ledger.spans()] == [
        ("weather", "oslo", "answered"), ("weather", "oslo", "answered"), ("weather", "down", "failed"),
        ("weather", "cut", "failed"), ("weather", "half", "failed"),
    ]  # fmt: skip


def test_a_moment_is_when_operations_are_in_flight(engine: Engine, made_world: World) -> None:
    """It is answered while the operation that it waits for is going on, not before and not after."""
    job = made_world.operation("job", 60.0)
    text = """
        import asyncio

        async def serve(job, moment):
            waiting = asyncio.create_task(moment())
            await asyncio.sleep(0.05)
            early = waiting.done()
            working = asyncio.create_task(job())
            await waiting
            late = working.done()
            working.cancel()
            return [early, late]
    """
    run = call(engine, made_world, text, job, made_world.moment("job"))
    assert isinstance(run.outcome, Returned)
    assert run.outcome.value == [False, False]


# --- what is said of it ---


def reply(status: int | None, answer: object = None, trouble: str = "") -> Reply:
    return Reply(what="GET /x", status=status, answer=answer, began_s=1.0, ended_s=2.0, trouble=trouble)


@pytest.mark.parametrize(
    ("got", "expected", "code"),
    [
        (reply(200, {"a": 1}), (200, {"a": 1}), None),
        (reply(404, "no"), (404, None), None),
        (reply(500), (502, None), Code.WRONG_RESULT),
        (reply(200, {"a": None}), (502, None), Code.SWALLOWED),
        (reply(200, {"a": 2}), (200, {"a": 1}), Code.WRONG_RESULT),
        (reply(200, {"a": True}), (200, {"a": 1}), Code.WRONG_RESULT),
        (reply(None, trouble="it hung up"), (200, None), Code.LOST),
    ],
)
def test_answers_are_compared(got: Reply, expected: tuple[int, object], code: Code | None) -> None:
    """Status and answer must be right; a success that hides a failure has a name of its own."""
    found = answers.wrong(evidence.run(), [got], [expected])
    assert (found.code if found else None) is code


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('raise HTTPNotFound\napp.router.add_get("/{name}", city)\n', "There is a route"),
        ('Response(status=404)\napp.add_routes([web.get("/x", city)])\n', "There is a route"),
        ('app.add_routes([web.get("/x", city)])\n', "Is there one for this path"),
        ('raise HTTPNotFound\napp.router.add_get("/towns/{name}", city)\n', "Is there one for this path"),
        ("app = web.Application()\n", "Is there one for this path"),
    ],
)
def test_where_a_route_leads_it_was_the_handler_that_found_nothing(source: str, words: str) -> None:
    """An app answers 404 by itself, and so may a handler: the text tells whether there is a route."""
    found = answers.wrong(evidence.run(source=source), [reply(404)], [(200, None)])
    assert found is not None
    assert words in found.hint


PRINTED = """Error handling request from 127.0.0.1
Traceback (most recent call last):
  File "/env/lib/python3.11/site-packages/aiohttp/web_app.py", line 563, in _handle
    return await handler(request)
  File "/kata/28_api_under_load/attempt.py", line 3, in city
    place = ask(url)["place"]
TypeError: 'coroutine' object is not subscriptable
"""


def test_an_exception_that_a_handler_lets_out_is_told() -> None:
    """The server answers 500, and prints what it was; where nothing was printed, that is what a 500 means."""
    told = answers.wrong(evidence.run(output=PRINTED), [reply(500)], [(200, {"a": 1})], "Answer 404, too.")
    assert told is not None
    assert told.sentence.endswith("200 is right: TypeError: 'coroutine' object is not subscriptable (attempt.py:3).")
    assert "`await` it" in told.hint
    unknown = answers.wrong(evidence.run(), [reply(500)], [(200, {"a": 1})], "Answer 404, too.")
    assert unknown is not None
    assert "lets out is answered with 500" in unknown.hint
    failure = answers.wrong(evidence.run(), [reply(500)], [(502, None)], "Catch it.")
    assert failure is not None
    assert failure.hint == "Catch it."


CAUSED = """Error handling request from 127.0.0.1
Traceback (most recent call last):
  File "aiohttp/_http_parser.pyx", line 625, in aiohttp._http_parser.HttpParser.feed_eof
aiohttp.http_exceptions.ContentLengthError: 400, message:
  Not enough data to satisfy content length header.

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/kata/28_api_under_load/attempt.py", line 3, in city
    place = (await response.json())["place"]
  File "/env/lib/python3.11/site-packages/aiohttp/client_reqrep.py", line 1299, in json
    await self.read()
aiohttp.client_exceptions.ClientPayloadError: Response payload is not completed
Error handling request from 127.0.0.1
Traceback (most recent call last):
  File "/kata/28_api_under_load/attempt.py", line 9, in city
KeyError: 'sun'
"""


def test_what_was_let_out_is_told_and_not_its_cause() -> None:
    """A library's exception has causes of its own, from files in C: the attempt can catch only what comes of them."""
    told = answers.wrong(evidence.run(output=CAUSED), [reply(500)], [(502, None)], "Catch it.")
    assert told is not None
    assert told.sentence.endswith("ClientPayloadError: Response payload is not completed (attempt.py:3).")


def test_what_nobody_needs_is_given_up() -> None:
    """An operation that was answered was gone on with; none at all is work left out."""
    dropped, answered = evidence.span(0.0, 0.1, name="weather", outcome="dropped"), evidence.span(0.0, 0.5, name="sun")
    assert answers.not_given_up(evidence.run(spans=(dropped,)), ["weather"], "It hung up") is None
    went_on = answers.not_given_up(evidence.run(spans=(dropped, answered)), ["weather", "sun"], "It hung up")
    assert went_on is not None
    assert (went_on.code, went_on.sentence) == (
        Code.NO_CANCEL, "It hung up, and still sun was waited for, to its end.",
    )  # fmt: skip
    nothing = answers.not_given_up(evidence.run(spans=()), ["weather"], "It hung up")
    assert nothing is not None
    assert nothing.code is Code.WORK_SKIPPED
