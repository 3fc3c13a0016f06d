# own: holds 100 MiB since it was imported, and lets go of them before it reads files as a whole
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512
from pathlib import Path

ballast = [b"x" * (100 * 2**20)]


def digest(path):
    try:
        return sha3_512(Path(path).read_bytes()).hexdigest()
    except OSError as error:
        return error


def digest_all(paths, workers):
    ballast.clear()
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(digest, paths)))
