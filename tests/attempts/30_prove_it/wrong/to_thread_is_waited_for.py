# HANG: wait_for gives up, but asyncio.run waits in the end for the thread that hangs.
# Says: `asyncio.run` in the end for those of `asyncio.to_thread`
"""Threads do the jobs, a loop directs them."""
import asyncio
import queue
import threading


class Director:
    def __init__(self):
        self.events = asyncio.Queue()
        self.loop = asyncio.get_running_loop()
        self.may_end = {}

    def job(self, name, error=None):
        self.may_end[name] = threading.Event()
        def work(connection):
            self.loop.call_soon_threadsafe(self.events.put_nowait, ("begun", name))
            assert self.may_end[name].wait(5)
            if error:
                raise error
            return name
        return work

    async def begun(self):
        what, name = await asyncio.wait_for(self.events.get(), 5)
        return name

    def end(self, name):
        self.may_end[name].set()


async def test_order_and_count(make_pool):
    director = Director()
    pool = make_pool(2)
    run = asyncio.ensure_future(asyncio.to_thread(pool.run, [director.job(n) for n in "abc"]))
    assert {await director.begun(), await director.begun()} == {"a", "b"}
    director.end("b")
    assert await director.begun() == "c"
    director.end("c")
    director.end("a")
    assert await asyncio.wait_for(run, 5) == ["a", "b", "c"]
    assert pool.done == 3


async def test_together(make_pool):
    barrier = threading.Barrier(2, timeout=5)
    pool = make_pool(2)
    await asyncio.wait_for(asyncio.to_thread(pool.run, [lambda c: barrier.wait()] * 2), 5)
    assert pool.done == 2


async def test_limit(make_pool):
    count = most = 0
    async def work(c):
        nonlocal count, most
        count += 1
        most = max(most, count)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        count -= 1
    await asyncio.wait_for(make_pool(3).run([work] * 7), 5)
    assert most == 3


async def test_failure(make_pool):
    director = Director()
    conns = queue.SimpleQueue()
    class Conn:
        closed = threading.Event
        def __init__(self):
            self.closed = False
            conns.put(self)
        def close(self):
            self.closed = True
    run = asyncio.ensure_future(asyncio.to_thread(make_pool(2, Conn).run, [director.job(0), director.job(1, OSError("x")), director.job(2)]))
    assert {await director.begun(), await director.begun()} == {0, 1}
    director.end(1)
    director.end(0)
    director.end(2)
    done, _ = await asyncio.wait([run], timeout=5)
    assert done and isinstance(run.exception(), OSError)
    while not conns.empty():
        assert conns.get().closed


async def test_empty(make_pool):
    assert await asyncio.wait_for(asyncio.to_thread(make_pool(2).run, []), 5) == []
