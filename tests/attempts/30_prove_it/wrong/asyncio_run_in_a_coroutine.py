# WRONG_RESULT: a test with a loop of its own calls asyncio.run.
# Says: already runs on an event loop
"""Tests for a worker pool: they wait for no time to pass."""

import asyncio
import selectors


class Connection:
    """What a job gets: a test can see whether somebody has closed it."""

    closed = False

    def close(self):
        self.closed = True


class Jump(selectors.DefaultSelector):
    """Does not wait for the next timer: puts the clock of its loop forward."""

    def __init__(self, loop):
        super().__init__()
        self.loop = loop

    def select(self, timeout=None):
        self.loop.now += timeout or 0
        return super().select(0)


class VirtualTime(asyncio.SelectorEventLoop):
    def __init__(self):
        self.now = 0.0
        super().__init__(Jump(self))

    def time(self):
        return self.now


def job(result, seconds):
    """A job that takes so many seconds, of virtual time."""

    async def work(connection):
        await asyncio.sleep(seconds)
        if isinstance(result, Exception):
            raise result
        return result

    return work


def run(pool, jobs):
    """What pool.run(jobs) returns or raises, if it comes back within an hour of virtual time."""

    async def call():
        async with asyncio.timeout(3600):
            return await pool.run(jobs)

    with asyncio.Runner(loop_factory=VirtualTime) as runner:
        return runner.run(call())


def test_results_come_in_the_order_of_the_jobs(make_pool):
    jobs = [job("a", 160), job("b", 30), job("c", 40), job("d", 20)]
    assert run(make_pool(2), jobs) == ["a", "b", "c", "d"]


def test_never_more_than_the_limit(make_pool):
    running, most = 0, 0

    async def work(connection):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(60)
        running -= 1

    run(make_pool(2), [work] * 5)
    assert most <= 2


async def test_every_job_is_counted(make_pool):
    pool = make_pool(3)

    async def work(connection):
        await asyncio.sleep(0)

    asyncio.run(pool.run([work] * 6))
    assert pool.done == 6


def failure(pool, jobs):
    """The error that pool.run raises, or None."""
    try:
        run(pool, jobs)
    except (ValueError, KeyError) as error:
        return error
    return None


def test_the_only_error_reaches_the_caller_and_every_connection_is_closed(make_pool):
    connections = []

    def connect():
        connections.append(Connection())
        return connections[-1]

    error = failure(make_pool(2, connect), [job("a", 70), job(ValueError("no paper"), 20)])
    assert isinstance(error, ValueError)
    assert len(connections) == 2
    assert all(connection.closed for connection in connections)


def test_the_first_error_is_told(make_pool):
    error = failure(make_pool(2), [job(KeyError("late"), 70), job(ValueError("early"), 20)])
    assert isinstance(error, ValueError)


def test_no_jobs_are_no_problem(make_pool):
    assert run(make_pool(2), []) == []
