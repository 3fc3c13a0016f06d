# HANG: a C float cannot hold 16777217, so plus one changes nothing there.
# Says: has no room for the next number
import cython
from libc.math cimport sqrt


def do_math(start: cython.float, num: cython.float):
    pos: cython.float = start
    total: cython.double = 0.0
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt((pos - 1000000.0) * (pos - 1000000.0) + 1000000)
    return total
