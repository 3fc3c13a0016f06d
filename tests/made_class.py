"""A made class, for tests of the reports: pure data, with names and outputs that somebody chose to do harm.

`python -m tests.made_class` writes what its reports look like now to tests/data/golden. Read the difference.
"""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import msgspec
from hypothesis import settings
from hypothesis import strategies as st

from checker.judge import grading
from checker.model.answer import Answer, AttemptResult, CheckResult, Diagnosis, Speed, Verdict
from checker.model.codes import Code
from checker.model.picture import Lane, Picture, Piece, PieceKind
from checker.report import github
from checker.report.exports import FORMATS
from checker.report.model import ExerciseInfo, Lateness, Learner, Machine, Past, Report, SubmissionResult
from tests import graded_class

STATIC = (".css", ".js")
"""Of these the golden files would only be copies."""
GOLDEN = Path(__file__).parent / "data" / "golden"
HOSTILE = '=HYPERLINK("http://x","y")'
MARKUP = "</script><img src=x onerror=alert(1)>"
TRICKS = 'Zoe, "Zo"\nSmith \x1b[31mred\x1b[0m \u202egnp.exe'
HANDED_IN = "2026-03-02T09:30:00+00:00"
FENCE = "`````\n## Passed\n| a | b |\n::error::no\n" + MARKUP + "\x1b[2J\x00"
PICTURE = Picture(
    length_s=0.6,
    lanes=tuple(
        Lane(
            label=f"page {number + 1}",
            pieces=(Piece(kind=PieceKind.IN_FLIGHT, start_s=number * 0.3, end_s=number * 0.3 + 0.3),),
        )
        for number in range(2)
    ),
)
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40) | st.sampled_from(
    [
        "=1+1",
        "\t=1",
        "\r@x",
        "-2+3",
        "+1",
        "-1.5",
        'a;"=1+1;b',
        '";" =1',
        "\x1b[31m",
        "```",
        "]]>",
        "&#0;",
        "\ud800",
        "\uffff",
        "a\rb\nc",
        "",
        ".",
    ]
)
"""Also what no file can hold, such as half of a character."""
MANY = settings(max_examples=100, deadline=None)
SERIAL = Diagnosis(
    code=Code.SERIAL,
    sentence="20 operations, never more than 1 in flight: `.result()` waits inside the loop (attempt.py:14).",
    hint="Start all of the work before you wait for any of it.",
    line=14,
)
EXERCISES = [
    ExerciseInfo(
        number="03", slug="pooled-downloads", title="Pooled downloads", max_score=6.0,
        sync="def download_all(urls):\n    ...\n",
    ),
    ExerciseInfo(number="22", slug="gil-lab", title="The GIL lab", max_score=4.0, attempt="attempt.pyx"),
]  # fmt: skip


def speed(speedup: float, overlapped: bool = True, goal: float = 4.0, limit: float = 10.0) -> Speed:
    return Speed(
        speedup=speedup, goal=goal, limit=limit, sync_s=1.2, attempt_s=1.2 / speedup, reference=limit * 0.9,
        overlapped=overlapped,
    )  # fmt: skip


def check(
    name: str,
    title: str,
    verdict: Verdict = Verdict.PASSED,
    max_score: float = 2.0,
    *,
    diagnosis: Diagnosis | None = None,
    speed: Speed | None = None,
    why: str = "",
    output: str = "",
) -> CheckResult:
    """A check's result as the plugin makes it; what failed with a diagnosis has a timeline."""
    answer = Answer(
        verdict=verdict, diagnosis=diagnosis, why=why, speed=speed, output=output,
        picture=PICTURE if diagnosis is not None else None,
    )  # fmt: skip
    return grading.check(answer, name=name, title=title, max_score=max_score, seconds=0.25)


def order(output: str = "") -> CheckResult:
    return check("test_order", "Pages come back in the order of their URLs", output=output)


def race(verdict: Verdict = Verdict.PASSED, speedup: float = 8.5, **fields: object) -> CheckResult:
    made = check("test_speed", "Twenty pages come at least 4 times faster", verdict, 4.0, speed=speed(speedup))
    return msgspec.structs.replace(made, **fields)


def attempt(exercise: str, *checks: CheckResult) -> AttemptResult:
    return grading.attempt(exercise, checks, f"{exercise}{'ab' * 31}")


def submission(name: str, *exercises: AttemptResult, learner: Learner | None = None) -> SubmissionResult:
    return SubmissionResult(
        submission=name, exercises=list(exercises), learner=learner, handed_in=HANDED_IN,
        times={each.exercise: HANDED_IN for each in exercises},
    )  # fmt: skip


def learner(name: str, login: str, number: int) -> Learner:
    """As from a roster that Canvas exported."""
    fields = {
        "Student": name, "ID": str(number), "SIS User ID": f"S{number}", "SIS Login ID": login, "Section": "A",
        "03 Pooled downloads (12345)": "", "Final Score": "",
    }  # fmt: skip
    return Learner(id=str(number), name=name, email=f"{login}@example.org", fields=fields)


def passed() -> SubmissionResult:
    counted = check("test_count", "Ten primes are counted", max_score=4.0, speed=speed(1.9, goal=1.5, limit=2.0))
    return submission("alice", attempt("03", order(), race()), attempt("22", counted), learner=learner("Ada", "a", 1))


def failed() -> SubmissionResult:
    """Serial where it should not be, half of the points elsewhere, and late."""
    serial = race(Verdict.FAILED, 1.0, score=0.0, diagnosis=SERIAL, picture=PICTURE, output="page 1\npage 2\n")
    partial = check(
        "test_count", "Ten primes are counted", Verdict.FAILED, 4.0, speed=speed(1.3, goal=1.5, limit=2.0),
        diagnosis=Diagnosis(code=Code.UNDER_USED, sentence="Only 1.3 of 2 cores were at work.", hint="Even parts."),
    )  # fmt: skip
    made = submission("bob", attempt("03", order(), serial), attempt("22", partial), learner=learner("Bob", "b", 2))
    history = [
        Past(at="2026-02-27T18:00:00+00:00", verdict=Verdict.FAILED, score=0.0, code="SYNTAX_ERROR"),
        Past(at="2026-03-01T09:30:00+00:00", verdict=None),
        Past(at="2026-03-02T09:30:00+00:00", verdict=Verdict.FAILED, score=3.0, code="SERIAL"),
    ]
    late = Lateness(days=1.25, penalty=0.2)
    return msgspec.structs.replace(made, late=late, late_by={"03": late, "22": late}, history={"03": history})


def unjudged() -> SubmissionResult:
    """One exercise could not be judged, and with the other the checker failed."""
    busy = race(Verdict.INCONCLUSIVE, 3.5, score=0.0, why="other programs took 70 % of the CPU time")
    broken = check("test_count", "Ten primes are counted", Verdict.ERROR, 4.0, why="OSError: no space left")
    results = attempt("03", order(), busy), attempt("22", broken)
    return submission("carol", *results, learner=learner("Carol", "c", 3))


def hostile() -> list[SubmissionResult]:
    """Names and output that would be commands, markup or paths, if they were let through."""
    wrong = Diagnosis(code=Code.CRASHED, sentence=f"ValueError: {MARKUP} | `x` %0A\r\n::error::1", hint="Read it.")
    crashed = check("test_order", "Pages come back in the order of their URLs", Verdict.FAILED, diagnosis=wrong)
    return [
        submission("../" + HOSTILE, attempt("03", order(FENCE)), learner=learner(HOSTILE, "-2+3", 4)),
        submission(MARKUP, attempt("03", msgspec.structs.replace(crashed, output=FENCE))),
        submission(TRICKS, attempt("03", order())),
    ]


def report() -> Report:
    """The class: passed, failed, not judged, harmful; and one who handed in nothing."""
    return Report(
        machine=Machine(cpus=2.0, python="3.12.0", platform="linux", clock="corrected", isolation="process"),
        submissions=[passed(), failed(), unjudged(), *hostile()],
        version="1.0",
        exercises=EXERCISES,
        missing=[learner("Mía, Miss", "@mia", 7)],
    )


def of(*submissions: SubmissionResult) -> Report:
    """A report of only these, as a learner's own run or a job of a CI makes it."""
    return msgspec.structs.replace(report(), submissions=list(submissions), missing=[])


def named(name: str, output: str) -> Report:
    """A report in which every text that is not ours is one of these two."""
    said = Diagnosis(code=Code.CRASHED, sentence=output, hint=output)
    crashed = check("test_order", name, Verdict.FAILED, diagnosis=said, output=output)
    unclear = check("test_speed", name, Verdict.INCONCLUSIVE, why=output)
    person, other = (
        Learner(id=f"{name}{key}", name=name, email=name, fields={name: name, "username": key}) for key in "ab"
    )
    made = of(submission(name, attempt("03", crashed, unclear), learner=person), submission(name))
    return msgspec.structs.replace(made, missing=[other])


def golden() -> dict[str, str]:
    """Every format's files, of this class and of the graded one: path below the golden folder to text."""
    classes = {"": report(), "graded/": graded_class.report()}
    made = {
        f"{folder}{name}/{path}": text
        for folder, of_class in classes.items()
        for name, export in FORMATS.items()
        for path, text in export(of_class).items()
        if not path.endswith(STATIC)
    }
    for name, alone in (("failed", of(failed())), ("unjudged", of(unjudged())), ("hostile", of(hostile()[1]))):
        made |= {
            f"github/{name}.md": github.summary(alone),
            f"github/{name}.txt": "\n".join(github.annotate(alone)) + "\n",
        }
        made |= {
            f"github/{name}.{runner}.json": base64.b64decode(encoded).decode() + "\n"
            for runner, encoded in github.results(alone).items()
        }
    return made


def main() -> None:
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for path, text in golden().items():
        (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / path).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
