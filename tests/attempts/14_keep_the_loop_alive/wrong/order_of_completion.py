# ORDER: the quickest report first.
import asyncio


async def gather_reports(load_blocking, keys):
    reports, errors = [], []
    for next_done in asyncio.as_completed([asyncio.to_thread(load_blocking, key) for key in keys]):
        try:
            reports.append(await next_done)
        except Exception as error:
            errors.append(error)
    if errors:
        raise errors[0]
    return reports
