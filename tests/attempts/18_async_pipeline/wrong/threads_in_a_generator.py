# BAD_RESULT_TYPE: a pool of threads, in an async generator, gets coroutines for results.
from concurrent.futures import ThreadPoolExecutor


async def pipeline(source, parse, store, width):
    with ThreadPoolExecutor(width) as pool:
        for result in pool.map(lambda item: store(parse(item)), [item async for item in source]):
            yield result
