# prange lets go of the GIL; without OpenMP (a compiler flag) its loop runs in one thread.
from cython.parallel cimport prange
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef long long pos
    for pos in prange(start + 1, num + 1, nogil=True):
        total += sqrt((pos - 1000000.0) * (pos - 1000000.0) + 1000000)
    return total
