"""Runs an event loop in a thread of its own, plants something in it, and asks the attempt's watchdog from outside."""

import asyncio
import gc
import threading
import time
import warnings
import weakref

POLL_S = 0.01
PATIENCE_S = 4.0
MIDDLE = 0.7
"""So much of a long block is over when the lag is asked for."""
CLASS = "Planted."
"""Who is to be named is a method: its qualified name says so."""
BUSY_S = 0.035
BUSY_TIMES = 8
"""Who names a function after 20 ms looks round in time for one of them; who does so after 50 has 15 ms to spare."""
DATA = [[] for _ in range(200_000)]
"""What an application has in memory; somebody may want to go through all of it."""


def first_culprit(attempt, plant) -> object:
    """What culprits() says as soon as it says something.

    First there is a function that is busy for a moment only, then one that blocks, three times for a short while and
    then for a long one.
    """
    busy, block = _named(_block, *plant(), CLASS), _named(_block, *plant(), CLASS)

    async def application():
        busy(0.02)
        await asyncio.sleep(0.025)
        for _ in range(3):
            block(0.08)
            await asyncio.sleep(0.04)
        block(PATIENCE_S)

    with _Loop(attempt) as loop:
        loop.start(application)
        return _first(loop.watchdog.culprits)


def first_pending(attempt, plant) -> object:
    """What pending() says as soon as it says something: one task is stuck."""
    name, line = plant()
    stuck = _named(_stuck, name, line)
    with _Loop(attempt) as loop:
        loop.start(stuck)
        return _first(loop.watchdog.pending)


def investigate(attempt, plant, blocked_s) -> dict[str, object]:
    """Everything at once, with a block that is long; what the watchdog says in the end, and whether it keeps tasks."""
    (block_name, line), (forgotten_name, _), (stuck_name, _), (busy_name, busy_line) = [plant() for _ in range(4)]
    block, forgotten = _named(_block, block_name, line, CLASS), _named(_stuck, forgotten_name, 1, CLASS)
    busy, stuck = _named(_block, busy_name, busy_line), [f"{stuck_name}_{number}" for number in (5, 1, 4, 2, 5, 3)]
    done, born, asked, begun, over = [], *(threading.Event() for _ in range(4))
    heard = _hear_warnings()

    async def application():
        for number in range(20):
            done.append(weakref.ref(asyncio.create_task(_short() if number else _until(asked))))
            await asyncio.sleep(0.01)
        born.set()
        await _until(asked)
        for number in range(BUSY_TIMES):
            busy(BUSY_S)
            await asyncio.sleep(0.003 * (number + 1))  # the heart comes in between, and is met in other phases
        warnings.warn(f"'{busy_name}' is deprecated", RuntimeWarning, stacklevel=1)  # of another kind
        forgotten()
        begun.set()
        block(blocked_s)
        over.set()

    with _Loop(attempt) as loop:
        loop.start(_brief)
        for name in stuck:
            loop.start(_named(_stuck, name, 1))
        loop.start(application)
        born.wait(PATIENCE_S)
        loop.watchdog.pending()  # while tasks are there that will be done
        asked.set()
        begun.wait(PATIENCE_S)
        time.sleep(blocked_s * MIDDLE)
        told = {"lag now": loop.watchdog.lag()}
        over.wait(PATIENCE_S + blocked_s)
        time.sleep(1.2)  # so that whoever looks once a second has looked
        gc.collect()
        told |= {"culprits": loop.watchdog.culprits(), "pending": loop.watchdog.pending()}
        told |= {"lag": loop.watchdog.lag(), "lag again": loop.watchdog.lag()}
        told["tasks kept"] = sum(task() is not None for task in done)
        told["heard"] = any(forgotten_name in text for text in heard)
        loop.watchdog.stop()
        warnings.warn("nobody watches any longer", RuntimeWarning, stacklevel=1)
        told["heard afterwards"] = "nobody watches any longer" in heard
        told["debug"] = loop.loop.get_debug()
        return told


def _hear_warnings():
    """Where an application has a function of its own for warnings: what that is told."""
    heard, before = [], warnings.showwarning

    def hear(message, *rest, **named):
        heard.append(str(message))
        before(message, *rest, **named)

    warnings.showwarning = hear
    return heard


def rest(attempt, moment) -> int:
    """A loop that has nothing to do is watched for a moment. Return how many threads stop() has left."""
    before = set(threading.enumerate())
    with _Loop(attempt) as loop:
        moment()
        loop.watchdog.stop()
        time.sleep(POLL_S)  # a thread that nobody joins may be on its way out
        left = len(set(threading.enumerate()) - before) - 1
        loop.end()
    return left


def _block(seconds):
    time.sleep(seconds)


async def _stuck():
    await asyncio.get_running_loop().create_future()


async def _short():
    await asyncio.sleep(0)


async def _until(event):
    """Until another thread sets it."""
    while not event.is_set():
        await asyncio.sleep(0.01)


async def _brief():
    """Over before the block, and still there: the loop here keeps its tasks."""
    await asyncio.sleep(0.1)


def _named(function, name, line, within=""):
    """The same function by another name, at another line, as if it stood in a class."""
    code = function.__code__.replace(co_name=name, co_qualname=within + name, co_firstlineno=line)
    return type(function)(code, globals(), name)


def _first(ask):
    """The first answer that is not empty."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        told = ask()
        if told:
            return told
        time.sleep(POLL_S)
    return ask()


class _Loop:
    """An event loop in a daemon thread, with a watchdog that was started there."""

    def __init__(self, attempt):
        self._attempt = attempt
        self._tasks = set()
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="the loop", daemon=True)
        self._watched = threading.Event()
        self._error = None

    def __enter__(self):
        self._thread.start()
        self._watched.wait()
        if self._error is not None:
            raise self._error
        return self

    def __exit__(self, *_):
        """The loop may stand still for a long time; nobody waits for it."""

    def start(self, function):
        """Make a task of a coroutine function."""
        self.loop.call_soon_threadsafe(lambda: self._tasks.add(self.loop.create_task(function())))

    def end(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(PATIENCE_S)

    def _run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.call_soon(self._watch)
        self.loop.run_forever()

    def _watch(self):
        try:
            self.watchdog = self._attempt.Watchdog(self.loop)
            self.watchdog.start()
        except Exception as error:
            self._error = error
        self._watched.set()
