# SYNTAX_ERROR: C's functions are no Python objects, and come with cimport.
# Says: `from libc.math cimport sqrt`
from libc.math import sqrt


def do_math(long long start, long long num):
    cdef long long center = 1000 * 1000
    cdef long long off_squared = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt(<double> ((pos - center) * (pos - center) + off_squared))
    return total
