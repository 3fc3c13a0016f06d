# WRONG_RESULT: the sum is computed, and not returned.
# Says: None came back, where a float is asked for.
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef long long center = 1000 * 1000
    cdef long long off_squared = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt(<double> ((pos - center) * (pos - center) + off_squared))
