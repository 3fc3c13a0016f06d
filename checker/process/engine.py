"""Runs one call of one attempt in its own process and its world, and collects the evidence."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from checker.model.evidence import ANSWERS, MOST_READ, Beat, Left, Run, Span
from checker.model.interpreter import Interpreter
from checker.model.outcome import Stack, Unusable
from checker.observe import descriptors, left, linux, segments, transfer
from checker.observe.pulse import Pulse
from checker.process import declared, interpreters
from checker.process.attempt_process import AttemptProcess
from checker.process.build import MODULE, Builder
from checker.process.fork_server import ForkServer
from checker.process.invocation import Handed, Invocation, Source
from checker.process.isolation import Isolation, Level, begin, best
from checker.process.messages import After
from checker.process.standstill import Standstill
from checker.process.surroundings import Copy
from checker.process.watched import Watched, Watching, watched
from checker.world.heart import Heart
from checker.world.loop import LoopThread
from checker.world.service import Service
from checker.world.world import World


class Engine:
    """Owns the fork server and the thread of the worlds; one per grader."""

    def __init__(
        self,
        terminal: bool = False,
        isolation: Isolation | None = None,
        interpreter: Interpreter | None = None,
        further: Sequence[Path] = (),
    ) -> None:
        """`terminal`: attempts share the grader's. `isolation`: by default the best that this machine has.

        `interpreter`: runs the attempts, sync and references; by default the grader's own. `further`: folders with
        exercises beside our own, which no attempt may read.
        """
        self.terminal = terminal
        self.measures_lines = False
        """Whether attempts record which of their lines run."""
        self.interpreter = interpreter or interpreters.own()
        self._further = further
        descriptors.raise_limit()
        self._fork_server = ForkServer(self.interpreter, further)
        self._fork_server.warm_up()  # it imports while this process tests the isolation and does other work
        if isolation is None:
            begin()
        self._isolation = isolation
        self._building = threading.Lock()
        self._thread = LoopThread()
        self._standstill = Standstill(self._thread)
        self._service = Service()
        self._thread.run(self._service.start())

    @cached_property
    def isolation(self) -> Isolation:
        """How attempts are isolated. Waits until that is known."""
        return self._isolation or best()

    @cached_property
    def _builder(self) -> Builder:
        return Builder(self.isolation, self.interpreter, self._further)

    @property
    def port(self) -> int:
        """Where the worlds of this engine listen, on the loopback address."""
        return self._service.port

    @property
    def room(self) -> int:
        """How many calls it can run at the same time."""
        return descriptors.calls()

    def preload(self, names: list[str]) -> None:
        """Load modules that attempts import once, in the fork server."""
        self._fork_server.preload = list(dict.fromkeys([*self._fork_server.preload, *names]))

    def end_calls(self) -> None:
        """End all calls now. No further one can be made."""
        self._fork_server.close()

    def close(self) -> None:
        self._fork_server.close()
        self._thread.run(self._service.stop())
        self._thread.close()

    def world(self) -> World:
        """A new world; close it when its check is over."""
        return World(self._thread, self._service)

    def run(self, source: Source, invocation: Invocation, world: World, watching: Watching) -> Run:
        """Make one call in a new process, and take the process down again."""
        copy = self._copy(source)
        if isinstance(copy, Unusable):
            run = Run(function=invocation.name, outcome=copy, started_s=time.perf_counter(), wall_s=0.0)
        else:
            run = self._run(copy, invocation, world, watching)
        text = (source.text or b"").decode("utf-8-sig", "replace")  # Python, too, skips the mark of some editors
        return msgspec.structs.replace(run, source=text if len(text) <= MOST_READ else "", file=source.file)

    def _copy(self, source: Source) -> Copy | Unusable:
        """What the process will import; the compiler's error, if there is one."""
        if not source.compiled or source.text is None:
            return Copy(source.file, source.text, source.path)
        with self._building:  # if several checks begin at once, one of them compiles for all
            built = self._builder.module(source.text)
        return built if isinstance(built, Unusable) else Copy(MODULE, built)

    def _run(self, copy: Copy, invocation: Invocation, world: World, watching: Watching) -> Run:
        beat = secrets.token_hex(8)
        begun_s = time.perf_counter()
        waited_s = self._waited_s()
        with (
            AttemptProcess(
                self._fork_server, copy, self.terminal, self._sandbox(invocation, world), watching.limits
            ) as process,
            world.also_on(process.listeners),
        ):
            with self._hearing(beat, process) as heart:
                handed = Handed(invocation)
                message = self._message(invocation, watching, beat, handed)
                call = watched(process, message, handed, watching, self._waited_s)
                self._thread.catch_up()  # so that even a short-lived event loop is noticed
            # The timers miss how long the world's thread was held up before it took a request.
            late_s = max(world.ledger.late_s(begun_s), self._waited_s() - waited_s)
            spans, connections = world.ledger.spans(begun_s), world.ledger.connections(begun_s)
            remains = _left(process, call) if call.after else Left()
            crossed = transfer.since(call.before.transfer, process.keeper)  # after the workers have ended
        during = [span for span in spans if span.start_s >= call.started_s]
        after = call.after or After(notices=process.samples.notices)
        return Run(
            function=invocation.name, outcome=declared.kept(invocation, call.outcome), started_s=call.started_s,
            wall_s=call.ended_s - call.started_s, cpu=call.cpu, import_cpu_s=call.import_cpu_s,
            memory_bytes=call.memory_bytes, transferred_bytes=crossed.most_bytes, transfer_hidden=crossed.hidden,
            gil=process.gil, gil_came_on=process.gil_came_on, starts=after.starts,
            gil_wait_s=after.gil_wait_s, sleeps=after.sleeps, notices=after.notices,
            spans=tuple(during), early_operations=len(spans) - len(during),
            connections=tuple(connections),
            left=msgspec.structs.replace(
                remains, operations=_in_flight(during, call),
                connections=sum(each.closed_s is None for each in connections),
            ),
            lines=after.lines, lock_steps=after.locks, lock_times=after.lock_times,
            samples=tuple(process.samples.stacks),
            late_s=late_s, outside_s=call.outside.busy_s, stolen_s=call.outside.stolen_s,
            beats=_beats(heart, call.started_s),
            output=_named(process.output.text, process.folder, copy), debugged=process.debugged,
        )  # fmt: skip

    def _waited_s(self) -> float:
        """How long the thread of the worlds was held up so far: it waited for a core, or this process stood still."""
        return linux.waited_s(self._thread.native_id) + self._standstill.so_far_s()

    @contextmanager
    def _hearing(self, beat: str, process: AttemptProcess) -> Iterator[Heart]:
        """Ping the event loop in the process, which connects with this key."""
        pulse = Pulse(process.pid)
        heart = Heart(process.ask_for_stacks, pulse)
        self._service.listen(beat, heart)
        try:
            yield heart
        finally:
            self._service.forget(beat)
            heart.on_late = lambda: None  # before the world notices the end, the process's id may be used again
            self._thread.loop.call_soon_threadsafe(pulse.close)

    def _sandbox(self, invocation: Invocation, world: World) -> dict[str, Any] | None:
        """What this call may read, and where it may connect to, beyond what any attempt may."""
        level = self.isolation.level
        if level is Level.PROCESS:
            return None
        driver = [str(invocation.scenario)] if invocation.scenario else []
        return {"read": [*world.folders, *driver], "ports": world.ports, "apart": level is Level.NAMESPACES}

    def _message(self, invocation: Invocation, watching: Watching, beat: str, handed: Handed) -> dict[str, Any]:
        return {
            "function": invocation.function,
            "pools": handed.pools,
            "scenario": str(invocation.scenario) if invocation.scenario else None,
            "start_method": invocation.start_method,
            "port": self.port,
            "beat": beat,
            "gil": watching.gil,
            "lines": self.measures_lines,
        }


def _named(output: str, folder: Path, copy: Copy) -> str:
    """An attempt's output, with its author's path in place of the copy's, and without the name of the copy's folder.

    Spawned processes import the copy under the copy's name.
    """
    return output.replace(str(folder / copy.file), copy.original or copy.file).replace(f"{folder}{os.sep}", "")


def _beats(heart: Heart, started_s: float) -> tuple[Beat, ...]:
    """All beats, with one at the start of the call: a loop may be blocked from its first step on."""
    return (Beat(asked_s=started_s, came_s=started_s), *list(heart.beats)) if heart.connected else ()


def _left(process: AttemptProcess, call: Watched) -> Left:
    """What the call left in its process, and in others."""
    after = call.after or After()
    there = left.remains(process.pid, process.keeper, call.before.threads, len(after.threads))
    return Left(
        threads=_threads(call, there.threads), tasks=after.tasks, processes=there.processes,
        segments=segments.left(process.pid, call.before.segments, after.segments),
    )  # fmt: skip


def _threads(call: Watched, there: int) -> tuple[Stack, ...]:
    """The reported threads, unless some of them have ended since; a stack without a line for each other thread."""
    told = call.after.threads if call.after else ()
    if not call.before.threads:
        return told  # this system does not list threads, or the main one would be here
    known = told if there >= len(told) else ()
    return (*known, *(Stack(who="thread", frames=()),) * (there - len(known)))


def _in_flight(spans: list[Span], call: Watched) -> int:
    """How many of these operations went on after the call had returned."""
    # One whose caller hung up is none of them: that may be noticed late.
    return sum(span.end_s is None or (span.outcome in ANSWERS and span.end_s > call.ended_s) for span in spans)
