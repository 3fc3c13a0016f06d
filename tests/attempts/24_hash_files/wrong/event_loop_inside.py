# SERIAL: an event loop has one thread, and coroutines that never wait keep it one after the other.
import asyncio
from hashlib import sha3_512


async def digest(path):
    hasher = sha3_512()
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            hasher.update(piece)
    return hasher.hexdigest()


async def gather_digests(paths):
    return await asyncio.gather(*(digest(path) for path in paths), return_exceptions=True)


def digest_all(paths, workers):
    return dict(zip(paths, asyncio.run(gather_digests(paths))))
