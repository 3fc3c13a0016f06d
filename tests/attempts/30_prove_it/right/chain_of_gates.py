"""Gates in a chain of four jobs, and a limit of three: every job must wait for another, and none for time."""
import asyncio


class Line:
    def __init__(self):
        self.open = True

    def close(self):
        self.open = False


def with_limit(coroutine):
    async def limited():
        return await asyncio.wait_for(coroutine, 5)

    return asyncio.run(limited())


def test_all(make_pool):
    async def order():
        opened = {name: asyncio.Event() for name in "abcd"}
        ends = []

        def job(name, waits_for):
            async def work(_):
                if waits_for:
                    await opened[waits_for].wait()
                ends.append(name)
                opened[name].set()
                return name

            return work

        pool = make_pool(2)
        got = await pool.run([job("a", "d"), job("b", ""), job("c", "b"), job("d", "c")])
        assert got == list("abcd"), got
        assert ends == list("bcda")
        assert pool.done == 4

    with_limit(order())


def test_meeting(make_pool):
    async def meet():
        pool, two = make_pool(2), asyncio.Barrier(2)

        async def work(_):
            await two.wait()

        await pool.run([work, work])
        assert pool.done == 2

    with_limit(meet())


def test_limit(make_pool):
    async def limit():
        inside, full = set(), asyncio.Event()

        def job(number):
            async def work(_):
                inside.add(number)
                assert len(inside) <= 3, "one too many"
                if len(inside) == 3:
                    full.set()
                await full.wait()
                for _ in range(3):
                    await asyncio.sleep(0)
                inside.discard(number)

            return work

        await make_pool(3).run([job(number) for number in range(6)])

    with_limit(limit())


def test_failures(make_pool):
    async def fail():
        lines, begun = [], asyncio.Event()

        def connect():
            lines.append(Line())
            return lines[-1]

        async def slow(_):
            await begun.wait()
            await asyncio.sleep(0)

        async def bad(_):
            begun.set()
            raise LookupError

        try:
            await make_pool(2, connect).run([slow, bad, slow])
        except LookupError:
            assert not any(line.open for line in lines)
            return True
        return False

    assert with_limit(fail())


def test_nothing(make_pool):
    async def nothing():
        return await make_pool(1).run([])

    assert with_limit(nothing()) == []
