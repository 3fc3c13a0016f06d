"""The attempt's side of the boundary. Nothing here is trusted by the grader once the attempt is imported.

`__main__` is a fork server, started once per grader with everything common already imported; for each call
it forks a `keeper`, which forks the process that runs one call of one attempt (`serve`) and kills whatever
that process leaves behind. Only the standard library is imported here (and psutil, where the kernel does not list
child processes), so any CPython of a supported version can run it: `start` makes the package known there.
"""
