# SERIAL: a lock around the work, so that one thread at a time computes.
# Says: Only one thread at a time gets through a lock
import threading
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


def digest_or_error(path):
    try:
        return digest(path)
    except OSError as error:
        return error


lock = threading.Lock()


def digest_all(paths, workers):
    digests = dict.fromkeys(paths)

    def work(path):
        with lock:
            digests[path] = digest_or_error(path)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, paths))
    return digests
