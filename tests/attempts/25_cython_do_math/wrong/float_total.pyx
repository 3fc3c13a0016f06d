# WRONG_RESULT: a C float has seven digits.
# Says: A C `float` has seven, a `double` sixteen
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef long long center = 1000 * 1000
    cdef long long off_squared = 1000 * 1000
    cdef float total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt(<double> ((pos - center) * (pos - center) + off_squared))
    return total
