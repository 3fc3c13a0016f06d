"""Hints for errors of event loops and coroutines, by where they came up: a thread, a web app, a plain `def`. Pure."""

from __future__ import annotations

import ast
import re

from checker.judge.diagnosis.known_asyncio import AWAITED_TOO_EARLY, ONE_COROUTINE
from checker.judge.diagnosis.known_reading import Seen
from checker.judge.diagnosis.source import Function, arguments, around, calls, last_name, nodes, parsed, unparsed
from checker.model.evidence import Run


def asked_blocking(run: Run) -> bool:
    """Whether one thread asked for all operations although there is an event loop: a coroutine asks as a task."""
    return bool(run.beats) and _only_one_thread_asked(run)


def _only_one_thread_asked(run: Run) -> bool:
    callers = {span.caller for span in run.spans}
    return len(callers) == 1 and callers.pop().startswith("thread ")


def no_loop(seen: Seen) -> str:
    """A hint for a thread that asked for the running event loop, and has none."""
    run = seen.run
    if "all_tasks(" in seen.text:
        return _NAME_IT
    if _OF_AIOHTTP.search(seen.text):
        return _SESSION
    top = (node for node in parsed(run.source).body if isinstance(node, Function))
    called = next((function for function in top if function.name == run.function), None)
    if isinstance(called, ast.AsyncFunctionDef) or _in_a_thread(run, seen.line):
        return _IN_A_THREAD
    if "Application(" in run.source:
        return _WITH_THE_APP
    return _PLAIN_DEF if called is not None else _NO_LOOP


_OF_AIOHTTP = re.compile(r"\baiohttp\.\w+\(|\b(?:ClientSession|\w*Connector|CookieJar)\(")
_NAME_IT = (
    "Without an argument, it asks for the loop that runs in this thread. From another thread, name it: "
    "`asyncio.all_tasks(loop)`."
)
_SESSION = (
    "A session belongs to the loop that runs, and so does its connector. Here none does yet: open it in an `async def` "
    "that the loop runs. For a web app, `app.cleanup_ctx` opens it, and closes it at the end."
)
_WITH_THE_APP = (
    "Where the app is made, no event loop runs yet. What needs one is made where the app starts, in a function of "
    "`app.cleanup_ctx`, or in a handler."
)
_IN_A_THREAD = (
    "In this thread runs no event loop. Ask for it in the coroutine, before, `loop = asyncio.get_running_loop()`, and "
    "hand it over: the thread calls `loop.call_soon_threadsafe(f, x)`, or "
    "`asyncio.run_coroutine_threadsafe(f(x), loop)`."
)
_PLAIN_DEF = (
    "A plain `def` has no event loop that could run a task. Make the function that the checks call an `async def`."
)
_NO_LOOP = (
    "No event loop runs here: this is another thread, or a plain `def` that no coroutine calls. What belongs to a loop "
    "is made in an `async def` that the loop runs; from a thread, `asyncio.run_coroutine_threadsafe(f(x), loop)` asks "
    "for it."
)


def _in_a_thread(run: Run, line: int | None) -> bool:
    """Whether a thread died at the line, or the line is in a function that is handed over for a thread to call."""
    if any(notice.kind == "thread died" and notice.line == line for notice in run.notices):
        return True
    pooled = (call for call in calls(run.source, *_THREADS) if unparsed(call.func) != "map")
    handed = {last_name(argument) for call in pooled for argument in arguments(call)}
    return any(function.name in handed for function in around(run.source, line))


_THREADS = ("Thread", "Timer", "submit", "map", "to_thread", "run_in_executor", "start_new_thread")


def no_coroutine(seen: Seen) -> str:
    """A hint for a task that was to be made of something that is no coroutine."""
    if _only_one_thread_asked(seen.run):
        return _BLOCKING_CALL
    awaited = (node.value for node in nodes(seen.run.source) if isinstance(node, ast.Await))
    results = any(not unparsed(each).startswith("asyncio.") for each in awaited)
    return AWAITED_TOO_EARLY if results else ONE_COROUTINE


_BLOCKING_CALL = (
    "What you call there is a blocking function: it has done its work, and this is its result. "
    "`asyncio.to_thread(f, x)` makes a coroutine of it."
)
