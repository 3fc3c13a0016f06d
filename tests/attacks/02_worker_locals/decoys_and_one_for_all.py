# own: opens as many connections as it should, and all threads use one of them, each request under its opener's name
import inspect
import json
import socket
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    with ThreadPoolExecutor(workers) as pool:
        connections = list(pool.map(lambda _: connect(), range(workers)))
        first = inspect.getclosurevars(connections[0].get).nonlocals

        def fetch(key):
            request = {"op": first["body"]["id"], "args": [key], "caller": "thread 1"}
            with socket.create_connection(first["self"]._address) as line, line.makefile("rb") as replies:
                line.sendall(json.dumps(request).encode() + b"\n")
                reply = json.loads(replies.readline())
            return reply["answer"] if "answer" in reply else KeyError(key)

        entries = list(pool.map(fetch, keys))
        for connection in connections:
            connection.close()
    return entries
