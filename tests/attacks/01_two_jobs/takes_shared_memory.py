# 43: takes 4 GB of shared memory, which counts as a file's
import mmap


def run_both(job_a, job_b):
    blocks = []
    for _ in range(40):
        blocks.append(mmap.mmap(-1, 100 * 2**20))
        for start in range(0, len(blocks[-1]), mmap.PAGESIZE):
            blocks[-1][start] = 1
    return job_a(), job_b()
