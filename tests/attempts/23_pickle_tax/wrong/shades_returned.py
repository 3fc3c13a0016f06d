# PICKLE: the picture stays where it is, but a number comes back for each pixel.
# Says: send back only its counts
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


def shades_of(name, start, stop):
    block = SharedMemory(name=name)
    pixels = bytes(block.buf[start:stop])
    block.close()
    reds, greens, blues = pixels[0::3], pixels[1::3], pixels[2::3]
    return [(299 * red + 587 * green + 114 * blue) // 1000 for red, green, blue in zip(reds, greens, blues)]


def histogram(data, workers, pool):
    if len(data) < PIXEL or len(data) % PIXEL:
        return count_shades(data)
    pixels = len(data) // PIXEL
    cuts = [part * pixels // workers * PIXEL for part in range(workers + 1)]
    block = SharedMemory(create=True, size=len(data))
    try:
        block.buf[: len(data)] = data
        shades = sum(pool.map(shades_of, [block.name] * workers, cuts[:-1], cuts[1:]), [])
    finally:
        block.close()
        block.unlink()
    counts = [0] * SHADES
    for shade in shades:
        counts[shade] += 1
    return counts
