# Cython's "pure Python mode": types as annotations and decorators, and the file is still Python.
import cython
from cython.cimports.libc.math import sqrt


def do_math(start: cython.longlong, num: cython.longlong):
    center: cython.double = 1000 * 1000
    total: cython.double = 0.0
    pos: cython.longlong = start
    with cython.nogil:
        while pos < num:
            pos += 1
            total += sqrt((pos - center) * (pos - center) + 1000000)
    return total
