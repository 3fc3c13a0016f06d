# CRASHED: a report cannot be awaited.
# Says: asyncio.to_thread(f, x)
import asyncio
async def gather_reports(load_blocking, keys):
    reports = []
    for key in keys:
        reports.append(await load_blocking(key))
    return reports
