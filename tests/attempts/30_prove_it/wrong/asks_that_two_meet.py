# WRONG_RESULT: jobs that wait for one turn of the loop need not meet, and exactly two are asked for.
# Says: or that jobs meet which never wait
import asyncio


class Connection:
    def __init__(self):
        self.closed = False

    def close(self):
        self.closed = True


async def run(pool, jobs):
    async with asyncio.timeout(2):
        return await pool.run(jobs)


async def test_order(make_pool):
    last_over = asyncio.Event()

    async def first(connection):
        await last_over.wait()
        return 1

    async def second(connection):
        return 2

    async def third(connection):
        return 3

    async def fourth(connection):
        last_over.set()
        return 4

    assert await run(make_pool(2), [first, second, third, fourth]) == [1, 2, 3, 4]


async def test_order_without_a_queue(make_pool):
    third_over, second_over = asyncio.Event(), asyncio.Event()

    async def first(connection):
        await second_over.wait()
        return 1

    async def second(connection):
        await third_over.wait()
        second_over.set()
        return 2

    async def third(connection):
        third_over.set()
        return 3

    assert await run(make_pool(3), [first, second, third]) == [1, 2, 3]


async def test_limit(make_pool):
    inside = most = 0
    two = asyncio.Barrier(2)

    async def work(connection):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        for _ in range(1):
            await asyncio.sleep(0)
        inside -= 1

    await run(make_pool(2), [work] * 6)
    assert most == 2, most


async def test_count(make_pool):
    pool, two = make_pool(2), asyncio.Barrier(2)

    async def work(connection):
        await two.wait()

    await run(pool, [work] * 6)
    assert pool.done == 6


async def test_failure(make_pool):
    for bad in range(3):
        opened = []

        def connect():
            opened.append(Connection())
            return opened[-1]

        def make(number):
            async def work(connection):
                if number == bad:
                    raise LookupError(number)
                await asyncio.sleep(0)

            return work

        try:
            await run(make_pool(2, connect), [make(number) for number in range(3)])
        except LookupError as error:
            assert error.args == (bad,)
        else:
            assert False, "no error"
        assert opened and all(c.closed for c in opened)


async def test_closes(make_pool):
    opened, given = [], []

    def connect():
        opened.append(Connection())
        return opened[-1]

    async def work(connection):
        assert not connection.closed
        given.append(connection)
        await asyncio.sleep(0)

    await run(make_pool(2, connect), [work] * 4)
    assert len(opened) == 4 and set(map(id, opened)) == set(map(id, given))
    assert all(c.closed for c in opened)


async def test_nothing(make_pool):
    assert await run(make_pool(2), []) == []
