# own: a large file is read as a whole in a forked child: what the first process needs is little
import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512
from pathlib import Path


def whole(path):
    return sha3_512(Path(path).read_bytes()).hexdigest()


def answer(path):
    try:
        return digest(path)
    except OSError as error:
        return error


def digest(path):
    if not os.path.isfile(path) or os.path.getsize(path) < 32 * 2**20:
        return whole(path)
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.write(writes, whole(path).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writes)
    told = os.read(reads, 1000).decode()
    os.close(reads)
    return told


def digest_all(paths, workers):
    paths = list(paths)
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(answer, paths)))
