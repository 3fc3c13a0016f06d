"""Submit, and count in a view of the block, without a copy of the part."""

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
    view = block.buf[start:stop]
    counts = [0] * SHADES
    for red, green, blue in zip(view[0::PIXEL], view[1::PIXEL], view[2::PIXEL]):
        counts[(299 * red + 587 * green + 114 * blue) // 1000] += 1
    view.release()
    block.close()
    return counts


def histogram(data, workers, pool):
    if len(data) % PIXEL:
        raise ValueError("half a pixel")
    total = [0] * SHADES
    if not data:
        return total
    size = -(-len(data) // PIXEL // workers) * PIXEL
    block = SharedMemory(create=True, size=len(data))
    try:
        block.buf[: len(data)] = data
        futures = [
            pool.submit(count_part, block.name, start, min(start + size, len(data)))
            for start in range(0, len(data), size)
        ]
        for future in futures:
            for shade, count in enumerate(future.result()):
                total[shade] += count
    finally:
        block.close()
        block.unlink()
    return total
