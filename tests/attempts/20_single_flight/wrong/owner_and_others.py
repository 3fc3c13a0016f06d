# HANG: the one who loads promises a future, and does not keep the promise when it is cancelled.
import asyncio
import time


class Once:
    def __init__(self, keep: float) -> None:
        self.keep = keep
        self._cache = {}
        self._in_flight = {}
        self._lock = asyncio.Lock()

    async def get(self, key, load):
        async with self._lock:
            if key in self._cache:
                value, expires = self._cache[key]
                if time.monotonic() < expires:
                    return value
                del self._cache[key]
            if key in self._in_flight:
                future = self._in_flight[key]
                owner = False
            else:
                future = asyncio.get_running_loop().create_future()
                self._in_flight[key] = future
                owner = True
        if not owner:
            return await future
        try:
            value = await load(key)
        except Exception as error:
            future.set_exception(error)
            raise
        else:
            self._cache[key] = (value, time.monotonic() + self.keep)
            future.set_result(value)
            return value
        finally:
            self._in_flight.pop(key, None)
