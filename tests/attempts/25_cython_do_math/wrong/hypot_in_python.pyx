# WORK_MULTIPLIED: typed, but each step calls Python's math.hypot.
import math


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef long long pos = start
    while pos < num:
        pos += 1
        total += math.hypot(pos - 1000000.0, 1000.0)
    return total
