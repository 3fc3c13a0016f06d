# WRONG_RESULT: `gate.set` without parentheses opens no gate.
# Says: fails test_order: TimeoutError
import asyncio


class Connection:
    closed = False

    def close(self):
        self.closed = True


async def test_order(make_pool):
    gate = asyncio.Event()

    async def first(connection):
        await gate.wait()
        return 1

    async def second(connection):
        return 2

    async def third(connection):
        gate.set
        return 3

    async with asyncio.timeout(2):
        assert await make_pool(2).run([first, second, third]) == [1, 2, 3]
