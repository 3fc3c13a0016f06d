"""Calls the function of an attempt several times in one process."""

from checker.attempt.awaited import asked_by, awaited


def in_turn(attempt, *pairs) -> list[object]:
    """How run_both ends, one call after another: with both answers, sorted, or with the name of an exception.

    pairs: the answers that two jobs give. Both jobs are one function. It fails where the answer is None. An exception
    that is not the very one which a job has raised is "another" one.
    """
    return [ended(attempt, list(pair)) for pair in pairs]


def ended(attempt, left):
    raised = []
    try:
        return sorted(called(attempt, left, raised), key=str)  # None may be among them
    except LookupError as error:
        name = type(error).__name__
        return name if any(error is each for each in raised) else f"another {name}"


def called(attempt, left, raised):
    def job():
        answer = left.pop()
        if answer is None:
            raised.append(IndexError("there is no answer"))
            raise raised[-1]
        return answer

    asked = asked_by(attempt.run_both, job)
    return awaited(attempt.run_both(asked, asked))
