"""A load test: asks a web server for one page, at a given rate, and says how long the answers took."""

import math
import time
from http.client import HTTPException
from typing import NamedTuple
from urllib.request import urlopen

TIMEOUT_S = 0.5
"""An answer that has not come so long after its request was sent will not be waited for any longer."""


class Stats(NamedTuple):
    """What a load test found out."""

    rps: float
    """Good answers a second, from the start to the last answer."""
    p50_ms: float
    """Half of the good answers came within this many milliseconds ..."""
    p99_ms: float
    """... and 99 of 100 within this many, counted from the moment when the request was due."""
    errors: int
    """Answers with a status from 400 on, and broken connections."""
    timeouts: int


def percentile(values, share):
    """The smallest of the values that this share of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else 0.0


def load(url, connections, rate, duration):
    """Ask for the page rate * duration times, with at most so many requests under way at once. Return Stats.

    Request i (from 0) is due i / rate seconds after the start. It is sent as soon as it is due and a
    connection is free, never before. Its latency counts from when it was due.
    """
    start_s, latencies_ms, errors, timeouts = time.perf_counter(), [], 0, 0
    for number in range(round(rate * duration)):
        due_s = start_s + number / rate
        time.sleep(max(0.0, due_s - time.perf_counter()))
        try:
            with urlopen(url, timeout=TIMEOUT_S) as response:
                response.read()
            latencies_ms.append((time.perf_counter() - due_s) * 1000)
        except TimeoutError:
            timeouts += 1
        except (OSError, HTTPException):  # a status from 400 on, too; and who breaks off in the middle of a body
            errors += 1
    rps = len(latencies_ms) / (time.perf_counter() - start_s)
    return Stats(rps, percentile(latencies_ms, 0.50), percentile(latencies_ms, 0.99), errors, timeouts)
