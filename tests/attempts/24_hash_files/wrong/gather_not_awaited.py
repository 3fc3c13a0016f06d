# BAD_RESULT_TYPE: a gather that nobody awaits.
# Says: `await` it, and return what that gives
import asyncio
from hashlib import sha3_512
from pathlib import Path

PIECE = 2**20


def digest(path):
    hasher = sha3_512()
    with Path(path).open("rb") as file:
        while piece := file.read(PIECE):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_or_error(path):
    try:
        return digest(path)
    except OSError as error:
        return error


async def digest_all(paths, workers):
    return dict(zip(paths, asyncio.gather(*(asyncio.to_thread(digest_or_error, path) for path in paths))))
