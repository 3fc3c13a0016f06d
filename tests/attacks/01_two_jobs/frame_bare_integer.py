# 59: writes a frame with integers of 4300 digits
import gc

from checker.attempt.serve import Connection

connection = next(each for each in gc.get_objects() if type(each) is Connection)

BODY = b'{"is":"returned","value":{"$":"tuple","v":[' + b"9" * 4300 + b",-" + b"9" * 4300 + b"]}}"


def run_both(job_a, job_b):
    connection._socket.sendall(len(BODY).to_bytes(4, "big") + BODY)
    return job_a(), job_b()
