# Each future says what went wrong, and only then what came.
from concurrent.futures import ThreadPoolExecutor, as_completed
from hashlib import sha3_512
from pathlib import Path

PIECE = 2**20


def digest(path):
    hasher = sha3_512()
    with Path(path).open("rb") as file:
        while piece := file.read(PIECE):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_all(paths, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = {path: pool.submit(digest, path) for path in paths}
    return {path: future.exception() or future.result() for path, future in futures.items()}
