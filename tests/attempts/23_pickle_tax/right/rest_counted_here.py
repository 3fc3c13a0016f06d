# The rest that does not divide evenly is counted here, from a view that is gone before the block is closed.
"""How bright is a picture? Count the pixels of each shade of grey: on several cores, in shared memory."""

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
        return count_shades(block.buf[start:stop])  # the view is gone when that returns
    finally:
        block.close()


def histogram(data, workers, pool):
    """Return how many pixels of the whole picture have each shade. The pool counts; what does not divide evenly, which
    is fewer pixels than there are workers, is counted here."""
    if len(data) < PIXEL or len(data) % PIXEL:
        return count_shades(data)  # nothing to share, or not a picture
    share = len(data) // PIXEL // workers * PIXEL
    starts = [number * share for number in range(workers)] if share else []
    block = SharedMemory(create=True, size=len(data))
    try:
        block.buf[: len(data)] = data
        futures = [pool.submit(count_part, block.name, start, start + share) for start in starts]
        parts = [count_part(block.name, workers * share, len(data))]  # the rest
        parts += [future.result() for future in futures]
    finally:
        block.close()
        block.unlink()
    return [sum(counts) for counts in zip(*parts, strict=True)]
