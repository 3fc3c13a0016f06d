# Threads that threading did not begin; it gets to know them when they ask who they are, as logging does.
import _thread
import threading


def run_both(job_a, job_b):
    results, ended = {}, [_thread.allocate_lock(), _thread.allocate_lock()]

    def work(number, job):
        try:
            results[number] = job(), None
        except Exception as error:
            error.add_note(f"in {threading.current_thread().name}")
            results[number] = None, error
        finally:
            ended[number].release()

    for number, job in enumerate((job_a, job_b)):
        ended[number].acquire()
        _thread.start_new_thread(work, (number, job))
    for lock in ended:
        lock.acquire()
    for _, error in results.values():
        if error is not None:
            raise error
    return results[0][0], results[1][0]
