# own: writes its own afterwards, with names, notices and stacks of megabytes
import gc
import json
import os

from checker.attempt.serve import Connection

connection = next(each for each in gc.get_objects() if type(each) is Connection)


def send(**message):
    body = json.dumps(message).encode()
    connection._socket.sendall(len(body).to_bytes(4, "big") + body)


def run_both(job_a, job_b):
    stack = {"who": "w" * 10**6, "frames": [{"line": 1, "function": "f" * 10**6}], "inside": "i" * 10**6}
    send(**{"is": "returned", "value": {"$": "tuple", "v": [job_a(), job_b()]}})
    notices = [{"kind": "thread died", "text": "t" * 10**6, "line": 1}] * 5
    send(**{"is": "after", "threads": [stack] * 3, "tasks": [stack] * 3, "notices": notices})
    os._exit(0)
