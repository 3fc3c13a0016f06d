"""What waited for what: needs, cancellations, deadlines, the event loop, locks."""

from __future__ import annotations

from collections.abc import Sequence

from checker.checks.expect.demands import Demands
from checker.judge.claim import none
from checker.judge.diagnosis import answers, conduct, locks, phases, sockets, waits
from checker.judge.plan import Needs


class Order(Demands):
    """What waited for what: needs, cancellations, deadlines, the event loop, locks."""

    def expect_needs_met(self, needs: Needs) -> None:
        """No operation began before those that it needs (all by their keys) had ended."""
        self._claim(none(waits.needs_met(self.observed, needs), shown=lambda run: waits.marked(run, needs)))

    def expect_before(self, first: str, then: str) -> None:
        """For each key, no operation `then` began before its own operation `first` had been answered."""
        self._require(conduct.too_early(self.observed, first, then))

    def expect_apart(self, steps: Sequence[Sequence[str]]) -> None:
        """Operations in steps (by their keys): none began before all of the step before had ended."""
        self._ended_well()
        self._claim(none(phases.apart(self.observed, steps), shown=lambda run: phases.marked(run, steps)))

    def expect_no_new_operation(self) -> None:
        """Nothing began after the call had returned."""
        self._require(waits.started_after(self.observed), waits.started_late_s(self.observed))

    def expect_cancelled(self, name: str, times: int) -> None:
        """Exactly this many operations of this name (or key) were cancelled."""
        self._not_mistaken()
        self._require(waits.cancelled(self.observed, name, times), self._spare_s(name))

    def expect_tidied_up(self, name: str, disturbed_by: str | None = None) -> None:
        """Whichever of these operations were cancelled: each tidied up before the call returned.

        disturbed_by: an operation that begins when the tidying up may be cut short. A call that was held up, and tidied
        up at another moment, has not shown that nothing does.
        """
        blind = disturbed_by is not None and not waits.tidied_up_meanwhile(self.observed, name, disturbed_by)
        self._require(waits.tidied_up(self.observed, name), blind=blind)

    def expect_not_waiting_for(self, name: str) -> None:
        """The call returned before any operation of this name (or key) could have ended by itself."""
        self._require(waits.not_waited_for(self.observed, name), self._spare_s(name))

    def expect_given_up(self, *names: str, why: str, hint: str | None = None) -> None:
        """No operation of these names came to its end: nobody needed them any longer, for the reason `why`."""
        _ = self.value
        self._require(answers.not_given_up(self.observed, names, why, hint), self._spare_s(*names))

    def expect_loop_alive(self, name: str) -> None:
        """The event loop, if there is one, came round during each of these (long) operations."""
        margin_s = min(self._spare_s(name), self._margin_s)
        run, why = self.observed, waits.why_unsure(self.observed, margin_s)
        self._at_most(0, waits.stood_still(run, name, margin_s), lambda: waits.blocks_loop(run, name), why)

    def expect_over_before(self, quick: str, slow: str, why: str, hint: str = sockets.SEND_IN_PARTS) -> None:
        """The operation `quick` was over before `slow`, which it does not need. `why` says what else it means.

        Each is a name, a key, or both.
        """
        self._require(sockets.would_block(self.observed))
        _ = self.value
        blind = sockets.hidden(self.observed, quick, slow)
        self._require(sockets.held_up(self.observed, quick, slow, why, hint), self._spare_s(slow), blind=blind)

    def expect_lock_order(self) -> None:
        """No two threads took locks in different orders, so that they can never wait for each other."""
        self._require(locks.order(self.observed))
