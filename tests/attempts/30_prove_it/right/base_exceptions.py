"""A job that fails with what `except Exception` does not catch, so that no test catches it by mistake.

And a test that fails with what cannot be printed.
"""

import asyncio

PATIENCE_S = 2


class Boom(BaseException):
    """Of this test, and of nobody else."""


class Unheard(AssertionError):
    def __str__(self):
        return "nobody heard of " + self.error


class Connection:
    closed = False

    def close(self):
        self.closed = True


async def called(pool, jobs):
    async with asyncio.timeout(PATIENCE_S):
        return await pool.run(jobs)


async def test_order(make_pool):
    third_is_over = asyncio.Event()

    async def first(_):
        await third_is_over.wait()
        return "first"

    async def second(_):
        return "second"

    async def third(_):
        third_is_over.set()
        return "third"

    assert await called(make_pool(2), [first, second, third]) == ["first", "second", "third"]


async def test_count(make_pool):
    together = asyncio.Barrier(2)

    async def job(_):
        await together.wait()

    pool = make_pool(2)
    await called(pool, [job, job])
    assert pool.done == 2


async def test_limit(make_pool):
    running, most = 0, 0

    async def job(_):
        nonlocal running, most
        running += 1
        most = max(most, running)
        for _turn in range(3):
            await asyncio.sleep(0)
        running -= 1

    await called(make_pool(2), [job] * 6)
    assert most <= 2


async def test_errors(make_pool):
    for error in (Boom("own"), asyncio.CancelledError("of something that the job awaited")):
        connections, failed = [], asyncio.Event()

        def connect(connections=connections):
            connections.append(Connection())
            return connections[-1]

        async def waits(_, failed=failed):
            await failed.wait()

        async def fails(_, failed=failed, error=error):
            failed.set()
            raise error

        try:
            await called(make_pool(2, connect), [waits, fails])
        except (Boom, asyncio.CancelledError):
            assert all(connection.closed for connection in connections)
        else:
            raise Unheard


async def test_no_jobs(make_pool):
    assert await called(make_pool(1), []) == []
