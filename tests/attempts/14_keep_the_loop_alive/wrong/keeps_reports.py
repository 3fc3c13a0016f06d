# WRONG_RESULT: a key that was loaded in an earlier call is not loaded again.
"""Load some reports: in threads, while the event loop goes round."""

import asyncio

_kept = {}


async def gather_reports(load_blocking, keys):
    known = dict(_kept)  # those of earlier calls

    async def report_of(key):
        if (load_blocking, key) in known:
            return known[load_blocking, key]
        report = await asyncio.to_thread(load_blocking, key)
        _kept[load_blocking, key] = report
        return report

    reports = await asyncio.gather(*(report_of(key) for key in keys), return_exceptions=True)
    for report in reports:
        if isinstance(report, BaseException):
            raise report
    return reports
