# 11: sets the environment of whatever pytest or Python is started next
import os
import sys

os.environ["PYTEST_ADDOPTS"] = "--collect-only"
os.environ["PYTHONPATH"] = os.path.dirname(os.path.abspath(__file__))
os.environ["PYTHONOPTIMIZE"] = "1"
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def run_both(job_a, job_b):
    return job_a(), job_b()
