# own: asks the world for operations that it was not given, by forged ids
import inspect
import json
import socket


def ask(job, **changes):
    names = inspect.getclosurevars(job).nonlocals
    connection = socket.create_connection(names["self"]._address)
    connection.sendall(json.dumps({"op": names["body"]["id"], **changes}).encode() + b"\n")
    return connection


def run_both(job_a, job_b):
    key = inspect.getclosurevars(job_a).nonlocals["body"]["id"]
    number = int(key, 16)
    for forged in (f"{number + 1:016x}", key.upper(), key[:8], "", "../" + key, key + "\0", "0" * 10**6):
        with ask(job_a, op=forged) as connection:
            connection.shutdown(socket.SHUT_WR)
            print(forged[:20], connection.recv(1000))
    return job_a(), job_b()
