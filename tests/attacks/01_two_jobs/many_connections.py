# 58: opens 600 connections to the world and never reads.
import inspect
import socket


def run_both(job_a, job_b):
    names = inspect.getclosurevars(job_a).nonlocals
    address = names["self"]._address if "self" in names else ("127.0.0.1", 9)
    lines = []
    try:
        for _ in range(600):
            lines.append(socket.create_connection(address, timeout=1))
            lines[-1].sendall(b'{"op": "')
    except OSError as error:
        print(error)
    return job_a(), job_b()
