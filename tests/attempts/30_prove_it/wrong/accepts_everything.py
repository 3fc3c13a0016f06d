# RACE: the jobs run, and nobody looks at what comes back.
import asyncio


async def test_it_runs(make_pool):
    async def job(connection):
        return 1

    async with asyncio.timeout(2):
        await make_pool(2).run([job, job, job])
