"""More parts than workers, a context manager of its own for the block, and a check of all that may go wrong."""

from contextlib import contextmanager
from multiprocessing.shared_memory import SharedMemory

SHADES = 256
PIXEL = 3


def count_shades(pixels):
    if len(pixels) % PIXEL:
        raise ValueError(f"{len(pixels)} bytes are no whole pixels")
    counts = [0] * SHADES
    for at in range(0, len(pixels), PIXEL):
        shade = (299 * pixels[at] + 587 * pixels[at + 1] + 114 * pixels[at + 2]) // 1000
        counts[shade] += 1
    return counts


def count_part(name, start, stop):
    block = SharedMemory(name=name)
    try:
        return count_shades(bytes(block.buf[start:stop]))
    finally:
        block.close()


@contextmanager
def shared(data):
    block = SharedMemory(create=True, size=max(1, len(data)))
    try:
        block.buf[: len(data)] = data
        yield block.name
    finally:
        block.close()
        block.unlink()


def histogram(data, workers, pool):
    if len(data) % PIXEL:
        raise ValueError("half a pixel")
    step = max(PIXEL, len(data) // PIXEL // 16 * PIXEL)
    total = [0] * SHADES
    with shared(data) as name:
        starts = range(0, len(data), step)
        stops = [min(start + step, len(data)) for start in starts]
        for counts in pool.map(count_part, [name] * len(stops), starts, stops):
            total = [one + other for one, other in zip(total, counts)]
    return total
