# SWALLOWED: only a ConnectionError is raised again; any other exception comes back as if it were a report.
import asyncio


async def gather_reports(load_blocking, keys):
    loads = [asyncio.to_thread(load_blocking, key) for key in keys]
    reports = await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, ConnectionError):
            raise report
    return reports
