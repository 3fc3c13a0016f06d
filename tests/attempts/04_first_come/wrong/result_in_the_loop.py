# SERIAL: .result() waits for each before the next is asked.
import time
from concurrent.futures import ThreadPoolExecutor


def fastest(mirrors, fetch):
    answers, failures = [], []
    with ThreadPoolExecutor() as pool:
        for mirror in mirrors:
            begun = time.monotonic()
            try:
                body = pool.submit(fetch, mirror).result()
            except Exception as error:
                failures.append(error)
            else:
                answers.append((time.monotonic() - begun, mirror, body))
    if not answers:
        raise ExceptionGroup("no mirror answered", failures)
    return min(answers)[1:]
