# LOST: workers stop while one file is still in the queue.
# Says: The others are there
import queue
import threading
from hashlib import sha3_512
from pathlib import Path

PIECE = 2**20


def digest(path):
    """Return the SHA3-512 digest of a file, as hexadecimal text. Raises OSError if the file cannot be read."""
    hasher = sha3_512()
    with Path(path).open("rb") as file:
        while piece := file.read(PIECE):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_all(paths, workers):
    jobs, found = queue.Queue(), dict.fromkeys(paths)
    for path in paths:
        jobs.put(path)

    def work():
        while jobs.qsize() > 1:
            path = jobs.get()
            try:
                found[path] = digest(path)
            except OSError as error:
                found[path] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return found
