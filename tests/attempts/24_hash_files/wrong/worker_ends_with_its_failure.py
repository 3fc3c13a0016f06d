# SWALLOWED: the first file that cannot be read ends the thread, and nobody takes the rest.
# Says: where the work is done
import threading
from hashlib import sha3_512


def digest(path):
    hasher = sha3_512()
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_all(paths, workers):
    digests = dict.fromkeys(paths)
    left = iter(paths)
    lock = threading.Lock()

    def work():
        try:
            while True:
                with lock:
                    path = next(left, None)
                if path is None:
                    break
                digests[path] = digest(path)
        except OSError as error:
            digests[path] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return digests
