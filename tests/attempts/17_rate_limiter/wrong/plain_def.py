# SERIAL: the right arithmetic, in a function that blocks whoever calls it.
import threading
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = burst, time.monotonic()
        self.turn = threading.Lock()

    def acquire(self):
        with self.turn:
            while True:
                now = time.monotonic()
                self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
                self.since = now
                if self.tokens >= 1:
                    break
                time.sleep((1 - self.tokens) / self.rate)
            self.tokens -= 1
