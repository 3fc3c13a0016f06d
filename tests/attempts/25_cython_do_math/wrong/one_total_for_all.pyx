# WRONG_RESULT: one variable for the sums of all threads.
# Says: belongs to each call
from libc.math cimport sqrt


cdef double total = 0.0


def do_math(long long start, long long num):
    cdef double center = 1000 * 1000, off_squared = 1000 * 1000
    global total
    total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt((pos - center) * (pos - center) + off_squared)
    return total
