# own: six processes have 450 MiB of shared memory each, which nobody shares
import mmap
import os
import threading
import time

MIB, EACH, PROCESSES = 2**20, 450, 6


def hold():
    block = mmap.mmap(-1, EACH * MIB)
    piece = b"x" * MIB
    for start in range(0, len(block), MIB):
        block[start : start + MIB] = piece
    time.sleep(0.6)  # six looks of the observer
    os._exit(0)


def harm():
    children = []
    for _ in range(PROCESSES):
        child = os.fork()
        if child == 0:
            hold()
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def run_both(job_a, job_b):
    answers, errors = {}, []

    def keep(name, job):
        try:
            answers[name] = job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=keep, args=pair) for pair in (("a", job_a), ("b", job_b))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    harm()
    if errors:
        raise errors[0]
    return answers["a"], answers["b"]
