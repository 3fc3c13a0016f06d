# own: blocks and ignores every signal, and does not come back.
import signal
import time


def run_both(job_a, job_b):
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    time.sleep(20)
    return job_a(), job_b()
