"""Virtual time in another way: the loop itself moves its clock before each turn, and tests are one table."""

import asyncio
import heapq
from contextlib import contextmanager


class Clockwork(asyncio.SelectorEventLoop):
    now = 0.0

    def time(self):
        return self.now

    def _run_once(self):
        if not self._ready and self._scheduled:
            self.now = max(self.now, heapq.nsmallest(1, self._scheduled)[0].when())
        super()._run_once()


@contextmanager
def ticking():
    with asyncio.Runner(loop_factory=Clockwork) as runner:
        yield lambda awaitable: runner.run(asyncio.wait_for(awaitable, 1000))


class Connection:
    def __init__(self, opened):
        opened.add(self)
        self.opened = opened

    def close(self):
        self.opened.remove(self)


async def outcome(pool, plan):
    """What comes back, and the most jobs that ran at once. plan: (seconds, result) for each job."""
    running, most = 0, 0

    def job(seconds, result):
        async def work(_):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(seconds)
            running -= 1
            return result() if callable(result) else result

        return work

    try:
        results = await pool.run([job(*each) for each in plan])
    except ZeroDivisionError:
        results = "raised"
    return results, most, pool.done


def fail():
    return 1 // 0


TABLE = [
    ([], ([], 0, 0)),
    ([(3, "a"), (1, "b"), (1, "c"), (5, "d")], (["a", "b", "c", "d"], 2, 4)),
    ([(1, "a"), (2, fail), (9, "c"), (1, "never")], ("raised", 2, 2)),
    ([(2, fail), (1, "b"), (9, "c")], ("raised", 2, 2)),
]


def test_table(make_pool):
    for plan, expected in TABLE:
        opened = set()
        with ticking() as run:
            assert run(outcome(make_pool(2, lambda: Connection(opened)), plan)) == expected  # noqa: B023
        assert not opened
