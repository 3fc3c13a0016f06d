# own: makes no call, and has results and errors of its own
async def collect(calls):
    return ["done"] * len(calls), []


async def all_or_nothing(calls):
    raise ExceptionGroup("not every call worked", [ValueError("no")])
