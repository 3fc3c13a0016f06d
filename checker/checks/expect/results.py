"""What the call returned or raised, and what it found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from math import inf
from typing import Any

from checker.checks.expect.demands import Demands
from checker.judge.diagnosis import choices, context, findings, flow, raising, result, sockets, suites
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.outcome import Raised, Returned


class Results(Demands):
    """What the call returned or raised, and what it found."""

    def expect_result(self, expected: object) -> None:
        """It returned exactly this: equal in value and type, all the way down."""
        self._require(raising.escaped(self.observed, expected))
        _ = self.value
        self._require(result.mismatch(self.observed, expected))

    def expect(self, is_so: bool, code: Code, sentence: str, hint: str, blind: bool = False) -> None:
        """What the check itself found out about the call; if it is not so, the mistake is this one, in these words.

        blind: a call held up like this one could have made the mistake without showing it.
        """
        self._require(None if is_so is True else diagnosis(code, sentence, hint=hint), blind=blind)

    def expect_raised(self, kind: str, hint: str | None = None) -> None:
        """An exception of this type (or a subclass of it) reached the caller. hint: what helps, if it is unknown where
        that was kept back: perhaps the work that fails was never done."""
        self._must_raise(kind, lambda: raising.not_raised(self.observed, kind, hint))

    def expect_refused(self, kind: str, why: str, hint: str) -> None:
        """It refused what it was given, with an exception of this type (or a subclass of it): no work has failed.

        why: what is wrong with that, as the beginning of a sentence. hint: what helps if it goes on all the same.
        """
        self._must_raise(kind, lambda: raising.not_refused(self.observed, kind, why, hint))

    def _must_raise(self, kind: str, complaint: Callable[[], Diagnosis | None]) -> None:
        if not isinstance(self.observed.outcome, Returned | Raised):
            _ = self.value
        if not self.raised(kind):
            self._require(complaint())
        self._may_raise = True

    def raised(self, kind: str) -> bool:
        """Whether the call ended with an exception of this type: for a check that leaves the choice of two."""
        return raising.did_raise(self.observed, kind)

    def expect_error_names(self, *words: str) -> None:
        """The message of the exception (or of one of its group's members) has each of these words, as often as it is
        given here."""
        self._require(raising.unnamed(self.observed, words))

    def expect_errors_only(self, *kinds: str, hint: str | None = None) -> None:
        """Exceptions among the results are of these types: others are the attempt's own mistakes."""
        self._require(flow.foreign_error(self.observed, self.value, kinds, hint))

    def expect_in_order(self, expected: list[Any], hint: str) -> None:
        """It returned exactly this. hint: what helps if all of it is in another order."""
        _ = self.value
        self._require(sockets.misplaced(self.observed, expected, hint))

    def expect_context(
        self, seen: Mapping[str, object], expected: Mapping[str, object], elsewhere: Collection[str] = ()
    ) -> None:
        """Every place in the program saw its own context, and no other. None: no context.

        seen, expected: by place. elsewhere: the places in tasks or threads of the work's own. The context of a part is
        that of the whole, a dash, and more.
        """
        self._require(context.mixed(self.observed, seen, expected, elsewhere))

    def expect_names(
        self, told: object, wanted: Sequence[object], who: str, hint: str | None = None, noise_s: float = inf
    ) -> None:
        """The attempt found all of this, and nothing else; `who` told it.

        noise_s: an attempt held up from outside for longer may have seen more than there was.
        """
        self._require(findings.missing(told, wanted, who, hint))
        self._require(findings.twice(told, wanted, who))
        self._require(findings.surplus(told, wanted, who, hint), noise_s)

    def expect_number(self, told: object, at_least: float, at_most: float, who: str, hint: str | None = None) -> None:
        """The attempt found a number in this range; `who` told it."""
        self._require(findings.number(told, at_least, at_most, who, hint))

    def expect_none(self, number: object, code: Code, sentence: str, hint: str | None = None) -> None:
        """There are none of what this code names; the sentence says that there are."""
        self._require(findings.left_over(number, code, sentence, hint))

    def expect_tests_passed(self, failures: object, subject: str, hint: str | None = None) -> None:
        """The attempt is a test suite: the subject is right, and no test failed ({name: [what it said, its line]})."""
        self._require(suites.no_answer(self.observed, subject))
        self._require(suites.turned_down(self.observed, failures, subject, hint))

    def expect_tests_failed(self, failures: object, code: Code, subject: str, hint: str) -> None:
        """The attempt is a test suite: the subject has the bug that this code names, and some test failed."""
        self._require(suites.no_answer(self.observed, subject))
        self._require(suites.unnoticed(self.observed, failures, code, subject, hint))

    def expect_choice(self, told: object, wanted: str, case: str, hint: str) -> None:
        """The attempt chose who does the work: "threads", "processes" or "interpreters"; `case` is when and why."""
        self._require(choices.chosen(told, wanted, case, hint))

    def expect_never_forked(self, times: object) -> None:
        """The process was never copied while another of its threads was alive. times: how often it was."""
        self._require(choices.forked(times))
