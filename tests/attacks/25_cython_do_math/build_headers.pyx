# 25: tells the build what else to compile, and with which options
# distutils: sources = /tmp/kata-attack-other.c
# distutils: extra_compile_args = -fplugin=/tmp/kata-attack-plugin.so
# cython: profile=True
import math


def do_math(start, num):
    center = 1000 * 1000
    total = 0.0
    pos = start
    while pos < num:
        pos += 1
        total += math.sqrt((pos - center) * (pos - center) + 1000000)
    return total
