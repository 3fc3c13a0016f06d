# SERIAL: each call is awaited before the next is made.
async def collect(calls):
    results, errors = [], []
    for call in calls:
        try:
            results.append(await call())
        except Exception as error:
            errors.append(error)
    return results, errors


async def all_or_nothing(calls):
    results = []
    for call in calls:
        try:
            results.append(await call())
        except Exception as error:
            raise ExceptionGroup("not every call worked", [error]) from None
    return results
