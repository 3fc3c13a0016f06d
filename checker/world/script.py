"""A page whose requests are answered as a script says, by their number; and a server that stands still for a while."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from checker.world.site import Page, Site


@dataclass(frozen=True)
class Turn:
    """How one request is answered: after so many seconds, with this status, or not at all (`drop`: it hangs up).

    headers_first: they come at once, and the body when it has taken its time; torn: the connection ends in the middle
    of the body.
    """

    latency_s: float
    status: int = 200
    drop: bool = False
    headers_first: bool = False
    torn: bool = False


@dataclass(frozen=True)
class Stall:
    """When request number `at` arrives (from 0), nothing more is begun for so many seconds. What was begun goes on."""

    at: int
    seconds: float


class Script:
    """One page, at `url`: its n-th request (from 0, in the order of arrival) gets `turn(n)`."""

    def __init__(self, site: Site, name: str, turn: Callable[[int], Turn], stall: Stall | None) -> None:
        path = f"/{secrets.token_hex(4)}"
        self.name = name
        self.url = f"{site.url}{path}/{name}"
        self._turn = turn
        self._stall = stall
        self._requests = 0
        self._still_until_s = 0.0
        site.add_collection(path, lambda _: self._page())

    def _page(self) -> Page:
        number, now_s = self._requests, time.perf_counter()
        self._requests += 1
        if self._stall is not None and number == self._stall.at:
            self._still_until_s = now_s + self._stall.seconds
        turn = self._turn(number)
        latency_s = max(0.0, self._still_until_s - now_s) + turn.latency_s
        return Page(self.name, latency_s, turn.status, turn.drop, headers_first=turn.headers_first, torn=turn.torn)
