# PICKLE: each worker reads its part of a file: what is read was written by somebody, and sent.
# Says: `mmap` it
import os
import tempfile
from itertools import pairwise

SHADES = 256
PIXEL = 3


def count_shades(pixels):
    """Return how many of these pixels have shade 0 (black), 1, ... 255 (white). Raises ValueError for half a pixel."""
    if len(pixels) % PIXEL:
        raise ValueError(f"{len(pixels)} bytes are no whole pixels")
    counts = [0] * SHADES
    for at in range(0, len(pixels), PIXEL):
        shade = (299 * pixels[at] + 587 * pixels[at + 1] + 114 * pixels[at + 2]) // 1000
        counts[shade] += 1
    return counts


def count_in_file(path, start, stop):
    with open(path, "rb") as file:
        file.seek(start)
        return count_shades(file.read(stop - start))


def histogram(data, workers, pool):
    """A temporary file, which each worker reads its part of: the page cache is the shared memory."""
    count_shades(data[: len(data) % PIXEL])
    with tempfile.NamedTemporaryFile(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as file:
        file.write(data)
        file.flush()
        cuts = [len(data) // PIXEL * k // workers * PIXEL for k in range(workers + 1)]
        futures = [pool.submit(count_in_file, file.name, *part) for part in pairwise(cuts)]
        return [sum(each) for each in zip(*(future.result() for future in futures))]
