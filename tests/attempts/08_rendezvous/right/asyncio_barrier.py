# Tasks instead of threads: asyncio has a Barrier, too, and a TaskGroup cancels the others.
import asyncio


async def run_phases(workers, phases, connect):
    barrier = asyncio.Barrier(len(workers))

    async def work(worker):
        connection = await connect(worker)
        try:
            reports = []
            for phase in phases:
                reports.append(await connection.work(phase))
                await barrier.wait()
            return reports
        finally:
            await connection.close()

    tasks = [asyncio.create_task(work(worker)) for worker in workers]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return {worker: task.result() for worker, task in zip(workers, sorted(done, key=tasks.index), strict=True)}
