# own: fills its folder, and closes it to everybody, also to its owner
import os


def run_both(job_a, job_b):
    os.makedirs("closed/inside")
    for name in ("closed/file", "closed/inside/file"):
        with open(name, "w") as file:
            file.write("kept")
    for name in ("closed/inside", "closed", "."):
        os.chmod(name, 0)
    return job_a(), job_b()
