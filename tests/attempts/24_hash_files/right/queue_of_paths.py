# The dictionary has all keys from the beginning; threads take paths from a queue.
import queue
import threading
from hashlib import sha3_512
from pathlib import Path

PIECE = 2**20


def digest(path):
    hasher = sha3_512()
    with Path(path).open("rb") as file:
        while piece := file.read(PIECE):
            hasher.update(piece)
    return hasher.hexdigest()


def work(todo, digests):
    while True:
        try:
            path = todo.get_nowait()
        except queue.Empty:
            return
        try:
            digests[path] = digest(path)
        except OSError as error:
            digests[path] = error


def digest_all(paths, workers):
    digests = dict.fromkeys(paths)
    todo = queue.SimpleQueue()
    for path in digests:
        todo.put(path)
    threads = [threading.Thread(target=work, args=(todo, digests)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return digests
