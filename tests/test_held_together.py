"""How much memory several processes hold: no part of it is free, and what they share counts once."""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable

import pytest

from checker.model.limits import MIB, Limits
from checker.model.outcome import Overrun, Returned
from checker.observe import memory
from checker.observe.memory import Holding, Together
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World

LIMIT = 100
tells = pytest.mark.skipif(not memory.tells_parts(os.getpid()), reason="this kernel does not tell who shares what")


def each(number: int, own: int = 0, shared: int = 0, tables: int = 0) -> list[Holding]:
    return [Holding(pid=pid, own=own, shared=shared, tables=tables) for pid in range(1, number + 1)]


def parts(share: int) -> tuple[list[int], Callable[[Holding], int]]:
    """Who was asked for, and a kernel that says this of each."""
    asked: list[int] = []

    def part(holding: Holding) -> int:
        asked.append(holding.pid)
        return share

    return asked, part


def test_few_are_added_up_and_nobody_is_asked() -> None:
    """As if they shared nothing: asking takes time, which those that are measured could need."""
    asked, part = parts(0)
    assert Together(LIMIT, part).bytes(each(5, own=10, shared=5, tables=5)) == 100
    assert asked == []


def test_what_seems_too_much_is_asked_for() -> None:
    """Forks of a large process share it; six with memory of their own do not."""
    assert Together(LIMIT, parts(15)[1]).bytes(each(6, own=90)) == 90
    assert Together(LIMIT, parts(45)[1]).bytes(each(6, shared=45)) == 270


def test_it_is_asked_again_when_more_is_held_or_after_a_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that stops being shared is no other page: that is seen after the rest."""
    monkeypatch.setattr(memory, "REST", 1e9)
    asked, part = parts(15)
    together = Together(LIMIT, part)
    assert [together.bytes(each(6, own=90)), together.bytes(each(6, own=90))] == [90, 90]
    assert together.bytes(each(6, own=91)) == 96
    assert len(asked) == 6
    assert together.bytes(each(6, own=92)) == 90
    assert len(asked) == 12
    together._next_look_s = 0.0
    together.bytes(each(6, own=92))
    assert len(asked) == 18
    together.bytes(each(1, own=90))
    together.bytes(each(6, own=92))
    assert len(asked) == 24


def test_where_nobody_can_be_asked_tables_count_all_the_same() -> None:
    """No two processes have one; the rest is believed."""
    together = Together(LIMIT, None)
    assert together.bytes(each(1, own=30, shared=5)) == 35
    assert together.bytes(each(3, own=40, shared=5, tables=50)) == 30 + 3 * 10 + 5 + 150


HOLDS = """
import mmap, os, time
FOR_EVER_S = 100.0  # whoever holds too much is ended
def fill(mib):
    block = mmap.mmap(-1, mib * 2**20)
    for start in range(0, len(block), 2**20): block[start:start + 2**20] = b"x" * 2**20
    return block
def all_of(number, hold, seconds=0.5):
    pids = []
    for _ in range(number):
        pid = os.fork()
        if pid == 0:
            kept = hold()
            time.sleep(seconds)
            os._exit(0)
        pids.append(pid)
    for pid in pids: os.waitpid(pid, 0)
def apart(): all_of(6, lambda: fill(60), FOR_EVER_S)
def one_for_all():
    block = fill(60)
    all_of(6, lambda: block[:: mmap.PAGESIZE])
def a_large_parent():
    large = bytearray(b"x") * (60 * 2**20)
    all_of(6, lambda: sum(large[:: mmap.PAGESIZE]))
def tables():
    block = mmap.mmap(-1, 1 << 37, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, prot=mmap.PROT_READ)
    for start in range(0, len(block), 1 << 21): block[start]
    time.sleep(FOR_EVER_S)
"""


@tells
@pytest.mark.parametrize(
    ("function", "is_ended"), [("apart", True), ("tables", True), ("one_for_all", False), ("a_large_parent", False)]
)
def test_processes_together(engine: Engine, made_world: World, function: str, is_ended: bool) -> None:
    """Six that have 60 MiB each, or 256 MiB of tables, have too much; six with the same 60 MiB have not."""
    watching = Watching(deadline_s=60.0, limits=Limits(memory_mib=240))
    got = engine.run(Source(HOLDS.encode()), Invocation(function), made_world, watching).outcome
    assert got == (Overrun(what="more than 240 MiB of memory") if is_ended else Returned(value=None))


@tells
def test_who_hides_what_it_shares_has_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """And who is gone has nothing."""
    block = mmap.mmap(-1, 8 * MIB)
    block.write(b"x" * len(block))
    held = Holding(pid=os.getpid(), own=7, shared=1, tables=1)
    assert memory.part(held) > 8 * MIB
    assert memory.tables(held.pid) > 4096
    assert memory.part(Holding(pid=2**22, own=7)) == 0

    def refuse(*_: object) -> bytes:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert memory.part(held) == 9
    assert not memory.tells_parts(held.pid)
