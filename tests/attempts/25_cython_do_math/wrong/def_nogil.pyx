# SYNTAX_ERROR: a function for Python begins with the GIL.
# Says: `with nogil:` around the loop
from libc.math cimport sqrt


def do_math(long long start, long long num) nogil:
    cdef long long center = 1000 * 1000
    cdef long long off_squared = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    while pos < num:
        pos += 1
        total += sqrt(<double> ((pos - center) * (pos - center) + off_squared))
    return total
