"""Make some calls, of which some fail: one after the other."""


def collect(calls):
    """Make every call, whether others fail or not. Return (results, errors).

    results: what the calls that worked have returned; errors: the exceptions of those that failed;
    each a list in the order of the calls.

    A call is made with call(). In a `def`, as here, that waits and returns the result. In an
    `async def` it is a coroutine: await it.
    """
    results, errors = [], []
    for call in calls:
        try:
            results.append(call())
        except Exception as error:
            errors.append(error)
    return results, errors


def all_or_nothing(calls):
    """Make every call, and return the list of their results, in the order of the calls.

    If one fails, stop the others, and raise an ExceptionGroup with every error that happened.
    """
    results = []
    for call in calls:
        try:
            results.append(call())
        except Exception as error:
            raise ExceptionGroup("not every call worked", [error]) from None
    return results
