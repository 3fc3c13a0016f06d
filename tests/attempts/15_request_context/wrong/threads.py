# WRONG_TOOL: a thread for each request, with a context carried along by hand.
# Says: however well this one works
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context

current = ContextVar("current", default=None)


def request_id():
    return current.get()


def handle(requests, work):
    def one(ident, order):
        current.set(ident)
        return work(order)

    with ThreadPoolExecutor(16) as pool:
        futures = [pool.submit(copy_context().run, one, *request) for request in requests]
    return [future.exception() or future.result() for future in futures]
