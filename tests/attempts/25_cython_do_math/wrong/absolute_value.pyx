# WRONG_RESULT: as if the lighthouse stood on the line: the root of a square is left, and fabs does that.
from libc.math cimport fabs


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += fabs(pos - 1000000.0)
    return total
