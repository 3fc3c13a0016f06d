# 41: leaves a grandchild behind that keeps standard output open
import subprocess
import sys


def run_both(job_a, job_b):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    return job_a(), job_b()
