# WRONG_RESULT: range stops before its end.
# Says: The first point is `start + 1`
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef long long pos
    with nogil:
        for pos in range(start + 1, num):
            total += sqrt((pos - 1000000.0) * (pos - 1000000.0) + 1000000)
    return total
