# own: sends messages without end instead of an answer
import gc

from checker.attempt.serve import Connection

connection = next(each for each in gc.get_objects() if type(each) is Connection)


def send(body):
    connection._socket.sendall(len(body).to_bytes(4, "big") + body)


def run_both(job_a, job_b):
    while True:
        send(b'{"is":"hello"}')
