# hashlib reads the pieces, and each future is asked for its exception.
import hashlib
from concurrent.futures import ThreadPoolExecutor


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha3_512").hexdigest()


def digest_all(paths, workers):
    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = {path: pool.submit(digest, path) for path in paths}
    return {path: future.exception() or future.result() for path, future in futures.items()}
