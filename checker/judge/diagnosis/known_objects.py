"""Hints for objects that cannot do what is asked of them: of the attempt's own classes, and others. Pure."""

from __future__ import annotations

import ast
import re

from checker.judge.diagnosis import known_names
from checker.judge.diagnosis.known_asyncio import ASYNC_WITH
from checker.judge.diagnosis.known_reading import Seen
from checker.judge.diagnosis.source import calls, classes, functions, last_name, methods, targets


def not_entered(seen: Seen) -> str | None:
    """A hint for a `with` of something that has none."""
    found = _NO_WITH.search(seen.message)
    if found is None:
        return None
    kind, source = found[1], seen.run.source
    own = _own_class(source, kind)
    waits = kind in _ASYNCHRONOUS if own is None else "__aenter__" in methods(own)
    if waits or "'async with'" in seen.message:
        return ASYNC_WITH
    if own is not None:
        lock = _lock(own)
        return _NO_ENTER.format(kind=kind) if lock is None else _ITS_LOCK.format(kind=kind, name=lock)
    several = kind in ("list", "dict", "set") or (kind == "tuple" and not any(calls(source, "accept")))
    return _ONE_THING.format(kind=kind) if several else None


_NO_WITH = re.compile(r"'(?:\w+\.)*(\w+)' object does not support the context manager")
_ASYNCHRONOUS = {
    "Lock", "Semaphore", "BoundedSemaphore", "Condition", "TaskGroup", "Timeout", "ClientSession", "ClientResponse",
    "_RequestContextManager", "_SessionRequestContextManager", "_WSRequestContextManager",
    "_BaseRequestContextManager", "_AsyncGeneratorContextManager", "aclosing", "AsyncExitStack",
}  # fmt: skip
"""Classes of asyncio, aiohttp and contextlib. (The locks of `threading` have a `with`.)"""
_ONE_THING = (
    "`with` takes one thing, and here it gets a {kind}. Which of the things in it is meant? Several are named one by "
    "one, `with first, second:`."
)
_ITS_LOCK = (
    "An object of `{kind}` has no `with` of its own, and what it keeps as `{name}` has one: write `.{name}` behind it."
)
_NO_ENTER = (
    "An object of `{kind}` has no `with` of its own: that takes `__enter__` and `__exit__`. Was something meant that "
    "it keeps?"
)


def not_awaited(seen: Seen) -> str | None:
    """A hint for an `async with` of something that has none."""
    found = _NO_ASYNC_WITH.search(seen.message)
    if found is None:
        return None
    kind, own = found[1], _own_class(seen.run.source, found[1])
    if own is None and kind in _NOT_CALLED:
        return None
    if own is None and kind in ("coroutine", "async_generator"):
        return _WITHOUT_ACQUIRE if ".acquire(" in seen.text else _AWAIT_IT if kind == "coroutine" else _CLOSE_IT
    plain = kind in _PLAIN if own is None else "__enter__" in methods(own)
    return _PLAIN_WITH if plain or "'with'" in seen.message else _NO_AENTER.format(kind=kind)


_NO_ASYNC_WITH = re.compile(r"'(?:\w+\.)*(\w+)' object does not support the asynchronous context manager")
_PLAIN = {
    "lock", "RLock", "ThreadPoolExecutor", "ProcessPoolExecutor", "Pool", "ThreadPool", "SharedMemoryManager", "socket",
    "TextIOWrapper", "BufferedReader", "BufferedWriter", "FileIO", "Popen", "_GeneratorContextManager", "closing",
    "suppress", "ExitStack", "Condition", "Semaphore", "BoundedSemaphore",
    "HTTPResponse", "addinfourl", "mmap", "memoryview", "TemporaryDirectory", "_TemporaryFileWrapper", "ZipFile",
}  # fmt: skip
"""Classes that only have a `with`. Classes of asyncio with the same names never raise this error."""
_NOT_CALLED = ("type", "function", "method")
"""Somebody left out the parentheses behind a class or a function: the table has a hint for that."""
_WITHOUT_ACQUIRE = "`async with lock:` takes the lock by itself, and lets go of it at the end: leave out `.acquire()`."
_AWAIT_IT = (
    "This is a coroutine, which an `async def` gives when it is called. To enter what it will return, await it first: "
    "`async with await f():`."
)
_CLOSE_IT = (
    "This is an async generator. To have it closed at the end, `async with contextlib.aclosing(generator):`. If it was "
    "to be a block with a beginning and an end, `@contextlib.asynccontextmanager` is missing before its `async def`."
)
_PLAIN_WITH = "This is no object of asyncio or aiohttp: use it with a plain `with`."
_NO_AENTER = (
    "`async with` takes what has a beginning and an end that may wait, and an object of `{kind}` is nothing of that "
    "kind: make it without, `name = ...`, and give it to what uses it."
)


def _own_class(source: str, kind: str) -> ast.ClassDef | None:
    return next((each for each in classes(source) if each.name == kind), None)


def _lock(own: ast.ClassDef) -> str | None:
    """The name under which an object of this class keeps a lock."""
    fields = [node for node in own.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    inside = [node for node in ast.walk(own) if isinstance(node, ast.Assign | ast.AnnAssign)]
    kept = [*fields, *(node for node in inside if isinstance(targets(node)[0], ast.Attribute))]
    return next((last_name(targets(node)[0]) for node in kept if node.value and _makes_a_lock(node.value)), None)


def _makes_a_lock(value: ast.expr) -> bool:
    return any(isinstance(each, ast.expr) and last_name(each) in _LOCKS for each in ast.walk(value))


_LOCKS = {"Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore"}


def lacking(source: str, message: str, line: int | None) -> tuple[str, str] | None:
    """A class of the attempt, and an attribute that others asked an object of it for, and did not get."""
    found = _NO_ATTRIBUTE.search(message)
    if found is None or _own_class(source, found[1]) is None:
        return None
    itself = line is not None and re.search(rf"\.{found[2]}\b|getattr\(|attrgetter\(|methodcaller\(", source)
    return None if itself else (found[1], found[2])


_NO_ATTRIBUTE = re.compile(r"'(\w+)' object has no attribute '(\w+)'")


def not_written(seen: Seen) -> str | None:
    """A hint for a method that was left out, and that others call."""
    source = seen.run.source
    found = lacking(source, seen.message, seen.line)
    if found is None:
        return None
    kind, name = found
    if (local := known_names.hint(source, seen.message)) is not None:
        return local
    in_classes = {id(inner) for each in classes(source) for inner in each.body}
    others = (each for each in functions(source) if each.name == name)
    elsewhere = next((each for each in others if id(each) not in in_classes), None)
    if elsewhere is not None:
        return _ELSEWHERE.format(kind=kind, name=name, line=elsewhere.lineno)
    return _NOT_WRITTEN.format(kind=kind, name=name)


_NOT_WRITTEN = (
    "Whoever got a `{kind}` of yours asks it for `{name}`, which it does not have: what has a method in sync.py needs "
    "it in attempt.py, too."
)
_ELSEWHERE = (
    "Line {line} defines a `{name}`, but not as a method of `{kind}`. It belongs into the class, as far to the right "
    "as the methods beside it."
)


def no_self(seen: Seen) -> str | None:
    """A hint for a method whose first parameter is not the object."""
    found = _TOO_MANY.search(seen.message)
    kinds = [each for each in classes(seen.run.source) if found is not None and each.name == found[1]]
    inside = (node for kind in kinds for node in kind.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    method = next((node for node in inside if found is not None and node.name == found[2]), None)
    if method is None or method.decorator_list:
        return None
    names = [each.arg for each in (*method.args.posonlyargs, *method.args.args)]
    if names[:1] == ["self"] or method.args.vararg is not None:
        return None
    return _NO_SELF.format(name=method.name, names=", ".join(["self", *names]))


_TOO_MANY = re.compile(r"\b(\w+)\.(\w+)\(\) takes \d+ positional arguments? but \d+ (?:was|were) given")
_NO_SELF = "A method gets the object itself first, before all that it is called with: `def {name}({names}):`."
