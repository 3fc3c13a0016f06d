# GIL_BOUND: fast, but no other thread can run meanwhile.
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef double center = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    while pos < num:
        pos += 1
        total += sqrt((pos - center) * (pos - center) + 1000000)
    return total
