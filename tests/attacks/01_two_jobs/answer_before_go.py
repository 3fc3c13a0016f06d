# 54: says that it is ready, and answers, while it is still being imported
import gc

from checker.attempt.serve import Connection

connection = next(each for each in gc.get_objects() if type(each) is Connection)


connection.send({"is": "ready"})
connection.send({"is": "returned", "value": {"$": "tuple", "v": ["job_a-00000000", "job_b-00000000"]}})


def run_both(job_a, job_b):
    return job_a(), job_b()
