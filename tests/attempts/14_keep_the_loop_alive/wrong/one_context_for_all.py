# CRASHED: a context can be entered by one thread at a time.
import asyncio
import contextvars


async def gather_reports(load_blocking, keys):
    loop, context = asyncio.get_running_loop(), contextvars.copy_context()
    loads = [loop.run_in_executor(None, context.run, load_blocking, key) for key in keys]
    reports = await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
