# A for loop over a range, which Cython turns into one of C, and the numbers of the task in their places.
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef double total = 0.0, x
    cdef long long pos
    with nogil:
        for pos in range(start + 1, num + 1):
            x = pos - 1000000
            total += sqrt(x * x + 1e6)
    return total
