# BLOCKS_LOOP: an `async def` changes nothing about what is called in it.
async def gather_reports(load_blocking, keys):
    reports = []
    for key in keys:
        reports.append(load_blocking(key))
    return reports
