# WRONG_RESULT: nobody awaits the sleeps, so that the jobs never meet.
# Says: calls `asyncio.sleep(...)`, and does not wait for it
import asyncio
import selectors


class VirtualTime(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(Jump(self))
        self.now = 0

    def time(self):
        return self.now


class Jump(selectors.DefaultSelector):
    def __init__(self, loop):
        super().__init__()
        self.loop = loop

    def select(self, timeout=None):
        if timeout:
            self.loop.now += timeout
        return super().select(0)


class Connection:
    closed = False

    def close(self):
        self.closed = True


def job(result, seconds):
    async def work(connection):
        asyncio.sleep(seconds)
        if isinstance(result, Exception):
            raise result
        return result

    return work


def run(pool, jobs):
    async def main():
        async with asyncio.timeout(3600):
            return await pool.run(jobs)

    with asyncio.Runner(loop_factory=VirtualTime) as runner:
        return runner.run(main())


def test_results_come_in_the_order_of_the_jobs(make_pool):
    jobs = [job("a", 0.16), job("b", 0.03), job("c", 0.03)]
    assert run(make_pool(2), jobs) == ["a", "b", "c"]


def test_never_more_than_the_limit(make_pool):
    running, most = 0, 0

    async def work(connection):
        nonlocal running, most
        running += 1
        most = max(most, running)
        asyncio.sleep(0.07)
        running -= 1

    run(make_pool(2), [work] * 4)
    assert most == 2


def test_every_job_is_counted(make_pool):
    pool = make_pool(2)
    run(pool, [job("a", 0.06), job("b", 0.06)])
    assert pool.done == 2


def test_an_error_reaches_the_caller_and_every_connection_is_closed(make_pool):
    connections = []

    def connect():
        connections.append(Connection())
        return connections[-1]

    try:
        run(make_pool(2, connect), [job("a", 0.07), job(ValueError("no paper"), 0.02)])
    except ValueError:
        assert all(connection.closed for connection in connections)
    else:
        raise AssertionError("nobody heard of the error")


def test_no_jobs_are_no_problem(make_pool):
    assert run(make_pool(2), []) == []
