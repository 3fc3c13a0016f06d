# SWALLOWED: steps in a circle are never ready, and what is left over is not looked at.
# Says: Steps need each other in a circle, and run_plan returned
# Says: Look for a circle before you begin
import asyncio


async def run_plan(steps, do):
    results, done, running = dict.fromkeys(steps), set(), {}
    waiting = dict(steps)

    def begin_what_can_be_done():
        for name in [name for name, step in waiting.items() if done.issuperset(step.needs)]:
            del waiting[name]
            running[asyncio.create_task(do(name))] = name

    begin_what_can_be_done()
    while running:
        ended, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            name = running.pop(task)
            try:
                results[name] = task.result()
                done.add(name)
            except Exception as error:  # its place in the result
                results[name] = error
        begin_what_can_be_done()
    return results
