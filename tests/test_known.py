"""What is said of an error that Python tells in words of its own: by who met it, and by what the source has."""

from __future__ import annotations

from typing import Any

import pytest

from checker.judge.diagnosis import known, outcome
from checker.model.codes import Code
from checker.model.evidence import Notice
from checker.model.outcome import ErrorInfo, Raised
from tests.evidence import beats, run, span

NO_LOOP = "no running event loop"
PLAIN = "def work(f):\n    asyncio.create_task(f())\n"
IN_A_THREAD = """
def load(future):
    asyncio.get_running_loop().call_soon_threadsafe(future.set_result, 1)

async def work(futures):
    for future in futures:
        threading.Thread(target=load, args=(future,)).start()
"""
OF_A_METHOD = """
class Service:
    def begin(self):
        self.pool.submit(self.load)

    def load(self):
        asyncio.create_task(f())
"""
WEB = "def make_app(url):\n    connector = aiohttp.TCPConnector()\n    app = web.Application()\n    make_future()\n"


def said(source: str, message: str, line: int | None = None, **fields: Any) -> str | None:
    return known.hint(run(source=source, **fields), message, line)


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        (PLAIN, 2, "Make the function that the checks call an `async def`"),
        (PLAIN.replace("def work", "def other"), 2, "a plain `def` that no coroutine calls"),
        (IN_A_THREAD, 3, "In this thread runs no event loop"),
        (OF_A_METHOD, 7, "In this thread runs no event loop"),
        (OF_A_METHOD.replace("submit(self.load)", "close()"), 7, "No event loop runs here"),
        ("def work(fs):\n    return list(map(go, fs))\ndef go(f):\n    create_task(f())\n", 4, "A plain `def` has no"),
        (WEB, 2, "`app.cleanup_ctx` opens it"),
        (WEB, 4, "Where the app is made, no event loop runs yet"),
        (f"{WEB}    asyncio.to_thread(make_app, url)\n", 4, "In this thread runs no event loop"),
        ("def pending():\n    return asyncio.all_tasks()\n", 2, "`asyncio.all_tasks(loop)`"),
    ],
)
def test_who_has_no_loop(source: str, line: int, says: str) -> None:
    """A thread, a web app that is only made, or a plain `def`: of each, what it should do."""
    hint = said(source, NO_LOOP, line)
    assert hint is not None
    assert says in hint


def test_a_thread_that_died_is_a_thread() -> None:
    """Whoever made it: what Python printed says so."""
    died = Notice(kind="thread died", text=f"RuntimeError: {NO_LOOP}", line=2)
    assert "In this thread" in (said(PLAIN, NO_LOOP, 2, notices=(died,)) or "")
    assert "In this thread" not in (
        said(PLAIN, NO_LOOP, 2, notices=(Notice(kind="thread died", text="", line=1),)) or ""
    )


@pytest.mark.parametrize(
    ("source", "caller", "says"),
    [
        ("say = await say(1)\ncreate_task(say)", "task Task-1", "awaited too early"),
        ("create_task(say(1))", "thread MainThread", "is a blocking function"),
        ("await asyncio.gather(create_task(key))", "task Task-1", "create_task takes one coroutine"),
    ],
)
def test_what_is_no_coroutine(source: str, caller: str, says: str) -> None:
    """A result that was awaited before, that of a blocking function, or neither: those who asked know."""
    hint = said(
        source, "a coroutine was expected, got 'say'", 1, spans=(span(0, 0.1, caller=caller),), beats=beats(0.1)
    )
    assert hint is not None
    assert says in hint


def test_a_context_is_entered_by_one_at_a_time() -> None:
    """Whoever runs several calls in one copy of the context is told to make one for each."""
    hint = said("", "cannot enter context: <_contextvars.Context object at 0x7f0005905640> is already entered")
    assert hint is not None
    assert "a copy of its own" in hint


def test_a_page_that_breaks_in_the_middle_says_more_than_its_group() -> None:
    """Whoever caught only the connections that cannot be made is told of what is above both."""
    hint = said("", "unhandled errors in a TaskGroup; Response payload is not completed: <ContentLengthError: 400>")
    assert hint is not None
    assert "`aiohttp.ClientError`" in hint


ACCOUNT = (
    "class Account:\n    def __init__(self):\n        self.lock = threading.Lock()\nwith first, second:\n    pass\n"
)


@pytest.mark.parametrize(
    ("source", "kind", "says"),
    [
        ("with asyncio.Lock():\n    pass", "Lock", "`async with`"),
        ("with Lock():\n    pass\nclass Lock:\n    pass", "Lock", "`Lock` has no `with` of its own: that takes"),
        ("with Door():\n    pass\nclass Door:\n    async def __aenter__(self): ...", "Door", "`async with`"),
        (ACCOUNT, "Account", "what it keeps as `lock` has one"),
        (
            "class Account:\n    door: RLock = field(default_factory=RLock)",
            "Account",
            "what it keeps as `door` has one",
        ),
        ("with self.locks:\n    pass", "dict", "here it gets a dict"),
        ("with locks:\n    pass", "tuple", "`with first, second:`"),
        ("with listener.accept():\n    pass", "tuple", "and not the address"),
        ("with thread:\n    pass", "Thread", "This object has no `with` of its own"),
    ],
)
def test_what_has_no_with(source: str, kind: str, says: str) -> None:
    """`async with` is only for what has one; the learner's own classes are told by what they keep."""
    hint = said(source, f"'{kind}' object does not support the context manager protocol", 1)
    assert hint is not None
    assert says in hint


SHUT_DOWN = "cannot schedule new futures after shutdown"
AGAIN = "POOL = Executor(4)\ndef work(f):\n    try:\n        POOL.submit(f)\n    finally:\n        POOL.shutdown()\n"
OUTSIDE = "with ThreadPoolExecutor(4) as pool:\n    pass\npool.submit(f)\n"
LOCKED = "def work(f):\n    with lock:\n        return POOL.submit(f)\n"


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        (OUTSIDE, 3, "Submit everything inside of the block"),
        (
            "def go(p):\n    p.submit(f)\nwith ThreadPoolExecutor(4) as pool:\n    pass\ngo(pool)",
            2,
            "inside of the block",
        ),
        (AGAIN, 4, "Line 6 shuts this pool down"),
        (AGAIN.replace("POOL.shutdown()", "socket.shutdown()"), 4, "shut down before, perhaps in an earlier call"),
        ("with lock:\n    pass\nPOOL.submit(f, lock)\n", 3, "shut down before, perhaps in an earlier call"),
        (LOCKED, 3, "shut down before, perhaps in an earlier call"),
        ("def work(f):\n    with POOL:\n        POOL.submit(f)\n", 3, "shut down before, perhaps in an earlier call"),
        ("loop.run_in_executor(pool, f)\nwith Executor() as pool:\n    pass\n", 1, "inside of the block"),
        ("with Executor() as pool:\n    return pool", None, "return it without the block"),
        ("pool.shutdown()\nreturn pool", None, "line 1 does that"),
        ("with lock:\n    return pools[kind]\nreturn make()", None, "make a new one in each call"),
    ],
)
def test_who_shut_the_pool_down(source: str, line: int | None, says: str) -> None:
    """The end of its own block, a call, or whoever had it before: not the block of a lock."""
    hint = said(source, SHUT_DOWN, line)
    assert hint is not None
    assert says in hint


def test_who_closed_the_session() -> None:
    """Its block, or a line that is not at the end of one."""
    asks = "async def crawl(url):\n    await session.get(url)\n"
    block = "async def main():\n    async with ClientSession() as session:\n        crawl(url)\n"
    closed = "    await session.close()\n"
    assert "stays inside of its block" in (said(asks + block, "Session is closed", 2) or "")
    assert "Line 3 closes this session" in (said(asks + closed, "Session is closed", 2) or "")
    group = "async def main():\n    session = ClientSession()\n    async with TaskGroup() as group:\n        go()\n"
    assert "Line 5 closes this session" in (said(group + closed, "unhandled errors; Session is closed", 3) or "")
    assert "closed before" in (
        said(asks + "async def f():\n    async with lock:\n        pass", "Session is closed", 2) or ""
    )


HALF = "class Ledger:\n    def deposit(self):\n        pass\n"
LACKING = "'Ledger' object has no attribute 'transfer'"


@pytest.mark.parametrize(
    ("source", "line", "code", "says"),
    [
        (HALF, None, Code.MISSING, "asks it for `transfer`"),
        (f"{HALF}def run(task):\n    next(task)\n", 5, Code.MISSING, "asks it for `transfer`"),
        (f"{HALF}        def transfer(self):\n            pass\n", None, Code.MISSING, "Line 4 defines a `transfer`"),
        (f"{HALF}class Bank:\n    def transfer(self):\n        pass\n", None, Code.MISSING, "asks it for `transfer`"),
        ("def work():\n    return 5\n", None, Code.CRASHED, "of another kind than sync.py's"),
        (f"{HALF}Ledger().transfer()\n", 4, Code.CRASHED, "Read the exception"),
    ],
)
def test_a_method_that_is_not_written(source: str, line: int | None, code: Code, says: str) -> None:
    """Of a class of the attempt's own that others ask for it."""
    error = ErrorInfo(type="AttributeError", bases=("AttributeError", "Exception"), message=LACKING, line=line)
    found = outcome.failure(run(source=source, outcome=Raised(error=error)))
    assert found is not None
    assert (found.code, says in found.hint) == (code, True)
    assert ("`Ledger` without `transfer`" in found.sentence) is (code is Code.MISSING)


@pytest.mark.parametrize(
    ("text", "line", "first"),
    [
        ("IndexError: list assignment index out of range", 14, True),
        ("KeyError: 3", 14, True),
        ("IndexError: list index out of range", 21, False),
        ("IndexError: list index out of range", None, False),
    ],
)
def test_the_death_of_a_thread_comes_before_what_follows_from_it(text: str, line: int | None, first: bool) -> None:
    """Also if both are of one kind; but what the caller raised again is told once."""
    error = ErrorInfo(
        type="IndexError", bases=("IndexError", "LookupError"), message="list index out of range", line=21
    )
    died = Notice(kind="thread died", text=text, line=line)
    found = outcome.failure(run(outcome=Raised(error=error), notices=(died,)))
    assert found is not None
    assert ("An exception ended a thread" in found.sentence) is first


@pytest.mark.parametrize(
    ("source", "message", "line", "says"),
    [
        ("for i, k in keys:\n    pass", "too many values to unpack (expected 2)", 1, "`enumerate(items)`"),
        ("a, b = queue.get()", "too many values to unpack (expected 2)", 1, "Which line made it"),
        ("a, b = queue.get()", "too many values to unpack (expected 2)", None, "Compare what your function returns"),
        ("pool.map(f, *urls)", "f() takes 1 positional argument but 2 were given", 1, "A star before a collection"),
        ("submit(f, *args)", "f() takes 1 positional argument but 2 were given", 1, "does not take"),
        ("t = Thread(target=f).start()\nt.join()", "'NoneType' object has no attribute 'join'", 2, "gives back None"),
        ("self.t = None\nself.t.join()", "'NoneType' object has no attribute 'join'", 2, "as line 1 has it at first"),
        ("t = find()\nt.start()\nt.join()", "'NoneType' object has no attribute 'join'", 3, "Something is None here"),
    ],
)
def test_what_the_line_says_of_its_error(source: str, message: str, line: int | None, says: str) -> None:
    """The same words come of several mistakes, and the line tells which."""
    hint = said(source, message, line)
    assert hint is not None
    assert says in hint


def test_a_list_that_went_to_an_operation_is_none_of_gathers() -> None:
    """What cannot be hashed is what the operation was given; Python 3.14 says before that where it was to be used."""
    source, told = "await gather(*(load([key]) for key in keys))", "unhashable type: 'list'"
    for message in (told, f"cannot use 'list' as a dict key ({told})"):
        assert "unpack it" in (said(source, message, 1) or "")
    assert said(source, f"load() cannot be called with (['may'],): {told}", 1) is None


@pytest.mark.parametrize(
    ("file", "what", "says"),
    [
        ("attempt.py", "a generator, not the finished items", "`list(...)`"),
        ("attempt.py", "an async generator, not the finished items", "collect them in a list"),
        ("attempt.py", "a map object, not a list", "`list(...)`"),
        ("attempt.py", "an object of type Bitmapper", None),
        ("attempt.py", "a Future, not its result (ask it for it: `.result()`)", "may come later"),
        ("attempt.py", "an asyncio Task, not its result (await it)", "`await` it"),
        ("attempt.pyx", "the float nan, which is not a number that can be compared", "`long long`"),
        ("attempt.py", "the float nan, which is not a number that can be compared", "stands for no number"),
    ],
)
def test_what_comes_back_instead_of_plain_data(file: str, what: str, says: str | None) -> None:
    """Each kind has a hint of its own, and Python has none of C's."""
    hint = known.hint_for_result(file, what)
    assert hint is None if says is None else says in (hint or "")


HELPER = "async def work(f):\n    def load(key):\n        return await f(key)\n    return load(1)\n"
WITH_LAMBDA = "async def work(f):\n    return map(lambda key: await f(key), [])\n"
ENTERED = "'{}' object does not support the asynchronous context manager protocol"
LACKS = "'ThreadPoolExecutor' object has no attribute '{}'"
MISSING = "{}() missing 1 required positional argument: 'max_workers'"


@pytest.mark.parametrize(
    ("source", "message", "line", "says"),
    [
        ("", LACKS.format("apply_async"), 1, "a method of `multiprocessing.Pool`"),
        ("", LACKS.format("wait"), 1, "functions beside it"),
        ("", LACKS.format("result"), 1, "and `shutdown`."),
        ("", MISSING.format("work"), None, "compare its first line"),
        ("", MISSING.format("work"), 3, "`submit(f, x)`"),
        ("", MISSING.format("load"), None, "`submit(f, x)`"),
        (HELPER, "'await' outside async function", 3, "make `load`, in which the line stands, one"),
        ("def work(f):\n    await f()\n", "'await' outside async function", 2, "the checks call, `work`, one"),
        (WITH_LAMBDA, "'await' outside async function", 2, "A `lambda` cannot await"),
        ("", ENTERED.format("_thread.lock"), 1, "plain `with`"),
        ("class A:\n    def __enter__(self): ...\n", ENTERED.format("A"), 1, "plain `with`"),
        ("", ENTERED.format("ClientTimeout"), 1, "an object of `ClientTimeout` is nothing of that kind"),
        ("", ENTERED.format("_asyncio.Task"), 1, "an object of `Task` is nothing of that kind"),
    ],
)
def test_a_hint_is_said_only_of_what_it_is_true_of(source: str, message: str, line: int | None, says: str) -> None:
    """By whose name it is, who called, where the line stands, and of what kind the object is."""
    hint = said(source, message, line)
    assert hint is not None
    assert says in hint
