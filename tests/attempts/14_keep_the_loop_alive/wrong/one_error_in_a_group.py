# CRASHED: one failure is raised as a group.
# Says: not another in its place
import asyncio
from collections.abc import Callable


async def gather_reports(load_blocking: Callable[[str], str], keys: list[str]) -> list[str]:
    loads = [asyncio.to_thread(load_blocking, key) for key in keys]
    reports = await asyncio.gather(*loads, return_exceptions=True)
    errors = [report for report in reports if isinstance(report, Exception)]
    if errors:
        raise ExceptionGroup("loads failed", errors)
    return reports
