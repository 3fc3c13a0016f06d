"""Asks an attempt's Once for values: many callers at once, of whom some lose patience."""

import asyncio
import gc
import inspect
import weakref


async def crowd(attempt, keys, world, keep=0.0, late=()) -> list[object]:
    """Everybody asks at once, the late ones a moment after that. Returns what each got, a value or an exception."""
    get = _getter(attempt, world, keep)
    asking = [asyncio.create_task(get(key)) for key in keys]
    if late:
        await world.moment()
    asking += [asyncio.create_task(get(key)) for key in late]
    return await asyncio.gather(*asking, return_exceptions=True)


async def one_cancelled(attempt, keys, world, which, keep=0.0, late=()) -> list[object]:
    """Everybody asks at once; a moment later, one of the callers is cancelled, and the late ones ask a moment after
    that. Returns what each got.

    Where values are kept, each key is asked for once more in the end, and that is told, too.
    """
    get = _getter(attempt, world, keep)
    asking = [asyncio.create_task(get(key)) for key in keys]
    await world.moment()
    if _can_be_cancelled(attempt):
        asking[which].cancel()
    if late:
        await world.moment()
    asking += [asyncio.create_task(get(key)) for key in late]
    results = await asyncio.gather(*asking, return_exceptions=True)
    return results + [await get(key) for key in dict.fromkeys(keys) if keep]


async def all_cancelled(attempt, keys, world, again=None, keep=0.0) -> dict[str, object]:
    """Everybody asks at once, and all are cancelled. Then somebody asks again, while the load tidies up, and one more
    when it has.

    Returns how many got an exception, and what came for the two who asked again.
    """
    get = _getter(attempt, world, keep)
    asking = [asyncio.create_task(get(key)) for key in keys]
    await world.moment()
    if _can_be_cancelled(attempt):
        for task in asking:
            task.cancel()
    if again is None:
        results = await asyncio.gather(*asking, return_exceptions=True)
        return {"cancelled": sum(isinstance(result, asyncio.CancelledError) for result in results)}
    await world.moment()
    new = asyncio.create_task(get(again))
    results = await asyncio.gather(*asking, return_exceptions=True)
    values = await asyncio.gather(new, get(again), return_exceptions=True)
    return {"cancelled": sum(isinstance(result, asyncio.CancelledError) for result in results), "again": values}


async def again_and_again(attempt, rounds, world, keep) -> list[object]:
    """One crowd after the other, with a pause before each but the first. Returns what each caller got, in one list."""
    get = _getter(attempt, world, keep)
    results = []
    for pause, keys in rounds:
        if pause:
            await world.pause()
        results += await asyncio.gather(*map(get, keys), return_exceptions=True)
    return results


async def in_a_row(attempt, keys, world, keep) -> list[object]:
    """One caller, who asks for these keys one after the other, without a pause, whatever comes. Returns what came."""
    get = _getter(attempt, world, keep)
    came = []
    for key in keys:
        try:
            came.append(await get(key))
        except ConnectionError as error:
            came.append(error)
    return came


async def two_of_them(attempt, key) -> list[object]:
    """What two Onces say of one key, each of which has a load of its own."""
    return [await _getter(attempt, Loads(owner), 60.0)(key) for owner in ("first", "second")]


class Loads:
    """What _getter needs of a world."""

    def __init__(self, owner):
        self._owner = owner

    async def load(self, key):
        return f"{key} of the {self._owner}"


async def memory(attempt, names, world) -> int:
    """Ask for keys that nobody else knows, all at once; a moment later, whoever asks for the last one is cancelled.

    How many of them does it still remember in the end?
    """
    get = _getter(attempt, world, 0.0)
    keys = [_Key(name) for name in names]
    remembered = [weakref.ref(key) for key in keys]
    asking = [asyncio.create_task(get(key)) for key in keys]
    await world.moment()
    if _can_be_cancelled(attempt):
        asking[-1].cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    del keys, asking
    await world.moment()
    gc.collect()
    return sum(reference() is not None for reference in remembered)


class _Key:
    """A key of which one can tell whether anybody still refers to it."""

    def __init__(self, name):
        self.name = name


def _can_be_cancelled(attempt):
    return inspect.iscoroutinefunction(attempt.Once.get)


def _getter(attempt, world, keep):
    """A coroutine function that gets a key's value. A plain `get` is called in a thread, one call after the other."""
    once = attempt.Once(keep)

    def name_of(key):
        return key.name if isinstance(key, _Key) else key

    if _can_be_cancelled(attempt):

        async def load(key):
            return await world.load(name_of(key))

        return lambda key: once.get(key, load)
    loop, one_at_a_time = asyncio.get_running_loop(), asyncio.Lock()

    def load_blocking(key):
        return asyncio.run_coroutine_threadsafe(world.load(name_of(key)), loop).result()

    async def get(key):
        async with one_at_a_time:
            return await asyncio.to_thread(once.get, key, load_blocking)

    return get
