# The thread pool that looks like multiprocessing's, and one buffer per file that is filled again and again.
import hashlib
from multiprocessing.pool import ThreadPool


def digest_or_error(path):
    hasher, buffer = hashlib.new("sha3_512"), bytearray(2**18)
    view = memoryview(buffer)
    try:
        with open(path, "rb", buffering=0) as file:
            while size := file.readinto(buffer):
                hasher.update(view[:size])
    except OSError as error:
        return error
    return hasher.hexdigest()


def digest_all(paths, workers):
    with ThreadPool(workers) as pool:
        results = pool.map(digest_or_error, paths, chunksize=1)
        pool.close()
        pool.join()
    return dict(zip(paths, results))
