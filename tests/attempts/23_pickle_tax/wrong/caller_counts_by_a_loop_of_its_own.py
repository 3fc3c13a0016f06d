# WRONG_TOOL: the caller counts the first part itself, in a loop of its own.
# Says: were the caller's own
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
    """Count in a copy of a part of the block."""
    block = SharedMemory(name=name)
    pixels = bytes(block.buf[start:stop])
    block.close()
    counts = [0] * SHADES
    for at in range(0, len(pixels), PIXEL):
        shade = (299 * pixels[at] + 587 * pixels[at + 1] + 114 * pixels[at + 2]) // 1000
        counts[shade] += 1
    return counts


def histogram(data, workers, pool):
    if len(data) % PIXEL:
        raise ValueError(f"{len(data)} bytes are no whole pixels")
    if not data:
        return [0] * SHADES
    pixels = len(data) // PIXEL
    cuts = [part * pixels // workers * PIXEL for part in range(workers + 1)]
    block = SharedMemory(create=True, size=len(data))
    try:
        block.buf[: len(data)] = data
        futures = [pool.submit(count_part, block.name, a, b) for a, b in zip(cuts[1:], cuts[2:])]
        parts = [count_part(block.name, cuts[0], cuts[1])]  # meanwhile, the first one here
        parts += [future.result() for future in futures]
    finally:
        block.close()
        block.unlink()
    return [sum(counts) for counts in zip(*parts, strict=True)]
