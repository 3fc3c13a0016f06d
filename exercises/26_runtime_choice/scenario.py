"""Asks an attempt for executors: on this interpreter, and on others that this one pretends to be."""

import concurrent.futures
import importlib
import multiprocessing
import os
import sys
import sysconfig
import threading
from collections import namedtuple
from contextlib import ExitStack, contextmanager
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from itertools import pairwise
from unittest.mock import patch

Version = namedtuple("Version", "major minor micro releaselevel serial")
POOL_OF_INTERPRETERS, INTERPRETERS = "concurrent.futures.interpreter", "concurrent.interpreters"
MORE_S = 0.05
"""So long is waited for one more call than there are workers."""
ALL_S = 2.0
"""So long for as many as there are."""


class InterpreterPoolExecutor(concurrent.futures.ThreadPoolExecutor):
    """Stands for Python 3.14's, whichever Python this is."""

    def submit(self, function, /, *args, **named):
        return super().submit(_in_an_interpreter, function, *args, **named)


_here = threading.local()


def _in_an_interpreter(function, *args, **named):
    _here.is_interpreter = True
    return function(*args, **named)


def use(attempt, kind, workers, function, arguments) -> list[object]:
    """What the executor's map gives, for "count_primes", for a lambda, or for an operation of the world."""
    if function == "count_primes":
        function = attempt.count_primes
    elif function == "lambda":
        function = lambda lo, hi: hi - lo  # noqa: E731  (it must not have a name)
    attempt.make_executor(kind, workers, function).shutdown()  # which must not close the next one
    with attempt.make_executor(kind, workers, function) as executor:
        return list(executor.map(function, *zip(*arguments, strict=True)))


def count_primes(attempt, lo, hi, workers) -> object:
    """Count in as many parts as there are workers."""
    cuts = [lo + part * (hi - lo) // workers for part in range(workers + 1)]
    return sum(use(attempt, "cpu", workers, "count_primes", list(pairwise(cuts))))


def forks(attempt, workers, thread_first) -> tuple[object, int, int]:
    """Who computes where there is a GIL, how often this process was forked for it, beside another thread, and how many
    processes it has started for more pieces of work than there are workers.

    thread_first: that thread is there before anybody asks for an executor, and not only before there is work.
    """
    forked, over = [], threading.Event()
    beside = threading.Thread(target=over.wait)
    os.register_at_fork(before=lambda: forked.extend([1] * beside.is_alive()))
    if thread_first:
        beside.start()
    with _version(interpreters=False, free_threaded=False), _gil(True):
        _import_anew(attempt)
        attempt.make_executor("cpu", workers, attempt.count_primes).shutdown()  # the second one must be as good
        before = set(multiprocessing.active_children())
        executor = attempt.make_executor("cpu", workers, attempt.count_primes)
    if not thread_first:
        beside.start()
    with executor:
        futures = [executor.submit(attempt.count_primes, 0, 30) for _ in range(workers + 1)]
        started = len(set(multiprocessing.active_children()) - before)  # at once: a pool may end one, and start another
        assert [future.result() for future in futures] == [10] * (workers + 1)
        who = _who(executor)
    over.set()
    return who, len(forked), started


def _import_anew(attempt):
    """Without the names that it has: what it could import on this interpreter stays there, if the other has none."""
    for name in [name for name in vars(attempt) if not name.startswith("__")]:
        delattr(attempt, name)
    importlib.reload(attempt)


nameless = lambda lo, hi: hi - lo  # noqa: E731  (at the top level of a module, and yet without a name)


def choice(attempt, kind, function, gil_at_import, gil, interpreters, workers) -> tuple[object, int]:
    """Who does the work on an interpreter where the GIL is on, off (True, False), or where nobody can ask (None).

    interpreters: it has an InterpreterPoolExecutor. And how many calls go on at once, of one more than there are
    workers (all of these where processes do the work, of which `forks` tells). There is one core, as far as anybody
    can ask: how many workers there are, the caller says.
    """
    with _version(interpreters, free_threaded=gil_at_import is False), _gil(gil_at_import), _one_core():
        _import_anew(attempt)  # what it asks when it is imported, it asks this interpreter
        with _gil(gil):
            executor = attempt.make_executor(kind, workers, _function(attempt, function))
    with executor:
        who = _who(executor)
        return who, _at_once(executor, workers) if who in ("threads", "interpreters") else workers


def _at_once(executor, workers):
    """So many of one more calls than there are workers have begun before any ends."""
    begun, over = threading.Semaphore(0), threading.Event()

    def call():
        begun.release()
        over.wait()

    futures = [executor.submit(call) for _ in range(workers + 1)]
    at_once = sum(begun.acquire(timeout=ALL_S) for _ in range(workers))
    at_once += begun.acquire(timeout=MORE_S)
    over.set()
    for future in futures:
        future.result()
    return at_once


@contextmanager
def _one_core():
    """However somebody asks for their number."""
    with ExitStack() as stack:
        for name, answer in (("cpu_count", 1), ("process_cpu_count", 1), ("sched_getaffinity", {0})):
            if hasattr(os, name):
                stack.enter_context(patch.object(os, name, lambda *_process, answer=answer: answer))
        yield


def _function(attempt, name):
    def count_primes(lo, hi):
        """Not the function that has this name at the top level of its module."""
        return hi - lo

    count_primes.__module__ = attempt.__name__

    def job(lo, hi):
        return hi - lo

    functions = {"count_primes": attempt.count_primes, "lambda": nameless, "inner": count_primes}
    if name in functions:
        return functions[name]
    main = sys.modules["__main__"]
    job.__module__, job.__qualname__ = "__main__", "job"
    main.job = job
    return job


def _who(executor):
    """interpreters, threads, processes, or the caller: what its work tells, whatever it is itself."""
    if isinstance(executor, concurrent.futures.ProcessPoolExecutor):
        return "processes"  # one that starts afresh takes a while
    if executor.submit(os.getpid).result() != os.getpid():
        return "processes"
    if executor.submit(getattr, _here, "is_interpreter", False).result():
        return "interpreters"
    return "the caller" if executor.submit(threading.get_ident).result() == threading.get_ident() else "threads"


@contextmanager
def _version(interpreters, free_threaded):
    """Python 3.14, or one that has no pool of interpreters; built without the GIL or not."""
    newest = Version(3, 14 if interpreters else 13, 0, "final", 0)
    version = newest if interpreters or free_threaded else min(sys.version_info, newest)
    major, minor, micro = version[:3]
    build = "(free-threading build " if free_threaded else "("  # where `platform` of every version can read it
    text = f"{major}.{minor}.{micro} {build}{sys.version.partition('(')[2]}"
    flags = sys.abiflags.replace("t", "") + ("t" if free_threaded else "") if hasattr(sys, "abiflags") else ""
    built = sysconfig.get_config_vars() | {"Py_GIL_DISABLED": free_threaded}
    with (
        patch.object(sys, "version_info", version),
        patch.object(sys, "version", text),
        patch.object(sys, "hexversion", major << 24 | minor << 16 | micro << 8 | 0xF0),
        patch.object(sys, "abiflags", flags, create=True),
        patch.object(sysconfig, "get_config_var", built.get),
        patch.object(
            sysconfig, "get_config_vars", lambda *names: [built.get(name) for name in names] if names else built
        ),
        _pool_of_interpreters(interpreters),
    ):
        yield


@contextmanager
def _pool_of_interpreters(there):
    """However somebody looks for it: by its name, in a list of names, in a module of its own, or for what is below."""
    names = [name for name in concurrent.futures.__all__ if name != "InterpreterPoolExecutor"]
    own = {}
    if there:
        own["InterpreterPoolExecutor"] = InterpreterPoolExecutor
        names.append("InterpreterPoolExecutor")
    names = type(concurrent.futures.__all__)(names)
    before = vars(concurrent.futures).pop("InterpreterPoolExecutor", None)
    load = concurrent.futures.__getattr__  # 3.14 imports the pool when somebody asks for it
    concurrent.futures.__getattr__ = _older(load)
    if there:
        concurrent.futures.InterpreterPoolExecutor = InterpreterPoolExecutor
    try:
        with (
            patch.object(concurrent.futures, "__all__", names),
            _module(POOL_OF_INTERPRETERS, there, own),
            _module(INTERPRETERS, there, {}),
        ):
            yield
    finally:
        concurrent.futures.__getattr__ = load
        vars(concurrent.futures).pop("InterpreterPoolExecutor", None)
        if before is not None:
            concurrent.futures.InterpreterPoolExecutor = before


@contextmanager
def _module(name, there, contents):
    """A module that whoever imports it gets, with these contents; or an ImportError, where it is not there."""
    module = module_from_spec(ModuleSpec(name, None)) if there else None
    package, _, own_name = name.rpartition(".")
    within = vars(sys.modules[package])
    imported, known = sys.modules.get(name), within.pop(own_name, None)
    sys.modules[name] = module
    if module is not None:
        vars(module).update(contents)
        within[own_name] = module
    try:
        yield
    finally:
        del sys.modules[name]
        within.pop(own_name, None)
        if imported is not None:
            sys.modules[name] = imported
        if known is not None:
            within[own_name] = known


def _older(load):
    """Of a concurrent.futures that has not heard of interpreters."""

    def attribute(name):
        if name == "InterpreterPoolExecutor":
            raise AttributeError(f"module 'concurrent.futures' has no attribute {name!r}")
        return load(name)

    return attribute


_enabled = []


def _is_gil_enabled():
    """Stands for that of sys: one function, whose answer changes."""
    return _enabled[-1] if _enabled else True


@contextmanager
def _gil(enabled):
    """Whether the GIL is on at this moment; None: an old Python, which has no sys._is_gil_enabled."""
    before = getattr(sys, "_is_gil_enabled", None)
    if enabled is None:
        vars(sys).pop("_is_gil_enabled", None)
    else:
        sys._is_gil_enabled = _is_gil_enabled
    _enabled.append(enabled)
    try:
        yield
    finally:
        _enabled.pop()
        vars(sys).pop("_is_gil_enabled", None)
        if before is not None:
            sys._is_gil_enabled = before
