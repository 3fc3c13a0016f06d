"""What goes from process to process, and what shared memory is left: seen from outside, and what is said of it."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import conduct, crossing
from checker.model.answer import Verdict
from checker.model.codes import Code
from checker.model.evidence import Left, Run
from checker.model.outcome import Returned
from checker.observe import segments, transfer
from checker.observe.transfer import Crossed, Transfer, inherited
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source, WarmPool
from checker.process.watched import Watching
from checker.world.world import World
from tests import evidence

linux_only = pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="this system does not count bytes")

ATTEMPT = b"""
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.shared_memory import SharedMemory
def sent(pool, size): return pool.submit(len, bytes(size)).result()
def sent_back(pool, size): return len(pool.submit(bytes, size).result())
def sent_to_own(method, size):
    with ProcessPoolExecutor(1, get_context(method)) as pool:
        return pool.submit(len, bytes(size)).result()
def look(name):
    block = SharedMemory(name=name)
    block.close()
def shared(pool, size, unlink):
    block = SharedMemory(create=True, size=size)
    block.buf[:] = bytes(size)
    pool.submit(look, block.name).result()
    block.close()
    if unlink: block.unlink()
def mapped(pool, size):
    with open("large", "wb") as file: file.write(bytes(size))
    return pool.submit(size_of, "large", size).result()
def size_of(path, size):
    import mmap
    with open(path, "rb") as file: return len(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)[:])
"""
SIZE = 2_000_000
SMALL = 20_000
"""A task, its result, and what Python writes and reads besides."""


def call(engine: Engine, world: World, function: str, *args: object) -> Run:
    return made(engine, world, Invocation(function, (WarmPool(1, shared_memory=True), *args)))


def made(engine: Engine, world: World, invocation: Invocation) -> Run:
    run = engine.run(Source(ATTEMPT), invocation, world, Watching(deadline_s=20))
    assert isinstance(run.outcome, Returned)
    return run


SLOW_TO_START = b"""
import os, time
from pathlib import Path
def is_first(name):
    try:
        Path(name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
if not is_first("in the pool's own process") and not is_first("in its first worker"):
    time.sleep(0.5)
Path(f"imported by {os.getpid()}").touch()
def imports(pool):
    return len(list(Path().glob("imported by *")))
"""


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_the_clock_starts_when_all_workers_are_there(engine: Engine, made_world: World, method: str) -> None:
    """However slowly one of them starts, while the other could do its task, too: what it reads then is not counted."""
    invocation = Invocation("imports", (WarmPool(2),), start_method=method)
    run = engine.run(Source(SLOW_TO_START), invocation, made_world, Watching(deadline_s=20))
    assert isinstance(run.outcome, Returned), run.outcome
    assert run.outcome.value == 3


@linux_only
def test_what_a_helper_reads_itself_is_never_counted() -> None:
    """Also while it reads: the tracker of resources imports when the call begins, and an account has two files."""
    starting = [sys.executable, "-c", "import asyncio, email.message; input()"]
    with subprocess.Popen(starting, stdin=subprocess.PIPE) as one:
        seen = {inherited(one.pid) for _ in range(3000)}
        one.communicate(b"\n")
    assert seen == {Transfer(0, 0)}


@linux_only
@pytest.mark.parametrize("function", ["sent", "sent_back"])
def test_what_goes_through_a_pipe_is_counted(engine: Engine, made_world: World, function: str) -> None:
    """To the byte, but for what a task and a result need besides; there and back."""
    crossed = call(engine, made_world, function, SIZE).transferred_bytes
    assert crossed is not None
    assert SIZE <= crossed <= SIZE + SMALL


@linux_only
@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_however_workers_are_started(engine: Engine, made_world: World, method: str) -> None:
    """Also when they have ended, and were never children of the attempt's own process."""
    crossed = made(engine, made_world, Invocation("sent_to_own", (method, SIZE))).transferred_bytes
    assert crossed is not None
    assert SIZE <= crossed <= SIZE + SMALL


@linux_only
@pytest.mark.parametrize(("function", "more"), [("shared", (True,)), ("mapped", ())])
def test_what_is_shared_is_not(engine: Engine, made_world: World, function: str, more: tuple[bool, ...]) -> None:
    """A block of shared memory, and a file that is mapped, do not go through a pipe."""
    crossed = call(engine, made_world, function, SIZE, *more).transferred_bytes
    assert crossed is not None
    assert crossed <= SMALL


@linux_only
def test_a_block_that_nobody_unlinked_is_found(engine: Engine, made_world: World) -> None:
    """Also when all that used it have closed it; one that was unlinked is gone."""
    assert len(call(engine, made_world, "shared", SIZE, False).left.segments) == 1
    assert call(engine, made_world, "shared", SIZE, True).left.segments == ()


@linux_only
def test_another_programs_block_is_nobodys_fault() -> None:
    """Where all share one folder, only what the process has told of counts, and only if it is there."""
    block = SharedMemory(create=True, size=1)
    pid, told = os.getpid(), [block.name, "gone", "half \ud800", "a\0b", "a/b"]
    try:
        before = segments.there(pid)
        assert before is None
        assert segments.left(pid, before, []) == ()
        assert segments.left(pid, before, told) == (block.name,)
    finally:
        block.close()
        block.unlink()


@pytest.mark.parametrize(
    ("crossed", "said"),
    [
        (None, None),
        (300_000, None),
        (310_000, "310 kB went from process to process, where less than 300 kB would do."),
        (12_345_678, "12.3 MB went from process to process, where less than 300 kB would do."),
    ],
)
def test_too_much_is_told_in_round_numbers(crossed: int | None, said: str | None) -> None:
    """Where nobody tells, nothing is said."""
    found = crossing.too_much(evidence.run(transferred_bytes=crossed), 300_000)
    assert (found.sentence if found else None) == said
    assert found is None or found.code is Code.PICKLE


@linux_only
def test_an_account_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no account of nothing, before the call or after it; who is gone hides nothing, and who tells nothing at all
    is a system without accounts."""
    refused, read = set[int](), transfer._read

    def refuses(account: Path) -> Transfer:
        if int(account.parts[2]) in refused:
            raise PermissionError(account)
        return read(account)

    monkeypatch.setattr(transfer, "_read", refuses)
    keeper = os.getpid()
    open_account = transfer.so_far(keeper)
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as hiding:
        assert not transfer.since(open_account, keeper).hidden
        refused.add(hiding.pid)
        hidden_before = transfer.so_far(keeper)
        assert transfer.since(open_account, keeper).hidden
    assert not transfer.since(open_account, keeper).hidden
    assert transfer.since(hidden_before, keeper).hidden
    refused.add(keeper)
    assert transfer.since(open_account, keeper) == Crossed()


@pytest.mark.parametrize(
    ("crossed", "hidden", "verdict", "said"),
    [
        (10, False, Verdict.PASSED, ""),
        (10, True, Verdict.INCONCLUSIVE, crossing.HIDDEN),
        (None, False, Verdict.PASSED, ""),
        (400_000, True, Verdict.FAILED, "400 kB went"),
    ],
)
def test_what_is_hidden_proves_nothing(crossed: int | None, hidden: bool, verdict: Verdict, said: str) -> None:
    """What the others have sent can still be too much."""
    observed = evidence.run(transferred_bytes=crossed, transfer_hidden=hidden)
    if verdict is Verdict.PASSED:
        Call(observed).expect_little_transferred(300)
        return
    with pytest.raises(CheckFailed) as failed:
        Call(observed).expect_little_transferred(300)
    assert failed.value.answer.verdict is verdict
    assert said in str(failed.value.answer)


def test_what_is_said_of_blocks_that_stayed() -> None:
    """After processes, because whoever leaves those has not come to the end."""
    found = conduct.leftovers(evidence.run(left=Left(segments=("psm_1", "psm_2"))))
    assert found is not None
    assert found.code is Code.LEAK_SHM
    assert found.sentence == "work returned, and 2 blocks of shared memory stayed."
    both = conduct.leftovers(evidence.run(left=Left(segments=("psm_1",), processes=1)))
    assert both is not None
    assert both.code is Code.LEAK_PROC
