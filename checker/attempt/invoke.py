"""Import the attempt, find the function, call it: `def` directly, `async def` on an event loop."""

from __future__ import annotations

import asyncio
import concurrent.futures
import importlib
import importlib.util
import inspect
import multiprocessing
import multiprocessing.process
import multiprocessing.resource_tracker as resource_tracker
import sys
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from checker.attempt import encoding, named, wire
from checker.attempt.handle import Handle
from checker.attempt.operations import Heartbeat, Operations
from checker.attempt.stacks import Stacks

HOLD_AND_SAY_WHO = "__import__('time').sleep(0.02) or __import__('os').getpid()"
"""A warm-up task that needs only the standard library. It keeps its worker busy, so another worker gets the next."""
_all_tasks, _current_task = asyncio.all_tasks, asyncio.current_task  # kept: an attempt may patch them


class Unusable(Exception):
    """The attempt cannot be called. `reason`: see Unusable in `model/outcome.py`."""

    def __init__(self, reason: str, error: BaseException) -> None:
        super().__init__(reason)
        self.reason = reason
        self.error = error


class ProcessAtImport(RuntimeError):
    """The attempt starts processes while it is being imported."""


@dataclass(frozen=True)
class Prepared:
    """A function that is ready to be called as soon as its arguments come."""

    function: Callable[..., Any]
    asynchronous: bool
    pools: list[concurrent.futures.ProcessPoolExecutor]
    """Warm process pools that arguments refer to. We shut them down."""

    def given(self, request: dict[str, Any], operations: Operations) -> partial[Any]:
        """The function with the arguments from a message."""

        def revive(tag: str, body: Any) -> Any:
            if tag == "namespace":
                return Handle(**wire.unpack(body["fields"], revive))
            if tag == "pool":
                return self.pools[body["number"]]
            return operations.revive(self.asynchronous, tag, body)

        args, keywords = (wire.unpack(request[which], revive) for which in ("args", "named"))
        return partial(self.function, *args, **keywords)

    def close(self) -> None:
        """Shut down the pools, after the call."""
        for pool in self.pools:
            pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True)
class Done:
    """The function returned."""

    value: Any


@dataclass(frozen=True)
class Failed:
    """The function raised."""

    error: BaseException


Ending = Done | Failed


def prepare(request: dict[str, Any], file: str, name: str) -> Prepared:
    """Do everything that comes before the clock starts. Raises Unusable.

    `file`: the attempt, or its compiled module; `name`: its author's path of it.
    """
    if request["start_method"]:
        multiprocessing.set_start_method(request["start_method"])
    # Before the attempt, which could otherwise replace the scenario, or what it imports.
    driver = _import_scenario(request["scenario"]) if request["scenario"] else None
    module = _import_attempt(file, name)
    function = _find(module, driver, request["function"])
    pools = [_warm_pool(each["workers"], each["shared_memory"], module.__name__) for each in request["pools"]]
    return Prepared(function, inspect.iscoroutinefunction(function.func), pools)


def _import_attempt(file: str, name: str) -> ModuleType:
    """Import the file as the module of its plain name, so that the attempt's own process pools can import it too."""
    path = Path(file)
    if not path.is_file():
        raise Unusable("missing file", FileNotFoundError(path.name))
    sys.path.append(str(path.parent))  # at the end: a learner's file must not hide a library
    try:
        with _no_new_processes():
            if path.suffix != ".py":
                return importlib.import_module(path.stem)
            encoding.check(path)
            return named.load(path, name)
    except ProcessAtImport as error:
        raise Unusable("starts processes", error) from error
    except SyntaxError as error:
        raise Unusable("syntax", error) from error
    except BaseException as error:
        raise Unusable("import", error) from error


@contextmanager
def _no_new_processes() -> Iterator[None]:
    """Refuse to start processes during import. With *spawn* and *forkserver* each of them would import the file again,
    and start more. (CPython's own guard covers only part of this.)"""

    def refuse(_: Any) -> None:
        raise ProcessAtImport("a process was started while the file was being imported")

    original = multiprocessing.process.BaseProcess.start
    multiprocessing.process.BaseProcess.start = refuse  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        multiprocessing.process.BaseProcess.start = original  # type: ignore[method-assign]


def _import_scenario(file: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scenario", file)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)  # pickle and inspect look it up there
    spec.loader.exec_module(module)
    return module


def _find(module: ModuleType, driver: ModuleType | None, name: str) -> partial[Any]:
    """The attempt's function, or the driver's with the attempt as its first argument."""
    if driver is not None:
        return partial(getattr(driver, name), module)
    function = getattr(module, name, None)
    if not callable(function):
        raise Unusable("missing function", NameError(name))
    return partial(function)


def _warm_pool(workers: int, shared_memory: bool, module: str) -> concurrent.futures.ProcessPoolExecutor:
    """A process pool whose workers have all started and imported the attempt's `module`, as after a fork.

    `shared_memory`: the workers share this process's resource tracker.
    """
    if shared_memory:
        resource_tracker.ensure_running()
    pool = concurrent.futures.ProcessPoolExecutor(workers, initializer=importlib.import_module, initargs=(module,))
    there: set[int] = set()
    with suppress(BrokenProcessPool):  # a worker cannot import the module: the pool tells that to its user
        while len(there) < workers:  # the first worker may do all tasks of a round while the second starts
            there.update(pool.map(eval, [HOLD_AND_SAY_WHO] * workers))
    return pool


def make(
    function: Callable[[], Any], answer: Callable[[Ending], None], heartbeat: Heartbeat | None, stacks: Stacks,
    complained: Any,
) -> list[Any]:  # fmt: skip
    """Call the function, pass the outcome to `answer` at once, and return the stacks of unfinished tasks.

    `complained`: the exception handler of the event loop.
    """
    if heartbeat is None:
        answer(_outcome(function))
        return []
    told: list[Ending] = []

    def tell(outcome: Ending) -> None:
        told.append(outcome)
        answer(outcome)

    try:
        # Not asyncio.run, which would wait, perhaps for ever, for tasks that ignore their cancellation.
        return asyncio.Runner().run(_on_loop(function, tell, heartbeat, stacks, complained))
    except BaseException as error:
        if told:
            raise
        answer(Failed(error))  # it stopped the loop, or another task called sys.exit()
        return []


def _outcome(function: Callable[[], Any]) -> Ending:
    try:
        return Done(function())
    except BaseException as error:
        return Failed(error)


async def _on_loop(
    function: Callable[[], Any], answer: Callable[[Ending], None], heartbeat: Heartbeat, stacks: Stacks, complained: Any
) -> list[Any]:
    loop, own = asyncio.get_running_loop(), _current_task()
    stacks.loop = loop
    loop.set_exception_handler(complained)
    heartbeat.beat(loop)
    try:
        outcome: Ending = Done(await function())
    except BaseException as error:
        outcome = Failed(error)
    if getattr(own, "_must_cancel", False):  # it has cancelled all tasks, and itself with them
        try:
            await asyncio.sleep(0)  # the cancellation comes here, and would otherwise replace what we return
        except asyncio.CancelledError as error:
            outcome = Failed(error) if isinstance(outcome, Done) else outcome
    answer(outcome)
    heartbeat.stop()
    left = _all_tasks() - {own}
    _release_idle_threads(loop)
    return stacks.tasks(left)


def _release_idle_threads(loop: Any) -> None:
    """Let the idle threads of `asyncio.to_thread` end, as asyncio.run would. They outlive the call by design."""
    executor = getattr(loop, "_default_executor", None)
    if executor is not None:
        executor.shutdown(wait=False)
