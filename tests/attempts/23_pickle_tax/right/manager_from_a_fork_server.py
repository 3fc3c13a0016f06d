"""A manager has the block; its process comes from a fork server, because this one has threads."""

from multiprocessing import get_context
from multiprocessing.managers import SharedMemoryManager
from multiprocessing.shared_memory import SharedMemory

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


def count_part(name, start, stop):
    """In a worker: count the shades of a part of the block with this name."""
    block = SharedMemory(name=name)
    try:
        return count_shades(bytes(block.buf[start:stop]))
    finally:
        block.close()


def histogram(data, workers, pool):
    """Return how many pixels of the whole picture have each shade. `pool` does the counting."""
    if len(data) < PIXEL or len(data) % PIXEL:
        return count_shades(data)  # nothing to share, or not a picture
    pixels = len(data) // PIXEL
    cuts = [part * pixels // workers * PIXEL for part in range(workers + 1)]
    # The pool has threads in this process, and who forks beside threads copies their locks: so no fork.
    with SharedMemoryManager(ctx=get_context("forkserver")) as manager:
        block = manager.SharedMemory(len(data))
        block.buf[: len(data)] = data
        parts = list(pool.map(count_part, [block.name] * workers, cuts[:-1], cuts[1:]))
        block.close()
    return [sum(counts) for counts in zip(*parts, strict=True)]
