"""The judge: what rounds of evidence say of claims. There is no other place that decides a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from checker.judge.claim import DEBUGGED, Claim, Rounds, State
from checker.judge.diagnosis import slips
from checker.model.answer import Answer, Speed, Verdict
from checker.model.evidence import Round
from checker.picture import drawing


@dataclass(frozen=True)
class Judgement:
    """A verdict, and the claim that decided it: the refuted one, or the one that is open."""

    verdict: Verdict
    rounds: Rounds
    """Up to the one that shows the verdict."""
    claim: Claim | None = None

    @property
    def round(self) -> Round:
        """The one that shows the verdict."""
        return self.rounds[-1]

    def answer(self, speed: Speed | None = None) -> Answer:
        """The verdict with its diagnosis or reason, and its picture."""
        run = self.round.attempt
        if self.claim is None:
            return Answer(verdict=self.verdict, speed=speed, output=run.output)
        failed = self.verdict is Verdict.FAILED
        if speed is not None and failed and not self.claim.earns:
            speed = msgspec.structs.replace(speed, overlapped=False)
        return Answer(
            verdict=self.verdict,
            diagnosis=slips.hinted(self.claim.tell(self.rounds), run.source) if failed else None,
            why="" if failed else DEBUGGED if run.debugged else self.claim.why(self.round),
            speed=speed,
            picture=drawing.of(self.claim.shown(run)),
            output=run.output,
        )


def judge(claims: Sequence[Claim], rounds: Rounds, final: bool = True) -> Judgement | None:
    """The verdict on rounds of the same work; None: another round, please. `final`: there will be no further round.

    A claim that is refuted in enough rounds fails the attempt. One round that proves every claim passes it: no wrong
    attempt can make one. Everything else is open, however many rounds there are.
    """
    states = [[claim.state(rounds[: number + 1]) for number in range(len(rounds))] for claim in claims]
    for claim, of_rounds in zip(claims, states, strict=True):
        against = [number for number, state in enumerate(of_rounds) if state is State.REFUTED]
        if len(against) >= claim.against:
            return Judgement(Verdict.FAILED, rounds[: against[-1] + 1], claim)
    for number in range(len(rounds)):
        if all(of_rounds[number] is State.PROVED for of_rounds in states):
            return Judgement(Verdict.PASSED, rounds[: number + 1])
    if not final:
        return None
    unproved = next(claim for claim, of_rounds in zip(claims, states, strict=True) if of_rounds[-1] is not State.PROVED)
    return Judgement(Verdict.INCONCLUSIVE, rounds, unproved)
