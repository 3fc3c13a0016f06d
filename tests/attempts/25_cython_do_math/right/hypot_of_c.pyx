# C's own hypot: the root of two squares.
from libc.math cimport hypot


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef long long pos
    with nogil:
        for pos in range(start + 1, num + 1):
            total += hypot(pos - 1000000, 1000)
    return total
