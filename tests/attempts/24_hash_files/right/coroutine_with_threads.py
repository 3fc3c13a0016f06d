# A coroutine that leaves the work to threads: the event loop only waits.
import asyncio
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512


def digest(path):
    hasher = sha3_512()
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            hasher.update(piece)
    return hasher.hexdigest()


async def digest_all(paths, workers):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(workers) as pool:
        work = [loop.run_in_executor(pool, digest, path) for path in paths]
        return dict(zip(paths, await asyncio.gather(*work, return_exceptions=True)))
