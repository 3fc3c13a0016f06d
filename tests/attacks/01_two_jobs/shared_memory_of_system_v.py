# own: makes shared memory that outlives it, beside two right threads
import ctypes
import os
import platform
import threading

NUMBERS = {"x86_64": (29, 31), "aarch64": (194, 195)}[platform.machine()]
LIBRARY = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    result = LIBRARY.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def harm():
    segment = call(NUMBERS[0], 0, 2**16, 0o1600)
    call(NUMBERS[1], segment, 0, None)  # it is a test: remove it again


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
