# 53: tries to ask for its answers before the clock starts
import gc
import socket

found = [thing for thing in gc.get_objects() if isinstance(thing, socket.socket)]
for connection in found:
    try:
        connection.setblocking(False)
        connection.recv(65536)
    except OSError:
        pass


def run_both(job_a, job_b):
    return job_a(), job_b()
