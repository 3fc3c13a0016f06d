# WORK_MULTIPLIED: the GIL is let go of and taken again for each root.
# Says: a `with nogil:` inside of the loop
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef long long center = 1000 * 1000
    cdef long long off_squared = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    while pos < num:
        pos += 1
        with nogil:
            total += sqrt(<double> (pos - center) * (pos - center) + off_squared)
    return total
