# LOST: the tasks are kept by their keys: a key that occurs twice has one report.
# Says: has a place and a report of its own
import asyncio


async def gather_reports(load_blocking, keys):
    tasks = {key: asyncio.create_task(asyncio.to_thread(load_blocking, key)) for key in keys}
    reports = await asyncio.gather(*tasks.values(), return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
