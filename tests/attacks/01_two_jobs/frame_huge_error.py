# own: writes a frame with an error message of 28 MB
import gc
import json

from checker.attempt.serve import Connection

connection = next(each for each in gc.get_objects() if type(each) is Connection)


def run_both(job_a, job_b):
    error = {"type": "E" * 10**6, "bases": ["E" * 1000] * 1000, "message": "kata " * 5_000_000, "line": 10**15}
    body = json.dumps({"is": "raised", "error": error}).encode()
    connection._socket.sendall(len(body).to_bytes(4, "big") + body)
    return job_a(), job_b()
