# own: makes namespaces of its own, where it is root, beside two right threads
import ctypes
import os
import platform
import threading

NUMBERS = {"x86_64": (272,), "aarch64": (97,)}[platform.machine()]
LIBRARY = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    result = LIBRARY.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def harm():
    child = os.fork()
    if child == 0:
        try:
            call(NUMBERS[0], 0x10000000)
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise PermissionError("no namespaces")


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
