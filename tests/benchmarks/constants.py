"""Which constants of the judge change a verdict? Races are recorded once, and judged again without each of them.

    python tests/benchmarks/verdicts.py --rounds 3 --busy 4 --only-raced --evidence evidence/
    python tests/benchmarks/constants.py evidence/

"Without" is the value at which a rule never says anything. What changes is counted by what it would have been: a
right attempt that fails, a wrong one that passes, one that would be open (or would have wanted another round), and a
wrong one that would be told another diagnosis. A constant that changes nothing here is one to delete, or to show a
case for.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[2]))  # what was recorded is of a class that stands in here
from checker.checks.race import hold as holding
from checker.checks.race import kinds
from checker.checks.race.runner import Runner
from checker.judge import computing
from checker.judge.claim import Claim
from checker.judge.computing import Computing
from checker.judge.judge import Judgement, judge
from checker.judge.waiting import Waiting
from checker.model.answer import Verdict
from checker.model.evidence import Round
from checker.observe.cpus import usable_cpus

WITHOUT: dict[str, tuple[float, ...]] = {
    "FLOOR_SHARE": (0.0, 1.0), "BLOCKED_S": (inf,), "ERROR": (1.0,), "MIN_CPUS": (0.0,), "GIL_CONTENDED_S": (inf,),
    "STARVED_SHARE": (0.0,), "MANY_SLEEPS": (inf,), "WORKER_SHARE": (0.0,), "NOT_ALONE": (0.0,), "AGAINST_CORES": (2,),
    "MOST_COST": (inf,), "DEAR": (inf,), "LEAST_COST": (0.0,), "SERIAL": (0.0,), "MIN_CAPACITY": (0.0,),
    "MIN_GOAL": (0.0,), "BURST": (1.0,), "STEADY": (1.0,), "TOO_MUCH": (inf,), "LEAST_WATCHED_S": (0.0,),
    "WORKING_SHARE": (0.0,), "GIL_TOLD_S": (inf,), "LOPSIDED": (0.0,), "COMPUTING_SHARE": (inf,),
}  # fmt: skip
"""Values at which a rule says nothing."""


def _claims_of(asked: Waiting | Computing) -> list[Claim]:
    return asked.claims


@dataclass
class Race:
    """One race as it was held: what was asked for, and every round that was judged."""

    attempt: str
    """EXERCISE KIND/NAME."""
    must_get: str | None
    """The code of a wrong attempt; None: it is right."""
    claims: Callable[[], list[Claim]]
    """Made again for each replay: claims take constants when they are made."""
    most_rounds: int
    rounds: list[Round] = field(default_factory=list)

    def judged(self) -> Judgement | None:
        """What the judge says of the first rounds that are enough for it."""
        claims = self.claims()
        for number in range(1, len(self.rounds) + 1):
            judgement = judge(claims, self.rounds[:number], final=number == self.most_rounds)
            if judgement is not None:
                return judgement
        return None


def _asked(race: Any, runner: Runner) -> Callable[[], list[Claim]]:
    if isinstance(race, kinds.WaitingRace | kinds.ComputingRace):
        return partial(_claims_of, race.asked)
    if isinstance(race, kinds.CodeRace):
        return partial(computing.faster_code, runner.exercise.goal, runner.exercise.limit)
    return partial(computing.two_threads, kinds.CORES_GOAL, usable_cpus())


@contextmanager
def recorder(folder: Path | None) -> Iterator[Callable[[str, str | None], None]]:
    """Writes each race that is held meanwhile into the folder; the function says whose attempt it is."""
    if folder is None:
        yield lambda _attempt, _must_get: None
        return
    folder.mkdir(parents=True, exist_ok=True)
    whose: list[tuple[str, str | None]] = [("", None)]
    held: list[Race] = []
    original_of, original_judge = kinds.of, judge

    def of(runner: Runner) -> Any:
        race = original_of(runner)
        held.append(Race(*whose[0], _asked(race, runner), race.most_rounds))
        return race

    def judging(claims: Any, rounds: Any, final: bool = True) -> Judgement | None:
        held[-1].rounds = list(rounds)
        return original_judge(claims, rounds, final)

    def write(attempt: str, must_get: str | None) -> None:
        whose[0] = (attempt, must_get)
        if held:
            number = len(list(folder.iterdir()))
            (folder / f"{number:06}.pickle").write_bytes(pickle.dumps(held))
            held.clear()

    for module, name, replacement in ((kinds, "of", of), (holding, "judge", judging)):
        setattr(module, name, replacement)
    try:
        yield write
    finally:
        write("", None)
        for module, name, original in ((kinds, "of", original_of), (holding, "judge", original_judge)):
            setattr(module, name, original)


@contextmanager
def without(name: str, value: float) -> Iterator[None]:
    """The constant has this value meanwhile, in every module that knows it by its name."""
    modules = [module for key, module in sys.modules.items() if key.startswith("checker.") and name in vars(module)]
    assert modules, f"nothing is called {name}"
    before = [getattr(module, name) for module in modules]
    for module in modules:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, old in zip(modules, before, strict=True):
            setattr(module, name, old)


def _said(judgement: Judgement | None) -> tuple[str, str]:
    """Verdict and code, as words."""
    if judgement is None or judgement.verdict is Verdict.INCONCLUSIVE:
        return "open", ""
    if judgement.claim is None:
        return "passed", ""
    return "failed", str(judgement.claim.tell(judgement.rounds).code)


def changes(races: list[Race], name: str, value: float) -> Counter[str]:
    """What would be said otherwise."""
    found: Counter[str] = Counter()
    for race in races:
        now, code = _said(race.judged())
        with without(name, value):
            then, other = _said(race.judged())
        if (now, code) == (then, other):
            continue
        kind = "right" if race.must_get is None else "wrong"
        found[f"{kind} {then}" if now != then else f"{code} -> {other}"] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evidence", type=Path, help="the folder of `verdicts.py --evidence`; only your own: pickles")
    parser.add_argument("--constant", action="append", default=[], help="only these", metavar="NAME")
    options = parser.parse_args()
    races = [race for path in sorted(options.evidence.iterdir()) for race in pickle.loads(path.read_bytes())]
    races = [race for race in races if race.rounds]
    print(f"{len(races)} races of {len({race.attempt for race in races})} attempts")
    for name, values in WITHOUT.items():
        for value in values if not options.constant or name in options.constant else ():
            found = changes(races, name, value)
            told = ", ".join(f"{what} {number}" for what, number in found.most_common())
            print(f"{name:16} {value:6} {told or 'changes nothing'}")


if __name__ == "__main__":
    main()
