# HANG: one call of a pool has no time limit, and that one hangs.
# Says: Put a time limit around every call
import asyncio
import selectors


class VirtualTime(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(Jump(self))
        self.now = 0.0

    def time(self):
        return self.now


class Jump(selectors.DefaultSelector):
    def __init__(self, loop):
        super().__init__()
        self._loop = loop

    def select(self, timeout=None):
        self._loop.now += timeout or 0.0
        return super().select(0)


class Connection:
    closed = False

    def close(self):
        self.closed = True


def job(result, seconds):
    async def work(connection):
        await asyncio.sleep(seconds)
        if isinstance(result, Exception):
            raise result
        return result

    return work


def run(pool, jobs):
    async def call():
        async with asyncio.timeout(3600):
            return await pool.run(jobs)

    with asyncio.Runner(loop_factory=VirtualTime) as runner:
        return runner.run(call())


def test_results_come_in_the_order_of_the_jobs(make_pool):
    jobs = [job("a", 9), job("b", 2), job("c", 1)]
    assert run(make_pool(2), jobs) == ["a", "b", "c"]


def test_never_more_than_the_limit(make_pool):
    running = most = 0

    async def work(connection):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(1)
        running -= 1

    run(make_pool(2), [work] * 4)
    assert most == 2


def test_every_job_is_counted(make_pool):
    pool = make_pool(2)
    run(pool, [job("a", 1), job("b", 1)])
    assert pool.done == 2


def test_an_error_reaches_the_caller_and_every_connection_is_closed(make_pool):
    connections = []

    def connect():
        connections.append(Connection())
        return connections[-1]

    try:
        run(make_pool(2, connect), [job("a", 2), job(ValueError("no paper"), 1)])
    except ValueError:
        assert all(connection.closed for connection in connections)
    else:
        raise AssertionError("nobody heard of the error")


def test_no_jobs_are_no_problem(make_pool):
    assert make_pool(2).run([]) == []  # what could hang there?
