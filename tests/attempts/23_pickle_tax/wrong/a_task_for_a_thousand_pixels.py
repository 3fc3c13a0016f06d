# PICKLE: the picture is shared, and thousands of tasks are pickled.
# Says: in a few large tasks
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


def histogram(data, workers, pool):
    if len(data) < PIXEL or len(data) % PIXEL:
        return count_shades(data)
    size = 1_000 * PIXEL
    starts = range(0, len(data), size)
    block = SharedMemory(create=True, size=len(data))
    try:
        block.buf[: len(data)] = data
        parts = list(pool.map(count_part, [block.name] * len(starts), starts, [start + size for start in starts]))
    finally:
        block.close()
        block.unlink()
    return [sum(counts) for counts in zip(*parts)]
