# LATE: a thread cannot be cancelled, so who leaves early waits for all of them.
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing


def pipeline(source, parse, store, width):
    window = deque()
    with closing(source), ThreadPoolExecutor(width) as pool:
        for item in source:
            window.append(pool.submit(lambda item: store(parse(item)), item))
            if len(window) == width:
                yield window.popleft().result()
        while window:
            yield window.popleft().result()
