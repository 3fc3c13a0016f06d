# SWALLOWED: the exception stays in a future that nobody keeps.
# Says: `pool.submit(work, path)` gives a future, and line
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
    digests = dict.fromkeys(paths)

    def work(path):
        digests[path] = digest(path)

    with ThreadPoolExecutor(workers) as pool:
        for path in paths:
            pool.submit(work, path)
    return digests
