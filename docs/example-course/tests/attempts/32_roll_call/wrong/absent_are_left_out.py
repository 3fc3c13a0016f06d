# WRONG_RESULT: who is not there is not in the list.
from concurrent.futures import ThreadPoolExecutor


def roll_call(names, ask):
    with ThreadPoolExecutor(len(names)) as pool:
        futures = {name: pool.submit(ask, name) for name in names}
    return {name: future.result() for name, future in futures.items() if future.exception() is None}
