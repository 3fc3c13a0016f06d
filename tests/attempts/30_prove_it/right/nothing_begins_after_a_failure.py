"""Gates: each job waits for what the test wants to have happened."""

import asyncio

LIMIT_S = 2


class Connection:
    closed = False

    def close(self):
        self.closed = True


async def test_order(make_pool):
    last = asyncio.Event()

    async def first(connection):
        await last.wait()
        return 1

    async def second(connection):
        return 2

    async def third(connection):
        last.set()
        return 3

    async with asyncio.timeout(LIMIT_S):
        assert await make_pool(2).run([first, second, third]) == [1, 2, 3]


async def test_limit(make_pool):
    running = most = 0
    all_places_taken = asyncio.Event()

    async def job(connection):
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == 2:
            all_places_taken.set()
        await all_places_taken.wait()
        await asyncio.sleep(0)  # whoever has been started with us has its turn before we leave
        running -= 1

    async with asyncio.timeout(LIMIT_S):
        await make_pool(2).run([job] * 4)
    assert most == 2


async def test_count(make_pool):
    both = asyncio.Barrier(2)

    async def job(connection):
        await both.wait()

    pool = make_pool(2)
    async with asyncio.timeout(LIMIT_S):
        await pool.run([job, job])
    assert pool.done == 2


async def test_error(make_pool):
    connections, failing = [], asyncio.Event()

    def connect():
        connections.append(Connection())
        return connections[-1]

    async def works(connection):
        await failing.wait()

    async def fails(connection):
        failing.set()
        raise ValueError("no paper")

    raised = False
    async with asyncio.timeout(LIMIT_S):
        try:
            await make_pool(2, connect).run([works, fails])
        except ValueError:
            raised = True
    assert raised
    assert all(connection.closed for connection in connections)


async def test_nothing_is_begun_after_a_failure(make_pool):
    failed, late = asyncio.Event(), []

    async def fails(connection):
        await asyncio.sleep(0)  # whoever has been started with us has its turn before we fail
        failed.set()
        raise ValueError("no paper")

    def other(name):
        async def work(connection):
            if failed.is_set():
                late.append(name)
            await failed.wait()  # it keeps its place: none is free before the failure

        return work

    async with asyncio.timeout(LIMIT_S):
        try:
            await make_pool(2).run([fails, other("second"), other("third")])
        except ValueError:
            assert not late, f"begun after a failure: {late}"
        else:
            raise AssertionError("nobody heard of the error")


async def test_no_jobs(make_pool):
    async with asyncio.timeout(LIMIT_S):
        assert await make_pool(2).run([]) == []
