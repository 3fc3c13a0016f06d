"""Connections, servers and their clients."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from checker.checks.expect.demands import Demands
from checker.judge.claim import none
from checker.judge.diagnosis import answers, closing, conduct, connections, load, rate, sockets, waits
from checker.model.evidence import Reply
from checker.world.peer import GIVES_UP_S
from checker.world.visitors import CONDITION_S

HELD_UP_S = min(GIVES_UP_S, CONDITION_S) / 2
"""Half as long as the world waits for a silent client. The attempt's own work takes some of that, too, so a call held
up for longer than this may have come too late without a mistake."""


class Traffic(Demands):
    """Connections, servers and their clients."""

    def expect_connections(self, at_most: int) -> None:
        """No more than `at_most` connections to web sites were opened: they were used again."""
        self._require(conduct.connections(self.observed, at_most))

    def expect_opened(self, times: int) -> None:
        """Exactly this many connections were opened. Whoever works beside others may open one only for its first
        request: in a call held up while the others opened theirs, these may have done its part, too."""
        self._ended_well()
        may_have_done_its_part = len(self.observed.connections) < times
        margin_s = self._spare_s("connect") if may_have_done_its_part else inf
        self._require(connections.opened(self.observed, times), margin_s)

    def expect_connections_not_shared(self) -> None:
        """No connection was used by two at once."""
        self._ended_well()
        self._claim(none(connections.shared(self.observed), shown=connections.marked))

    def expect_connections_owned(self) -> None:
        """Each connection was used only by the thread or task that opened it."""
        self._ended_well()
        self._require(connections.owned(self.observed))

    def expect_connections_closed(self) -> None:
        """Every connection was closed before the call was over."""
        self._ended_well()
        self._require(connections.left_open(self.observed))

    def expect_closed(self, operation: str, what: str) -> None:
        """`what` was opened, and this operation, which closes it, came to its end before the return."""
        self._require(closing.left_open(self.observed, operation, what))

    def expect_nothing_remembered(self, what: str) -> None:
        """Its result, a number that the scenario has counted, is 0: no such thing is referred to any longer."""
        self._require(closing.remembered(self.observed, self.value, what))

    def expect_sockets_closed(self) -> None:
        """Every connection that the call opened is closed."""
        self._ended_well()
        self._require(sockets.left_open(self.observed))

    def expect_replies(
        self, replies: Sequence[Reply], expected: Sequence[tuple[int | None, object]], hint: str | None = None
    ) -> None:
        """The clients of the attempt's server got these statuses and answers. An answer of None stands for any."""
        _ = self.value
        self._require(answers.wrong(self.observed, replies, expected, hint))

    def expect_served_beside(self, replies: Sequence[Reply], silent: int, quick: int) -> None:
        """Of the clients with these numbers, the silent one did not keep the quick one waiting."""
        _ = self.value
        self._require(sockets.kept_waiting(replies[silent], replies[quick]), HELD_UP_S)

    def expect_received(self, received: bytes | None, expected: bytes) -> None:
        """The other side received exactly this. It gives up on a client that sends nothing for a while."""
        _ = self.value
        self._require(sockets.not_received(received, expected), HELD_UP_S)

    def expect_long_ones_together(self, least_s: float, at_least: int) -> None:
        """Of the operations that take `least_s` or longer, `at_least` were in flight at once."""
        _ = self.value
        too_few = load.long_ones_together(self.observed, least_s, at_least)
        self._require(too_few, load.spare_s(self.observed, least_s))

    def expect_requests(self, name: str, times: int) -> None:
        """Exactly this many requests came for this page. A call held up may have given some up before sending them."""
        _ = self.value
        self._require(load.unread(self.observed))
        self._require(load.too_many(self.observed, name, times))
        self._require(load.too_few(self.observed, name, times), load.HELD_UP_S)

    def expect_rate_limit(
        self, name: str, per_s: float, burst: int, hint: str | None = None, shows_s: float = inf
    ) -> None:
        """In no window of time did more than burst + per_s * window of these operations begin.

        shows_s: how much too early they would begin without a limit; a call that waited longer for a core shows none.
        """
        complaint, margin_s = rate.too_many(self.observed, name, per_s, burst, hint) or (None, inf)
        # Operations that had to wait for a blocked loop begin all at once.
        told = complaint and (waits.blocked(self.observed) or complaint)
        self._require(told, margin_s, blind=self.observed.cpu.wait_s + self.observed.stolen_s > shows_s)

    def expect_rate(self, name: str, per_s: float) -> None:
        """The requests for this page came when they were due: none before, and all at that rate."""
        _ = self.value
        self._require(load.too_few(self.observed, name, 1), load.HELD_UP_S)
        self._require(load.ahead(self.observed, name, per_s))
        self._require(load.behind(self.observed, name, per_s, excused_s=self.observed.delayed_s))
        self._require(load.behind(self.observed, name, per_s), margin_s=0.0)

    def expect_load_figures(self, name: str, per_s: float, skewed: bool = False) -> None:
        """The rps, p50_ms and p99_ms that it returned are what the server saw, counted from when requests were due.

        skewed: a few slow answers move the mean far from the median; where others held it up until the two met, nobody
        can tell which of them it returned.
        """
        self._require(load.no_figures(self.value))
        self._require(load.unanswered(self.observed, name), load.HELD_UP_S)
        hidden = load.first_hides(self.observed, name, per_s, self.value)
        self._require(load.too_good(self.observed, name, per_s, self.value), blind=hidden)
        met = skewed and load.middle_is_mean(self.observed, name, per_s)
        self._require(load.too_bad(self.observed, name, per_s, self.value), load.HELD_UP_S, blind=met)
