# WRONG_RESULT: run_in_executor does not copy the context, as to_thread does.
# Says: `run_in_executor`, `submit`
import asyncio


async def gather_reports(load_blocking, keys):
    loop = asyncio.get_running_loop()
    loads = [loop.run_in_executor(None, load_blocking, key) for key in keys]
    reports = await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
