# Five coroutines share the keys, and each awaits one thread at a time; after a failure they take no more.
import asyncio


async def gather_reports(load_blocking, keys):
    places, reports, errors = iter(range(len(keys))), [None] * len(keys), []

    async def worker():
        for place in places:
            if errors:
                return
            try:
                reports[place] = await asyncio.to_thread(load_blocking, keys[place])
            except Exception as error:
                errors.append(error)

    await asyncio.gather(*(worker() for _ in range(5)))
    if errors:
        raise errors[0]
    return reports
