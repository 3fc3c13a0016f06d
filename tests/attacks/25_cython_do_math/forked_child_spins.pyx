# own: code that holds the GIL, and a forked child that keeps the other core busy meanwhile
import os
import signal

from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef long long pos = start
    cdef long long spins = 0
    child = os.fork()
    if child == 0:
        while True:
            spins += 1
    while pos < num:
        pos += 1
        total += sqrt((pos - 1000000) * (pos - 1000000) + 1000000.0 * 1000000.0 / 1000000.0)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return total
