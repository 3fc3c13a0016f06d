"""Gives jobs to an attempt's Service, and stops it. What was accepted is told to the world, whatever becomes of it."""

import asyncio
import inspect
import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

from checker.attempt.rounds import CountedLoop

STUCK_S = 2.0
"""Whoever has not come back after so long, where a tenth of it would do, never will."""
ASLEEP_S = 0.1
"""After so long an event loop that has nothing to do waits for events."""
REST_S, MOST_LOOKS = 0.25, 4
"""So long, and so often if need be, is it looked whether an event loop rests."""
ENDED_BY_SIGTERM = 128 + signal.SIGTERM
"""What a shell says of a program that SIGTERM has ended."""


async def work_off(attempt, jobs, world, grace, told=True) -> dict[str, object] | None:
    """Start, submit all jobs, stop. Returns what stop has returned, or None when that is not to be told."""
    service = _service(attempt, world)
    await _accept(service, jobs, world)
    unfinished = await service("stop", grace)
    return {"unfinished": unfinished} if told else None


async def refusals(attempt, world, grace) -> dict[str, str]:
    """Submit a job before the start, as soon as stop is called, while the service stops, and after that. Returns what
    became of each. (A plain `stop` is called in a thread, and nobody knows when.)"""
    service = _service(attempt, world)
    became = {"before the start": await _tried(service, "too early")}
    await _accept(service, ["in time"], world)
    stopping = asyncio.create_task(service("stop", grace))
    if _is_asynchronous(attempt):
        await asyncio.sleep(0)  # the task calls stop, which has come to its first `await`
        became["at the moment of the stop"] = await _tried(service, "at once")
    await world.moment()
    became["while it stops"] = await _tried(service, "late")
    await stopping
    became["after the stop"] = await _tried(service, "too late")
    return became


async def two_of_them(attempt, jobs, others_jobs, world, grace) -> dict[str, object]:
    """Two services are at work; one is stopped, then the other one, which is given its last job in between.

    Returns what both tell, and what became of that job.
    """
    one, other = _service(attempt, world), _service(attempt, world)
    await _accept(one, jobs, world)
    await _accept(other, others_jobs[:-1], world)
    first = await _stopped(one, grace)
    last = await _tried(other, others_jobs[-1])
    return {"first": first, "last job": last, "second": await _stopped(other, grace)}


async def stopped_again(attempt, jobs, world, grace, again_grace) -> dict[str, object]:
    """Stop a service, stop it again while it stops, with a grace of its own, and once more after that. Returns the
    answers of all three: what was in them when they came.

    The world is told when the second grace is over, in case that somebody counts it.
    """
    service = _service(attempt, world)
    await _accept(service, jobs, world)
    first = asyncio.create_task(_stopped(service, grace))
    await world.moment()
    second = asyncio.create_task(_stopped(service, again_grace))
    over = asyncio.create_task(_tell_later(world.second_grace_over, again_grace))
    answers = {"first": await first, "second": await second, "third": await _stopped(service, grace)}
    over.cancel()
    await asyncio.wait([over])
    return answers


async def over_already(attempt, jobs, grace) -> object:
    """Stop a service whose jobs have all ended a while ago: one is done, one has failed, and of the last, something
    that it awaited was cancelled. Returns what stop returns."""
    done, bad, _cut_off = jobs

    async def work(job):
        if job == bad:
            raise ConnectionError(f"{job} failed")
        if job != done:
            raise asyncio.CancelledError

    service = _service(attempt, SimpleNamespace(work=work))
    await service("start")
    for job in jobs:
        await service("submit", job)
    await asyncio.sleep(ASLEEP_S)
    return await service("stop", grace)


async def second_gives_up(attempt, jobs, world, grace) -> dict[str, object]:
    """Stop a service, and stop it again while it stops: this second caller is cancelled. Returns the answer of the
    first."""
    service = _service(attempt, world)
    await _accept(service, jobs, world)
    first = asyncio.create_task(_stopped(service, grace))
    await world.moment()
    second = asyncio.create_task(_stopped(service, grace))
    await world.moment()
    second.cancel()
    answers = await asyncio.gather(first, second, return_exceptions=True)
    return {"first": answers[0]}


async def _stopped(service, grace):
    answer = await service("stop", grace)
    return list(answer) if isinstance(answer, list) else answer


async def _tell_later(tell, seconds):
    await asyncio.sleep(seconds)
    await tell()


async def terminated(attempt, jobs, world, grace) -> dict[str, object]:
    """Let a service run, submit all jobs, send SIGTERM to its process (this one), and submit one more.

    Returns what run has returned, and what became of the last job.
    """
    if not inspect.iscoroutinefunction(attempt.Service.run):
        return _run_in_the_main_thread(attempt, jobs, world, grace)
    service = _service(attempt, world)
    running = asyncio.create_task(service("run", grace))
    await world.moment()
    if not running.done():
        await _accept_and_terminate(service, jobs, world)
        await world.moment()
        await world.moment()  # whoever was held up in the first one has seen the signal by now
    return {"after SIGTERM": await _tried(service, "too late"), "unfinished": await running}


def terminated_at_rest(attempt, grace) -> tuple[str, int]:
    """Send SIGTERM to a service that has no jobs, while its event loop sleeps.

    Returns what has woken it up, and how often the loop had gone round in REST_S before that, at its quietest.

    This is a plain function, so that nobody asks the loop for its heartbeat: that would wake it, too.
    """
    if not inspect.iscoroutinefunction(attempt.Service.run):
        return "SIGTERM", 0  # its main thread waits, and that is woken
    ended, woken_by, rounds = threading.Event(), [], []

    def terminate(loop):
        _leave_it_to_others()
        while _would_end() and not ended.wait(ASLEEP_S):
            pass
        time.sleep(ASLEEP_S)
        while not rounds or (rounds[-1] > 1 and len(rounds) < MOST_LOOKS):  # a busy machine may still be at the start
            before = loop.rounds
            ended.wait(REST_S)
            rounds.append(loop.rounds - before)
        os.kill(os.getpid(), signal.SIGTERM)
        woken_by.append("SIGTERM" if ended.wait(STUCK_S) else "something else")
        loop.call_soon_threadsafe(lambda: None)

    async def serve():
        sender = threading.Thread(target=terminate, args=(asyncio.get_running_loop(),), daemon=True)
        sender.start()
        await attempt.Service(_nothing).run(grace)
        ended.set()
        await asyncio.to_thread(sender.join)

    with asyncio.Runner(loop_factory=CountedLoop) as runner:
        runner.run(serve())
    return woken_by[0], min(rounds)


async def _nothing(job):
    pass


async def _accept(service, jobs, world):
    await service("start")
    await _submit(service, jobs, world)


async def _submit(service, jobs, world):
    """One after the other, and then tell of all together: telling takes time, in which the first jobs would end."""
    for job in jobs:
        await service("submit", job)
    await asyncio.gather(*map(world.accepted, jobs))


async def _accept_and_terminate(service, jobs, world):
    await _submit(service, jobs, world)
    await world.moment()
    if _would_end():
        # The kernel spares the first process of a container, as this one may be. It spares no other.
        os._exit(ENDED_BY_SIGTERM)
    os.kill(os.getpid(), signal.SIGTERM)


def _would_end():
    """Whether nobody takes SIGTERM: it has no handler, and is not kept for who waits for it (`signal.sigwait`)."""
    return signal.getsignal(signal.SIGTERM) is signal.SIG_DFL and not _is_kept()


def _is_kept():
    """Whether the main thread blocks SIGTERM. Another one can ask that on Linux only."""
    if threading.current_thread() is threading.main_thread():
        return signal.SIGTERM in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="utf-8")  # of the first thread, whoever asks
        blocked = next(line.split()[1] for line in status.splitlines() if line.startswith("SigBlk:"))
        return bool(int(blocked, 16) >> signal.SIGTERM - 1 & 1)
    return False


def _leave_it_to_others():
    """Of the attempt's threads: a thread of ours that does not block SIGTERM would be given it in their place."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


async def _tried(service, job):
    try:
        await service("submit", job)
    except RuntimeError:
        return "refused"
    return "accepted"


def _service(attempt, world):
    """A function that calls the methods of a new service. Those of a plain one run in threads, where they may block."""
    if _is_asynchronous(attempt):
        service = attempt.Service(world.work)

        async def call(method, *args):
            answer = getattr(service, method)(*args)
            return await answer if inspect.isawaitable(answer) else answer
    else:
        service = attempt.Service(_blocking(world.work, asyncio.get_running_loop()))

        async def call(method, *args):
            return await asyncio.to_thread(getattr(service, method), *args)

    return call


def _is_asynchronous(attempt):
    return any(map(inspect.iscoroutinefunction, (attempt.Service.stop, attempt.Service.run)))


def _blocking(work, loop):
    return lambda job: asyncio.run_coroutine_threadsafe(work(job), loop).result()


def _run_in_the_main_thread(attempt, jobs, world, grace):
    """A plain `run` blocks, and only the main thread gets signals. So the world's event loop is in another thread."""
    loop = asyncio.new_event_loop()

    def turn():
        _leave_it_to_others()
        loop.run_forever()

    helper = threading.Thread(target=turn, daemon=True)
    helper.start()
    service = attempt.Service(_blocking(world.work, loop))

    async def call(method, *args):
        return await asyncio.to_thread(getattr(service, method), *args)

    async def client():
        await world.moment()
        await _accept_and_terminate(call, jobs, world)

    submitting = asyncio.run_coroutine_threadsafe(client(), loop)
    try:
        unfinished = service.run(grace)
        return {"after SIGTERM": asyncio.run(_tried(call, "too late")), "unfinished": unfinished}
    finally:
        submitting.cancel()
        loop.call_soon_threadsafe(loop.stop)
        helper.join()
