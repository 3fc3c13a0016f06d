# WORK_MULTIPLIED: compiled, but every variable is a Python object.
# Says: 15 times less is asked for
from libc.math cimport sqrt


def do_math(start, num):
    center = 1000 * 1000
    total = 0.0
    pos = start
    while pos < num:
        pos += 1
        total = total + sqrt((pos - center) * (pos - center) + 1000000)
    return total
