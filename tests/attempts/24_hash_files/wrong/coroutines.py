# SERIAL: coroutines that never wait, and block the event loop instead.
import asyncio
from hashlib import sha3_512


async def digest(path):
    hasher = sha3_512()
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            hasher.update(piece)
    return hasher.hexdigest()


async def digest_all(paths, workers):
    results = await asyncio.gather(*(digest(path) for path in paths), return_exceptions=True)
    return dict(zip(paths, results))
