# WRONG_RESULT: ask() looks `mirror` up when the answer is there.
import queue
import threading


def fastest(mirrors, fetch):
    answers = queue.Queue()
    for mirror in mirrors:

        def ask(url=mirror):
            try:
                body = fetch(url)
            except Exception as error:
                answers.put((mirror, error))
            else:
                answers.put((mirror, body))

        threading.Thread(target=ask).start()
    failures = []
    for _ in mirrors:
        who, body = answers.get()
        if not isinstance(body, Exception):
            return who, body
        failures.append(body)
    raise ExceptionGroup("no mirror has answered", failures)
