# LEAK_TASK: cancel() only asks, and nobody waits until the tasks have tidied up.
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)], errors


async def all_or_nothing(calls):
    tasks = [asyncio.create_task(call()) for call in calls]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION) if tasks else ([], [])
    for task in pending:
        task.cancel()
    errors = [task.exception() for task in tasks if task in done and task.exception()]
    if errors:
        raise ExceptionGroup("not every call worked", errors)
    return [task.result() for task in tasks]
