# WRONG_RESULT: nobody uses the sum, so the C compiler leaves the work out.
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt((pos - 1000000.0) * (pos - 1000000.0) + 1000000)
