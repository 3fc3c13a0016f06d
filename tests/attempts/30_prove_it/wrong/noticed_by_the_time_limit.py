# SERIAL: the job that must not begin is noticed only when a time limit is over.
# Says: fail as soon as it shows
"""A director: each job tells that it has begun, waits for its cue, and does what that says. One generic helper."""
import asyncio
import inspect


class Play:
    def __init__(self, make_pool, limit, names):
        self.connections, self.begun, self.cues = [], [], {}
        self.opened = asyncio.Condition()
        loop = asyncio.get_running_loop()
        for name in names:
            self.cues[name] = loop.create_future()
        self.pool = make_pool(limit, self.connect)
        self.task = asyncio.ensure_future(self.pool.run([self.job(name) for name in names]))

    def connect(self):
        self.connections.append(Connection())
        return self.connections[-1]

    def job(self, name):
        async def act(connection):
            assert connection.closed is False
            async with self.opened:
                self.begun.append(name)
                self.opened.notify_all()
            return await self.cues[name]

        return act

    async def on_stage(self, *names):
        async with self.opened:
            await self.opened.wait_for(lambda: set(names) <= set(self.begun))
        for _ in range(25):
            await asyncio.sleep(0)
        assert self.begun == list(names), (self.begun, names)

    async def says(self, name, what=None):
        if isinstance(what, Exception):
            self.cues[name].set_exception(what)
        else:
            self.cues[name].set_result(what or name)
        for _ in range(25):
            await asyncio.sleep(0)

    async def ends(self):
        return await self.task

    def all_closed(self):
        return all(connection.closed for connection in self.connections)


class Connection:
    closed = False

    def close(self):
        self.closed = True


def play(limit, names):
    def decorate(test):
        assert inspect.iscoroutinefunction(test)

        async def performed(make_pool):
            async with asyncio.timeout(3):
                await test(Play(make_pool, limit, names))

        performed.__name__ = test.__name__
        return performed

    return decorate


@play(2, "abcde")
async def test_the_whole_course(play):
    await play.on_stage("a", "b")
    await play.says("b")
    await play.on_stage("a", "b", "c")
    await play.says("c")
    await play.on_stage("a", "b", "c", "d")
    await play.says("a")
    await play.on_stage(*"abcde")
    await play.says("e")
    await play.says("d")
    assert await play.ends() == ["a", "b", "c", "d", "e"]
    assert play.pool.done == 5
    assert len(play.connections) == 5 and play.all_closed()


@play(2, "ab")
async def test_two_at_once_are_counted(play):
    await play.on_stage("a", "b")
    play.cues["a"].set_result("a")
    play.cues["b"].set_result("b")
    await play.ends()
    assert play.pool.done == 2


@play(2, "abc")
async def test_errors(play):
    await play.on_stage("a", "b")
    await play.says("b", LookupError("sooner"))
    assert not play.task.done()
    await play.says("a", ArithmeticError("later"))
    try:
        await play.ends()
    except LookupError:
        pass
    else:
        raise AssertionError
    assert play.begun == ["a", "b"] and play.all_closed() and play.pool.done == 0


@play(2, "")
async def test_an_empty_stage(play):
    assert await play.ends() == []
