"""Start checks that mostly wait in threads before pytest comes to them, so that many go on at the same time.

pytest's protocol is unchanged: set up, call, tear down, report, one check after the other. But to call a check that was
started means to wait for its thread. So the order, `-x` and all other options keep their meaning.
"""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest

from checker import catalog
from checker.judge.claim import DEBUGGED
from checker.model.answer import Verdict
from checker.model.evidence import Run
from checker.process.company import LOOK_EVERY_S, Company
from checker.session.check import FIXTURES, Check, Means
from checker.session.turn import Notes, Turn

if TYPE_CHECKING:
    from checker.checks.race.beside import Beside
    from checker.process.engine import Engine
    from checker.process.invocation import Invocation, Source
    from checker.process.watched import Watching
    from checker.world.world import World

CHECK = pytest.StashKey[Check]()
PLUGIN = "checker.session.plugin"
MARKS = {"points", "timed"}
"""Any other mark may mean that a check is skipped, expected to fail, or called in another way."""
WITHOUT_EFFECT = {"request", "event_loop_policy"}
"""Fixtures that pytest and pytest-asyncio give to every check. They do nothing for a check that is no coroutine."""
TRIES = 3
"""A check that a busy machine leaves open is called alone up to this many times before it is inconclusive."""
SWITCH_S = 0.001
"""The longest time that a check's own code, or an import, may keep the GIL from the worlds' thread. A request beside a
thread that computes took 8.2 ms with CPython's default of 5 ms, and 3.4 ms with this; 0.2 ms without such a thread."""
END_S = 5.0
"""The longest time for all unwanted checks together to notice that their attempts were ended: all are ended at once,
and each is gone within lifeline.CLOSE_S, 3 s."""


@dataclass
class _Begun:
    """A check that runs in a thread."""

    future: Future[None]
    notes: Notes


class Ahead:
    """The checks of one pytest session: which start early, and which run beside others."""

    def __init__(self, session: Means) -> None:
        self._session = session
        self._turn = Turn()
        self._company: Company | None = None
        self._begun: dict[pytest.Item, _Begun] = {}

    # --- for pytest ---

    @contextmanager
    def begun(self, items: Sequence[pytest.Item], width: int | None) -> Iterator[None]:
        """Start the checks that may start early. On exit, all of them have ended.

        `width`: how many run at a time; None for as many as suit the cores. With 1, none starts early.
        """
        early = [item for item in items if width != 1 and isinstance(item, pytest.Function) and may_be_early(item)]
        if not early:
            yield
            return
        if width is not None:  # nobody watches: start the longest first, so that the end does not wait for one of them
            early.sort(key=lambda item: not _is_timed(item))
        self._company = Company(width, at_most=self._session.engine.room)
        interval_s = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        with self._turn.taken():
            try:
                for item in early:
                    self._begin(item, self._company)
                yield
            finally:
                sys.setswitchinterval(interval_s)
                self._end(self._company)

    def call(self, item: pytest.Function, check: Check) -> None:
        """Call a check; if it is left open, call it again, alone. (A race that ran alone has had all its rounds.)"""
        is_timed = _is_timed(item)
        is_alone = self._company is None or goes_alone(item, check)
        for _ in range(TRIES - 1 if is_alone else TRIES):
            try:
                return self._try(item, is_alone)
            except Exception as error:
                if not _may_be_open(error, is_alone, is_timed):
                    raise
            check.renew()
            item.funcargs |= check.given(tuple(item.funcargs))
            is_alone = True
        return self._try(item, is_alone)

    def _try(self, item: pytest.Function, alone: bool) -> None:
        begun = self._begun.pop(item, None)
        if begun is not None:
            self._finish(begun)
            return
        with self._alone(self._company) if self._company is not None and alone else nullcontext():
            item.obj(**{name: item.funcargs[name] for name in item._fixtureinfo.argnames})  # as pytest's own hook does

    def _finish(self, begun: _Begun) -> None:
        """Wait for a check in its thread, and raise what it raised."""
        with self._turn.left():
            while not wait([begun.future], LOOK_EVERY_S).done:
                pass
        error = begun.future.exception()
        if not (isinstance(error, Exception) and _may_be_open(error, alone=False, timed=False)):
            begun.notes.tell()  # otherwise it is called again, and its output comes again
        begun.future.result()

    @contextmanager
    def _alone(self, company: Company) -> Iterator[None]:
        """Run alone; others may run while this waits for them to end."""
        with ExitStack() as stack:
            with self._turn.left():
                stack.enter_context(company.alone())
            yield

    def _begin(self, item: pytest.Function, company: Company) -> None:
        try:
            check = item.stash[CHECK] = Check(self._session, self, item.path)
        except catalog.CatalogError:
            return  # its fixtures will raise it again
        if goes_alone(item, check):
            return
        notes = Notes()

        def task() -> None:
            with self._turn.taken(notes):
                started_s = time.perf_counter()
                try:
                    item.obj(**check.given(item._fixtureinfo.argnames))
                finally:
                    check.seconds = time.perf_counter() - started_s

        self._begun[item] = _Begun(company.begin(task), notes)

    def _end(self, company: Company) -> None:
        company.end()
        unwanted, self._begun = self._begun, {}
        if any(not begun.future.done() for begun in unwanted.values()):
            self._session.engine.end_calls()
            with self._turn.left():
                company.join(END_S)
        for item in unwanted:
            item.stash[CHECK].close()
        self._company = None

    # --- for checks ---

    def engine(self) -> Engine:
        """The session's engine; while a check waits for a call, other checks run."""
        engine = self._session.engine
        return cast("Engine", _InTurn(engine, self._turn)) if self._company is not None else engine

    def world(self, made: World) -> World:
        """The world that a check gets for `made`."""
        from checker.checks.race.beside import Scenery

        return cast("World", Scenery(made)) if self._company is not None else made

    def beside(self, world: World) -> Beside | None:
        """How to start a run of a race beside another one; None if that is not possible."""
        from checker.checks.race.beside import Beside, Scenery

        return Beside(self._session.engine, world, self._turn.left) if isinstance(world, Scenery) else None


class _InTurn:
    """An engine that lets other checks run while its caller waits."""

    def __init__(self, engine: Engine, turn: Turn) -> None:
        self._engine = engine
        self._turn = turn

    def run(self, source: Source, invocation: Invocation, world: World, watching: Watching) -> Run:
        with self._turn.left():
            return self._engine.run(source, invocation, world, watching)


def goes_alone(item: pytest.Item, check: Check) -> bool:
    """Whether the check is a race for cores."""
    return check.exercise.races_for_cores and _is_timed(item)


def _is_timed(item: pytest.Item) -> bool:
    return item.get_closest_marker("timed") is not None


def may_be_early(item: pytest.Function) -> bool:
    """Whether the check uses only our own fixtures, and no mark decides whether or how it is called."""
    names, known = set(item.fixturenames) - WITHOUT_EFFECT, item._fixtureinfo.name2fixturedefs
    return (
        bool(names)
        and names <= set(FIXTURES)
        and all(known[name][-1].func.__module__ == PLUGIN for name in names)
        and {mark.name for mark in item.iter_markers()} <= MARKS
        and not inspect.iscoroutinefunction(item.obj)
    )


def _may_be_open(error: Exception, alone: bool, timed: bool) -> bool:
    """Whether another call, alone, may decide more. (An error of ours in company may be due to a lack of cores.)"""
    from checker.checks import CheckFailed

    if not isinstance(error, CheckFailed):
        return not alone
    is_open = error.answer.verdict is Verdict.INCONCLUSIVE and error.answer.why != DEBUGGED
    return is_open and not (alone and timed)
