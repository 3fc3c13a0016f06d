# CRASHED: the group holds the cancelled ones too.
# Says: leave out the calls
import asyncio


async def collect(calls):
    results, errors = {}, {}

    async def make(place, call):
        try:
            results[place] = await call()
        except Exception as error:
            errors[place] = error

    await asyncio.gather(*[make(*entry) for entry in enumerate(calls)], return_exceptions=True)
    return [results[place] for place in sorted(results)], [errors[place] for place in sorted(errors)]


async def all_or_nothing(calls):
    tasks = [asyncio.create_task(call()) for call in calls]
    try:
        for next_done in asyncio.as_completed(tasks):
            await next_done
    except Exception:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        raise BaseExceptionGroup("some calls failed", [o for o in outcomes if isinstance(o, BaseException)]) from None
    except asyncio.CancelledError:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
    return [task.result() for task in tasks]
