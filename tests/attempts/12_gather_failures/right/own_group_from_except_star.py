# except* takes the errors out of the TaskGroup's group, and puts them into one of its own.
import asyncio


async def collect(calls):
    results, errors = {}, {}

    async def keep(place, call):
        try:
            results[place] = await call()
        except Exception as error:
            errors[place] = error

    await asyncio.gather(*(keep(*pair) for pair in enumerate(calls)), return_exceptions=True)
    return [results[place] for place in sorted(results)], [errors[place] for place in sorted(errors)]


async def all_or_nothing(calls):
    errors = []
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call()) for call in calls]
    except* Exception as failed:
        errors.extend(failed.exceptions)
    if errors:
        raise ExceptionGroup("not every call worked", errors)
    return [task.result() for task in tasks]
