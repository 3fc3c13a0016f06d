import asyncio
from unittest.mock import AsyncMock, MagicMock, Mock


async def test_order(make_pool):
    gate = asyncio.Event()

    async def wait_for_gate(connection):
        await gate.wait()
        return 0

    async def opens(connection):
        gate.set()
        return 3

    jobs = [AsyncMock(side_effect=wait_for_gate), AsyncMock(return_value=1), AsyncMock(return_value=2), AsyncMock(side_effect=opens)]
    pool = make_pool(2)
    async with asyncio.timeout(5):
        assert await pool.run(jobs) == [0, 1, 2, 3]
    for job in jobs:
        job.assert_awaited_once()


async def test_limit_and_count(make_pool):
    inside, sizes = set(), []
    barrier = asyncio.Barrier(2)

    async def work(connection):
        inside.add(connection)
        await barrier.wait()
        await asyncio.sleep(0)
        sizes.append(len(inside))
        await asyncio.sleep(0)
        inside.remove(connection)

    connect = Mock(side_effect=lambda: Mock())
    pool = make_pool(2, connect)
    async with asyncio.timeout(5):
        await pool.run([AsyncMock(side_effect=work)] * 4)
    assert pool.done == 4
    assert connect.call_count == 4
    assert set(sizes) == {2}


async def test_failure(make_pool):
    for jobs in ([AsyncMock(side_effect=ValueError("a")), AsyncMock()], [AsyncMock(), AsyncMock(side_effect=ValueError("a"))]):
        connections = [MagicMock() for _ in jobs]
        pool = make_pool(2, Mock(side_effect=connections))
        async with asyncio.timeout(5):
            result, = await asyncio.gather(pool.run(jobs), return_exceptions=True)
        assert isinstance(result, ValueError)
        for connection, job in zip(connections, jobs):
            job.assert_called_once_with(connection)
            connection.close.assert_called_once_with()


async def test_no_jobs(make_pool):
    async with asyncio.timeout(5):
        assert await make_pool(7).run([]) == []
