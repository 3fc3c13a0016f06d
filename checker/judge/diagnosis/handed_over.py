"""A function that is called where it should be handed over, for a thread or a pool to call it. Pure."""

from __future__ import annotations

import ast
import re

from checker.judge.diagnosis.source import (
    calls,
    classes,
    functions,
    is_thread,
    last_name,
    methods,
    nodes,
    owner,
    targets,
    unparsed,
)
from checker.model.evidence import Run

_THREADS = {"submit": 0, "to_thread": 0, "run_in_executor": 1}
_LOOPS = {
    "call_soon": 0, "call_soon_threadsafe": 0, "call_later": 1, "call_at": 1, "add_signal_handler": 1,
    "add_done_callback": 0,
}  # fmt: skip
_PLACES = _THREADS | _LOOPS
"""Which argument is the function that another thread, or the event loop, is to call."""
_KEYWORDS = {
    "Thread": "target", "Process": "target", "ThreadPoolExecutor": "initializer", "ProcessPoolExecutor": "initializer",
}  # fmt: skip
"""The name of the argument that is the function."""
_MAKERS = (
    "partial", "getattr", "methodcaller", "attrgetter", "itemgetter", "pop", "popleft", "get_nowait", "next",
)  # fmt: skip
"""Calls that give a function, perhaps one that was put in somewhere."""


def serial_hint(run: Run) -> str | None:
    """A hint for a program that made threads, if one of them asked for all operations."""
    if len({span.caller for span in run.spans}) > 1:
        return None
    return in_this_thread(run.source)


def in_this_thread(source: str) -> str | None:
    """A hint why the other threads do none of the work."""
    return called(source) or (_RUN if _runs_a_thread(source) else None) or _joined_at_once(source)


def _runs_a_thread(source: str) -> bool:
    """`t.run()`, of a thread."""
    run = [call.func.value for call in calls(source, "run") if isinstance(call.func, ast.Attribute)]
    if not run:
        return False
    kinds = {"Thread", *(kind.name for kind in classes(source) if is_thread(kind))}
    named = _thread_names(source, kinds)
    return any(_is_call_of(each, kinds) or last_name(each) in named for each in run)


def _is_call_of(value: ast.AST, kinds: set[str]) -> bool:
    return isinstance(value, ast.Call) and last_name(value.func) in kinds


def _thread_names(source: str, kinds: set[str]) -> set[str]:
    """The names of threads, and of collections of them."""
    named: set[str] = set()
    for node in nodes(source):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            named |= set(map(last_name, targets(node))) if _holds_thread(node.value, kinds, named) else set()
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
            named |= {last_name(node.func.value)} if _holds_thread(node, kinds, named) else set()
    for loop in (node for node in nodes(source) if isinstance(node, ast.For | ast.comprehension)):
        if _holds_thread(loop.iter, kinds, named):
            named |= {each.id for each in ast.walk(loop.target) if isinstance(each, ast.Name)}
    return named - {""}


def _holds_thread(value: ast.expr, kinds: set[str], named: set[str]) -> bool:
    """Whether it is a thread or a collection of them; what another call makes of a thread is none."""
    waiting: list[ast.AST] = [value]
    while waiting:
        node = waiting.pop()
        if _is_call_of(node, kinds) or (isinstance(node, ast.Name | ast.Attribute) and last_name(node) in named):
            return True
        if not isinstance(node, ast.Call | ast.Lambda) or _is_call_of(node, _CONTAINERS):
            waiting += ast.iter_child_nodes(node)
    return False


_CONTAINERS = {"append", "list", "tuple", "dict", "set", "enumerate", "zip", "reversed", "sorted", "values", "items"}


def _joined_at_once(source: str) -> str | None:
    """`start()` and `join()` of the same thread, in one turn of a loop."""
    for loop in (node for node in nodes(source) if isinstance(node, ast.For | ast.While)):
        statements = [unparsed(each.value) for each in loop.body if isinstance(each, ast.Expr)]
        name = next((each.removesuffix(".start()") for each in statements if each.endswith(".start()")), None)
        if name is not None and f"{name}.join()" in statements:
            return f"`{name}.join()` waits for this one before the next is started: {_START_ALL}"
    return None


def no_tuple(source: str) -> str | None:
    """A hint for `args=(job)`, in the names of this source."""
    text = source.encode(errors="replace")
    lines = re.split(b"\r\n|\r|\n", text)  # as the parser counts lines and columns
    given = (each for call in calls(source, *_KEYWORDS) for each in call.keywords if each.arg in ("args", "initargs"))
    lone = next((each for each in given if isinstance(each.value, _ONE) and _in_parentheses(each, lines)), None)
    if lone is None:
        return None
    one = unparsed(lone.value)
    return f"`{lone.arg}=({one})` is no tuple, only `{one}` in parentheses: a comma makes the tuple, `({one},)`."


_ONE = ast.Name | ast.Attribute | ast.Subscript | ast.Constant | ast.JoinedStr
"""What looks like a single value; a call or a sum may give a tuple."""
_OPENED = re.compile(rb"\w+\s*=\s*\(")


def _in_parentheses(keyword: ast.keyword, lines: list[bytes]) -> bool:
    """Whether the parentheses are around the whole value, and not a part of it."""
    opened = _OPENED.match(lines[keyword.lineno - 1], keyword.col_offset)
    return opened is not None and (keyword.value.lineno, keyword.value.col_offset) >= (keyword.lineno, opened.end())


_START_ALL = "start all of them in one loop, and join them in a second one."
_RUN = "`run()` calls the function in the thread that you are in. `start()` lets the new thread call it."


def called(source: str) -> str | None:
    """A hint with the corrected call, in the names of this source; None if no function is called too early."""
    return _called(source, {*_THREADS, *_KEYWORDS})


def called_for_the_loop(source: str) -> str | None:
    """The same for functions that the event loop is to call."""
    return _called(source, set(_LOOPS))


def _called(source: str, tools: set[str]) -> str | None:
    makers = {*_MAKERS, *_function_makers(source), *_callable_classes(source)}
    makers |= {each.name for each in functions(source) if isinstance(each, ast.AsyncFunctionDef)}  # nothing is run yet
    return next((said for call in calls(source, *tools) if (said := _correction(call, makers))), None)


def _callable_classes(source: str) -> set[str]:
    """Classes whose objects can be called."""
    found: set[str] = set()
    for kind in classes(source):
        if "__call__" in methods(kind) or any(last_name(base) in found for base in kind.bases):
            found.add(kind.name)
    return found


def _function_makers(source: str) -> set[str]:
    """The names of functions that may return a function."""
    defined = {function.name for function in functions(source)}
    return {
        node.name for node in nodes(source) if isinstance(node, ast.FunctionDef) and _returns_function(node, defined)
    }


def _returns_function(function: ast.FunctionDef, defined: set[str]) -> bool:
    """Whether it defines a function inside, which it may return; or returns another one, a method, or a `partial`."""
    for node in ast.walk(function):
        if node is not function and isinstance(node, ast.FunctionDef | ast.Lambda):
            return True
        if isinstance(node, ast.Return) and node.value is not None and _is_function(node.value, defined):
            return True
    return False


def _is_function(value: ast.expr, defined: set[str]) -> bool:
    made = isinstance(value, ast.Call) and last_name(value.func) in _MAKERS
    return made or (isinstance(value, ast.Name | ast.Attribute) and last_name(value) in defined)


def _correction(call: ast.Call, makers: set[str]) -> str | None:
    tool = last_name(call.func)
    place = _PLACES.get(tool)
    if place is not None and len(call.args) > place:
        given = call.args[place]
        before = [unparsed(each) for each in call.args[:place]]
    elif tool in _KEYWORDS:
        given = next((each.value for each in call.keywords if each.arg == _KEYWORDS[tool]), call)
        before = []
    else:
        return None
    if given is call or not isinstance(given, ast.Call) or _gives_function(given, makers):
        return None
    function, wrong, right = unparsed(given.func), _as_code(tool, before, unparsed(given)), _right(tool, before, given)
    at_once, who = ("at once", "the event loop") if tool in _LOOPS else (_HERE, "another thread")
    return f"`{wrong}` calls `{function}` {at_once}. Hand over the function itself, for {who} to call: `{right}`."


def _gives_function(given: ast.Call, makers: set[str]) -> bool:
    """Whether it may be a function that the call gives: it is made there, or was put into a queue before."""
    taken = last_name(given.func) == "get" and not given.args
    return taken or not makers.isdisjoint((last_name(given.func), owner(given)))


def _right(tool: str, before: list[str], given: ast.Call) -> str:
    """The call of the tool that hands over what `given` calls."""
    function, arguments = unparsed(given.func), [unparsed(each) for each in (*given.args, *given.keywords)]
    if tool == "add_done_callback":  # which hands the future to the function, and nothing else
        return _as_code(tool, before, f"lambda _: {unparsed(given)}")
    if given.keywords and tool not in _TAKE_KEYWORDS:
        return _as_code(tool, before, f"functools.partial({', '.join([function, *arguments])})")
    return _as_code(tool, before, function, arguments)


_TAKE_KEYWORDS = ("submit", "to_thread")
"""Tools that hand on keyword arguments as they get them."""
_HERE = "at once, in the thread that you are in"


def _as_code(tool: str, before: list[str], function: str, arguments: list[str] | None = None) -> str:
    if tool in _PLACES:
        return f"{tool}({', '.join([*before, function, *(arguments or [])])})"
    name = _KEYWORDS[tool]
    if not arguments:
        return f"{tool}({name}={function})"
    keyword = "initargs" if name == "initializer" else "args"
    comma = "," if len(arguments) == 1 else ""
    return f"{tool}({name}={function}, {keyword}=({', '.join(arguments)}{comma}))"
