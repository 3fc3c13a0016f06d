# LOST: an empty report is left out.
# Says: an empty report is a report
import asyncio


async def gather_reports(load_blocking, keys):
    reports, errors = {}, []

    async def load(place, key):
        try:
            reports[place] = await asyncio.to_thread(load_blocking, key)
        except Exception as error:
            errors.append(error)

    await asyncio.gather(*(load(*each) for each in enumerate(keys)))
    if errors:
        raise errors[0]
    return [reports[place] for place in range(len(keys)) if reports[place]]
