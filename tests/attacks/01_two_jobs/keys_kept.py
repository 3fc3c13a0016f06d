# own: keeps something in the user's keyring for later calls, beside two right threads
import ctypes
import os
import platform
import threading

NUMBERS = {"x86_64": (248,), "aarch64": (217,)}[platform.machine()]
LIBRARY = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    result = LIBRARY.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def harm():
    call(NUMBERS[0], b"user", b"kata-attack", b"x", 1, -2)


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
