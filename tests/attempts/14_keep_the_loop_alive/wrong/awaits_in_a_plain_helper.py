# SYNTAX_ERROR: the helper is a plain `def`, and awaits.
# Says: make `load`, in which the line stands
import asyncio


async def gather_reports(load_blocking, keys):
    def load(key):
        return await asyncio.to_thread(load_blocking, key)

    outcomes = await asyncio.gather(*(load(key) for key in keys), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return outcomes
