# own: leaves folders 1200 levels deep in its own folder, so that removing it fails
import os

home = os.getcwd()


def run_both(job_a, job_b):
    for _ in range(1200):
        os.mkdir("kata-attack-deep")
        os.chdir("kata-attack-deep")
    os.chdir(home)
    return job_a(), job_b()
