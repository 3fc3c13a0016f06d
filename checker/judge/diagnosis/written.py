"""What in the source of an attempt explains what was observed. Pure functions of the source."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from checker.judge.diagnosis.source import (
    Function,
    arguments,
    calls,
    functions,
    is_none,
    is_thread,
    last_name,
    nodes,
    owner,
    parsed,
    stands_in,
    unparsed,
    unused,
)

_CATCH_ALL = ("Exception", "BaseException")
_OF_A_POOL = {"BrokenProcessPool": ("BrokenExecutor", "RuntimeError")}
"""The bases of exceptions of pools, which are no builtins."""
_HANDS_OVER = ("submit", "apply_async", "map_async", "starmap_async", "run_in_executor")
"""Calls that return something which has to be asked for the result, such as a future."""


def thrown_away(source: str) -> str | None:
    """A hint, if somewhere work is handed over and its future is not kept."""
    for node in nodes(source):
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call) or not node.value.args:
            continue
        function = node.value.func
        if isinstance(function, ast.Attribute) and function.attr in _HANDS_OVER:
            return _KEEP.format(call=unparsed(node.value), line=node.lineno)
    return None


_KEEP = (
    "`{call}` gives a future, and line {line} does not keep it: whatever goes wrong there, nobody hears of it. Keep "
    "every future, and ask each for its `result()`."
)


def never_joined(source: str) -> str | None:
    """A hint, if threads or processes are started and never joined."""
    starts = any(calls(source, *_STARTED))
    return _JOIN if starts and ".join(" not in source else None


_STARTED = ("Thread", "Process")
_JOIN = "What is started goes on by itself. Keep each thread (or process), and `join()` it before you use what it made."


def joined_with_a_limit(source: str) -> str | None:
    """A hint, if somewhere a `join` has a time limit, so that it may end before the thread."""
    for call in calls(source, "join"):
        limits = [*(each for each in call.args if _is_number(each)), *(each.value for each in call.keywords)]
        if limits and not all(map(is_none, limits)):
            return _LIMITED.format(call=unparsed(call), line=call.lineno)
    return None


def _is_number(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)


_LIMITED = (
    "`{call}` in line {line} comes back when the time is over, whether or not the thread has ended. Without a limit it "
    "waits for the end."
)


def shut_down_at_once(source: str) -> str | None:
    """A hint, if somewhere a pool is shut down without waiting for its threads."""
    for call in calls(source, "shutdown"):
        waits = next((each.value for each in call.keywords if each.arg == "wait"), None) or next(iter(call.args), None)
        if isinstance(waits, ast.Constant) and waits.value is False:
            return _AT_ONCE.format(call=unparsed(call), line=call.lineno)
    return None


_AT_ONCE = (
    "`{call}` in line {line} does not wait, and stops nothing that runs already: that goes on. Wait for its end, also "
    "after a failure."
)


def called_beside(source: str) -> str | None:
    """A hint, if the function that threads run is also called in another place, beside them."""
    threads = [*calls(source, "Thread"), *calls(source, "submit")]
    given = [each.value for call in threads for each in call.keywords if each.arg == "target"]
    given += [call.args[0] for call in threads if last_name(call.func) == "submit" and call.args]
    done = {unparsed(each) for each in given if last_name(each)}
    for call in sorted((node for node in nodes(source) if isinstance(node, ast.Call)), key=lambda each: each.lineno):
        if unparsed(call.func) in done:
            return _BESIDE.format(call=unparsed(call), line=call.lineno)
    return None


_BESIDE = (
    "`{call}` in line {line} does the work in the thread that called it, beside those that you start: whoever works "
    "counts. Start one fewer, or let that one only wait."
)


def made(source: str, kind: str, line: int | None) -> str | None:
    """A hint, if an exception of this kind is made in this line; anywhere, if the line is not known."""
    for call in calls(source, kind):
        if line is None or stands_in(line, call):
            return _MADE.format(kind=kind, line=call.lineno)
    return None


_MADE = (
    "`{kind}(...)` in line {line} makes a new exception. The one that was raised belongs there, itself: its type is "
    "what the caller looks at."
)


def never_done(source: str, line: int | None) -> str | None:
    """A hint, if this line waits until all items of a queue are done."""
    filled = ("put", "put_nowait") if any(calls(source, "Queue", "LifoQueue", "PriorityQueue")) else ()
    queues = {owner(call) for call in calls(source, "task_done", *filled)}
    joins = (call for call in calls(source, "join") if stands_in(line, call) and not call.args)
    return _TASK_DONE if any(owner(call) in queues - {""} for call in joins) else None


_TASK_DONE = (
    "The `join()` of a queue waits until there was a `task_done()` for each item. Is one missing: is it never called, "
    "not where the work failed, or does nobody take items out any more? Call it in a `finally`."
)


def went_on_without(source: str) -> str | None:
    """A hint, if somewhere an `acquire` may give up, and its result is not looked at."""
    call = next((call for call in unused(source, "acquire") if _may_give_up(call)), None)
    return _NOT_THERE.format(call=unparsed(call), line=call.lineno) if call is not None else None


def _may_give_up(acquire: ast.Call) -> bool:
    """Whether it has a time limit, or does not wait at all."""
    given = dict(zip(("blocking", "timeout"), acquire.args, strict=False))
    given |= {word.arg: word.value for word in acquire.keywords if word.arg is not None}
    blocking, timeout = given.get("blocking"), given.get("timeout")
    never_waits = isinstance(blocking, ast.Constant) and not blocking.value
    for_ever = timeout is None or is_none(timeout) or isinstance(timeout, ast.UnaryOp)  # -1
    return never_waits or not for_ever


_NOT_THERE = (
    "`{call}` in line {line} may come back without the lock. It returns False then, and nobody looks at that: wait "
    "without a limit, or go on only if it returns True."
)


def default_width(source: str) -> str | None:
    """A hint, if somewhere a pool of threads is used whose number of threads is not given."""
    for call in calls(source, "to_thread", "run_in_executor", "ThreadPoolExecutor"):
        name = last_name(call.func)
        given = [*call.args, *(each.value for each in call.keywords if each.arg == "max_workers")]
        if name == "to_thread" or not given or is_none(given[0]):
            return _DEFAULT.format(line=call.lineno)
    return None


_DEFAULT = (
    "Line {line} uses a pool that has as many threads as there are cores, and four more, because nobody said how many. "
    "Make one that has enough: `ThreadPoolExecutor(n)`; an event loop takes it: `run_in_executor(pool, function)`."
)


def loop_for_each(source: str) -> str | None:
    """A hint, if a pool's threads are given `asyncio.run`, or a function that calls it."""
    runners = {each.name for each in functions(source) if "asyncio.run(" in unparsed(each)}
    for call in calls(source, "to_thread", "run_in_executor", "submit"):
        if any(unparsed(each) == "asyncio.run" or last_name(each) in runners for each in call.args):
            return _LOOP_FOR_EACH.format(line=call.lineno)
    return None


_LOOP_FOR_EACH = (
    "Line {line} gives each coroutine a thread, and an event loop of its own in there. One event loop waits for any "
    "number of coroutines, in one thread: make tasks of them, or `await asyncio.gather(...)`."
)


def pool_of_the_loop(source: str) -> str | None:
    """A hint, if `asyncio.run` has to wait for threads of the event loop's own pool."""
    own = any(calls(source, "to_thread")) or any(
        call.args and is_none(call.args[0]) for call in calls(source, "run_in_executor")
    )
    return _RUN_WAITS if own and "asyncio.run(" in source else None


_RUN_WAITS = (
    "`asyncio.run` ends only when all threads of the loop's own pool have ended, also those that nobody waits for. "
    "With a pool of your own, `run_in_executor(pool, function)`, you say how it ends."
)


def sleeps(source: str, line: int | None) -> str | None:
    """A hint, if this line sleeps."""
    return _SLEEPS.format(line=line) if any(stands_in(line, call) for call in calls(source, "sleep")) else None


_SLEEPS = (
    "Line {line} sleeps, also when all that it waits for is there: nobody wakes whoever sleeps. Wait for what you need "
    "itself: a future, a task, an event."
)


def kept(source: str, kind: str) -> str | None:
    """A hint, if somewhere an exception of this kind is kept from the caller."""
    last = next(_returns_in_finally(source), None)
    if last is not None:
        return _AT_LAST.format(line=last.lineno)
    handler = next((node for node in nodes(source) if isinstance(node, ast.ExceptHandler) and _keeps(node, kind)), None)
    if handler is None:
        return None
    in_a_thread = any(each.lineno == handler.lineno for each in _thread_handlers(source))
    return (_IN_A_THREAD if in_a_thread else _TO_ITSELF).format(line=handler.lineno)


_AT_LAST = (
    "The `return` in line {line} stands in a `finally`, and throws away whatever exception is on its way there. Let it "
    "stand behind the block."
)
_IN_A_THREAD = (
    "The `except` in line {line} keeps it from the thread, and that is right: there it would be lost. But nobody "
    "raised it for the caller: keep it where you find it after the joins, look whether there is one, and `raise` it."
)
_TO_ITSELF = "The `except` in line {line} keeps it to itself. Let the exception pass, or `raise` it again there."


def _returns_in_finally(source: str) -> Iterator[ast.Return]:
    """Each `return` of a `finally`."""
    blocks = (node.finalbody for node in nodes(source) if isinstance(node, ast.Try | ast.TryStar))
    return (node for block in blocks for each in block for node in ast.walk(each) if isinstance(node, ast.Return))


def _keeps(handler: ast.ExceptHandler, kind: str) -> bool:
    """Whether it catches such an exception, and raises none."""
    if any(isinstance(each, ast.Raise) for each in ast.walk(handler)):
        return False
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(unparsed(each).split(".")[-1] in _caught_as(kind) for each in types)


def _caught_as(kind: str) -> set[str]:
    """The names under which an `except` catches an exception of this type."""
    builtin = getattr(builtins, kind, None)
    bases = {each.__name__ for each in builtin.__mro__} if isinstance(builtin, type) else set()
    return {kind, *bases, *_OF_A_POOL.get(kind, ()), *_CATCH_ALL}


def _thread_handlers(source: str) -> Iterator[ast.ExceptHandler]:
    """Each `except` in a function that a thread is given to call, or in a class of threads."""
    starts = [*calls(source, "Thread"), *calls(source, "start_new_thread")]
    called = {last_name(argument) for call in starts for argument in arguments(call)}
    for node in nodes(source):
        thread = isinstance(node, ast.ClassDef) and is_thread(node)
        if thread or (isinstance(node, ast.FunctionDef) and node.name in called):
            yield from (each for each in ast.walk(node) if isinstance(each, ast.ExceptHandler))


def not_at_the_top(source: str, name: str) -> str | None:
    """A hint, if a function or class of this name is there, but inside of something else."""
    for outer in parsed(source).body:
        for node in ast.walk(outer):
            if node is not outer and _defines(node, name):
                return _TO_THE_TOP.format(name=name, line=getattr(node, "lineno", 0), inside=_head(outer))
    return None


_TO_THE_TOP = (
    "`{name}` is defined in line {line}, inside of `{inside}`, where the checks do not find it. Move it to the top "
    "level of the file: no spaces before it."
)


def _defines(node: ast.AST, name: str) -> bool:
    return isinstance(node, Function | ast.ClassDef) and node.name == name


def _head(statement: ast.stmt) -> str:
    """Its first line, without what is inside."""
    return unparsed(statement).splitlines()[0].removesuffix(":")


def raised_in(source: str, line: int | None) -> bool:
    """Whether there is a `raise` of an exception in this line: the attempt made or chose that one."""
    return any(isinstance(node, ast.Raise) and node.exc is not None and stands_in(line, node) for node in nodes(source))
