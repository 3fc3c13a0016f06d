"""Names of the standard library: in which module each of them is. Pure."""

from __future__ import annotations

import ast
import re

from checker.judge.diagnosis.source import nodes

_FUTURES, _THREADS, _LOOP, _PROCESSES = "concurrent.futures", "threading", "asyncio", "multiprocessing"
_HOMES: dict[str, tuple[str, ...]] = {
    "ThreadPoolExecutor": (_FUTURES,), "ProcessPoolExecutor": (_FUTURES,), "Executor": (_FUTURES,),
    "as_completed": (_FUTURES, _LOOP), "FIRST_COMPLETED": (_FUTURES, _LOOP), "FIRST_EXCEPTION": (_FUTURES, _LOOP),
    "Thread": (_THREADS,), "RLock": (_THREADS,), "Timer": (_THREADS,), "current_thread": (_THREADS,),
    "Lock": (_THREADS, _LOOP), "Event": (_THREADS, _LOOP), "Condition": (_THREADS, _LOOP),
    "Semaphore": (_THREADS, _LOOP), "BoundedSemaphore": (_THREADS, _LOOP), "Barrier": (_THREADS, _LOOP),
    "Queue": ("queue", _LOOP), "PriorityQueue": ("queue", _LOOP), "LifoQueue": ("queue", _LOOP),
    "SimpleQueue": ("queue",), "Empty": ("queue",), "Full": ("queue",), "QueueEmpty": (_LOOP,), "QueueFull": (_LOOP,),
    "TaskGroup": (_LOOP,), "create_task": (_LOOP,), "gather": (_LOOP,), "to_thread": (_LOOP,), "wait_for": (_LOOP,),
    "Process": (_PROCESSES,), "Pool": (_PROCESSES,), "SharedMemory": (f"{_PROCESSES}.shared_memory",),
    "ContextVar": ("contextvars",), "copy_context": ("contextvars",), "deque": ("collections",),
    "defaultdict": ("collections",), "OrderedDict": ("collections",), "Counter": ("collections",),
    "partial": ("functools",), "lru_cache": ("functools",), "wraps": ("functools",), "islice": ("itertools",),
    "closing": ("contextlib",), "aclosing": ("contextlib",), "suppress": ("contextlib",),
    "contextmanager": ("contextlib",), "asynccontextmanager": ("contextlib",), "urlopen": ("urllib.request",),
    "sleep": ("time", _LOOP), "perf_counter": ("time",), "monotonic": ("time",),
}  # fmt: skip
"""Name -> the modules that have it; where a library has several of one name, first the one for threads."""


def not_imported(source: str, name: str) -> str | None:
    """A hint for a name that the source uses and nowhere makes; None if it is not one of these."""
    homes = _HOMES.get(name, ())
    modules = {alias.name: alias.asname or alias.name for alias in _modules(source)}
    known_as = next((modules[home] for home in homes if home in modules), None)
    if known_as is not None:
        return _IN_THE_MODULE.format(module=known_as, name=name)
    used = {node.module for node in nodes(source) if isinstance(node, ast.ImportFrom)}
    lines = [f"`from {home} import {name}`" for home in [each for each in homes if each in used] or homes]
    return f"An import is missing at the top of the file: {', or '.join(lines)}." if lines else None


def _modules(source: str) -> list[ast.alias]:
    return [alias for node in nodes(source) if isinstance(node, ast.Import) for alias in node.names]


_IN_THE_MODULE = "You have imported the module, and the name is in there: write `{module}.{name}`."


def misplaced(message: str) -> str | None:
    """A hint for a name that was asked of a module which has no such name, where another one has it."""
    found = _NOT_THERE.search(message)
    name, module = (found[1] or found[4], found[2] or found[3]) if found is not None else ("", "")
    homes = _HOMES.get(name, ())
    if not homes or module in homes:
        return None
    return f"`{name}` is in another module: {', or '.join(f'`from {home} import {name}`' for home in homes)}."


_NOT_THERE = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'|module '([\w.]+)' has no attribute '(\w+)'")
