"""Whose threads are counted: the attempt's own, and not those that libraries begin for themselves."""

from __future__ import annotations

import msgspec
import pytest

from checker.judge.diagnosis import conduct
from checker.model.codes import Code
from checker.model.evidence import CpuUse, Run, Starts
from checker.model.outcome import Returned
from checker.observe import linux
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World
from tests.evidence import process, run

TRUSTING = b"""
import aiohttp, asyncio, time
from concurrent.futures import ThreadPoolExecutor
async def ask():
    async with aiohttp.ClientSession(trust_env=True) as session:
        try:
            await session.get("http://127.0.0.1:9/")
        except OSError:
            pass
async def library():
    await asyncio.gather(*(ask() for _ in range(3)))
async def takes_over():
    await ask()
    await asyncio.to_thread(abs, 1)
async def executor():
    await ask()
    await asyncio.get_running_loop().run_in_executor(None, abs, 1)
async def pool_of_its_own():
    await ask()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(abs, 1)
async def pool_for_both():
    asyncio.get_running_loop().set_default_executor(pool := ThreadPoolExecutor(1))
    await ask()
    pool.submit(abs, 1)
"""


IN_C = b"""
import ctypes, threading, time
system = ctypes.CDLL(None)
system.pthread_create(ctypes.byref(ctypes.c_ulong()), None, system.pause, None)
def work():
    pass
def works_in_a_thread():
    thread = threading.Thread()
    thread.start()
    thread.join()
"""


def called(engine: Engine, world: World, name: str) -> Run:
    seen = engine.run(Source(TRUSTING), Invocation(name), world, Watching(deadline_s=20))
    assert isinstance(seen.outcome, Returned)
    return seen


def test_threads_of_the_library_are_told_apart(engine: Engine, made_world: World) -> None:
    """It reads a proxy's passwords in threads, which nobody has asked it for."""
    seen = called(engine, made_world, "library")
    assert seen.starts.threads == 1
    assert 1 <= seen.starts.library_threads <= 3
    assert conduct.threads(seen, 1) is None


@pytest.mark.parametrize("name", ["takes_over", "executor", "pool_of_its_own", "pool_for_both"])
def test_the_attempts_own_count(engine: Engine, made_world: World, name: str) -> None:
    """Also where it gives work to a thread that the library has begun."""
    found = conduct.threads(called(engine, made_world, name), 1)
    assert found is not None
    assert found.code is Code.WRONG_TOOL


@pytest.mark.skipif(not linux.available(), reason="this kernel has no scheduler accounting")
def test_threads_of_a_library_in_c(engine: Engine, made_world: World) -> None:
    """Importing one that computes in threads, such as numpy, is no use of threads; to begin one is."""
    idle, busy = (
        engine.run(Source(IN_C), Invocation(name), made_world, Watching(deadline_s=20))
        for name in ("work", "works_in_a_thread")
    )
    assert idle.cpu.processes[0].threads == 2
    assert idle.starts == Starts(library_threads=1)
    assert conduct.threads(idle, 1) is None
    assert conduct.threads(busy, 1) is not None


def test_aiohttp_looks_up_names_without_threads(engine: Engine, made_world: World) -> None:
    """Also where a package is installed that has threads for that: to an attempt, it is not."""
    seen = engine.run(Source(b"def work(): import aiodns"), Invocation("work"), made_world, Watching(deadline_s=20))
    assert "import of aiodns halted" in str(seen.outcome)


def test_samples_claim_what_is_more_than_the_librarys() -> None:
    """They show threads, and not whose they are."""
    seen = run(cpu=CpuUse(processes=(process(0.01, threads=4),)), starts=Starts(library_threads=3))
    assert conduct.threads(seen, 1) is None
    fewer = msgspec.structs.replace(seen, starts=Starts(library_threads=2))
    assert conduct.threads(fewer, 2) is None
    assert conduct.threads(fewer, 1) is not None
