"""One test that runs everything side by side on one loop, with patience for all of it."""

import asyncio
from unittest.mock import Mock


async def test_pool(make_pool):
    async with asyncio.timeout(3), asyncio.TaskGroup() as group:
        for check in (empty, ordered, bounded, failing):
            group.create_task(check(make_pool))


async def empty(make_pool):
    assert await make_pool(4).run([]) == []


async def ordered(make_pool):
    pool, ends = make_pool(3), [asyncio.Event() for _ in range(5)]
    ends[4].set()

    def job(number):
        async def work(_):
            await ends[number].wait()
            ends[number - 1].set()  # of 4: the first of all to end; then 3, where it is begun
            return number

        return work

    # Places: 0, 1, 2 first. 2 ends as soon as 3 would, so let it go first, and let 0 be the last.
    ends[2].set()
    ends[3].set()
    assert await pool.run([job(number) for number in range(5)]) == [0, 1, 2, 3, 4]
    assert pool.done == 5


async def bounded(make_pool):
    running, seen = [], []

    async def work(_):
        running.append(1)
        await asyncio.sleep(0)
        seen.append(len(running))
        await asyncio.sleep(0)
        running.pop()

    await make_pool(3).run([work] * 9)
    assert max(seen) <= 3


async def failing(make_pool):
    made = []

    def connect():
        made.append(Mock())
        return made[-1]

    async def good(connection):
        await asyncio.sleep(0)

    async def bad(connection):
        raise LookupError("gone")

    try:
        await make_pool(2, connect).run([good, bad, good])
    except LookupError:
        assert [connection.close.call_count for connection in made] == [1] * len(made)
    else:
        raise AssertionError("LookupError was lost")
