# LEAK_SESSION: urlopen opens a connection for each request, and keeps none.
import math
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import NamedTuple
from urllib.request import urlopen

TIMEOUT_S = 0.5


class Stats(NamedTuple):
    rps: float
    p50_ms: float
    p99_ms: float
    errors: int
    timeouts: int


def percentile(values, share):
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else 0.0


def load(url, connections, rate, duration):
    start_s = time.perf_counter()

    def ask(number):
        due_s = start_s + number / rate
        time.sleep(max(0.0, due_s - time.perf_counter()))
        try:
            with urlopen(url, timeout=TIMEOUT_S) as response:
                response.read()
            return (time.perf_counter() - due_s) * 1000
        except TimeoutError:
            return "timeout"
        except (OSError, HTTPException):
            return "error"

    with ThreadPoolExecutor(connections) as pool:
        answers = list(pool.map(ask, range(round(rate * duration))))
    good = [answer for answer in answers if not isinstance(answer, str)]
    rps = len(good) / (time.perf_counter() - start_s)
    return Stats(rps, percentile(good, 0.5), percentile(good, 0.99), answers.count("error"), answers.count("timeout"))
