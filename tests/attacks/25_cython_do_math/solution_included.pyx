# 24: includes the reference solution, by the path that it has in most checkouts
import math

include "../../solutions/25_cython_do_math/attempt.pyx"


def do_math(start, num):
    center = 1000 * 1000
    total = 0.0
    pos = start
    while pos < num:
        pos += 1
        total += math.sqrt((pos - center) * (pos - center) + 1000000)
    return total
