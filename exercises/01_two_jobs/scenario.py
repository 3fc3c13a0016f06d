"""Calls the function of an attempt several times in one process."""

from checker.attempt.awaited import asked_by, awaited


def in_turn(attempt, *pairs) -> list[object]:
    """How run_both ends, one call after another: with both answers, sorted, or with the name of an exception.

    pairs: the answers that two jobs give. Both jobs are one function. It fails where the answer is None.
    """
    return [ended(attempt, list(pair)) for pair in pairs]


def ended(attempt, left):
    try:
        return sorted(called(attempt, left))
    except LookupError as error:
        return type(error).__name__


def called(attempt, left):
    def job():
        answer = left.pop()
        if answer is None:
            raise IndexError("there is no answer")
        return answer

    asked = asked_by(attempt.run_both, job)
    return awaited(attempt.run_both(asked, asked))
