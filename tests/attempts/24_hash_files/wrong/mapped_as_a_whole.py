# UNBOUNDED: a file that is mapped and hashed in one call is in memory as a whole, too.
import mmap
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


def mapped(path):
    try:
        with open(path, "rb") as file:
            if not Path(path).stat().st_size:
                return sha3_512().hexdigest()
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
                return sha3_512(view).hexdigest()
    except OSError as error:
        return error


def digest_all(paths, workers):
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(mapped, paths)))
