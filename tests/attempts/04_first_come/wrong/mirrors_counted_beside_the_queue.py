# WRONG_RESULT: the answers come in the order in which they are ready, and are told apart by that of the mirrors.
# Says: where ('west', b'west
import queue
import threading


def fastest(mirrors, fetch):
    answers, failures = queue.Queue(), []

    def ask(mirror):
        try:
            answers.put(fetch(mirror))
        except Exception as error:
            answers.put(error)

    for mirror in mirrors:
        threading.Thread(target=ask, args=(mirror,), daemon=True).start()
    for mirror in mirrors:
        answer = answers.get()
        if not isinstance(answer, Exception):
            return mirror, answer
        failures.append(answer)
    raise ExceptionGroup("no mirror has answered", failures)
