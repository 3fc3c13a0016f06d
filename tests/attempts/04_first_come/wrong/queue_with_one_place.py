# LEAK_THREAD: the losers wait for ever for a place in the queue.
# Says: that nobody empties
import queue
import threading


def fastest(mirrors, fetch):
    ch = queue.Queue(maxsize=1)

    def go(mirror):
        try:
            result = mirror, fetch(mirror), None
        except Exception as err:
            result = mirror, None, err
        ch.put(result)

    for mirror in mirrors:
        threading.Thread(target=go, args=(mirror,), daemon=True).start()
    errs = []
    for _ in mirrors:
        mirror, body, err = ch.get()
        if err is None:
            return mirror, body
        errs.append(err)
    raise ExceptionGroup("no mirror has answered", errs)
