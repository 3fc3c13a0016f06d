# CRASHED: a slice of `buf` cannot be pickled, and is still open when the block is closed.
# Says: a view of it
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


def histogram(data, workers, pool):
    if len(data) < PIXEL or len(data) % PIXEL:
        return count_shades(data)
    cuts = [part * (len(data) // PIXEL) // workers * PIXEL for part in range(workers + 1)]
    block = SharedMemory(create=True, size=len(data))
    try:
        block.buf[: len(data)] = data
        parts = list(pool.map(count_shades, [block.buf[a:b] for a, b in zip(cuts, cuts[1:])]))
    finally:
        block.close()
        block.unlink()
    return [sum(counts) for counts in zip(*parts)]
