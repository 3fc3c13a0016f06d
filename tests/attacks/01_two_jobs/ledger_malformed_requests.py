# own: sends the world arguments, callers and lines that no honest attempt sends
import inspect
import json
import socket


def ask(job, **changes):
    names = inspect.getclosurevars(job).nonlocals
    connection = socket.create_connection(names["self"]._address)
    connection.sendall(json.dumps({"op": names["body"]["id"], **changes}).encode() + b"\n")
    return connection


def run_both(job_a, job_b):
    for changes in (
        {"args": 5}, {"args": {"$": "dict", "v": [[[], 1]]}}, {"args": [[[]]] * 1000},
        {"caller": "\x1b[2J" * 30, "line": -(2**62)}, {"caller": "x" * 10**5},
        {"line": 2**62}, {"beat": "x", "op": ""}, {"beat": None}, {"args": [{"$": "exception"}]},
    ):
        ask(job_a, **changes).close()
    return job_a(), job_b()
