# WORK_MULTIPLIED: typed, but each step still calls Python's math.sqrt.
import math


def do_math(long long start, long long num):
    cdef double center = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    while pos < num:
        pos += 1
        total += math.sqrt((pos - center) * (pos - center) + 1000000)
    return total
