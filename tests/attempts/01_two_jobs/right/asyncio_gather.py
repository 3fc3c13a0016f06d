# Another tool, the same result: the exercise asks for two waits at once, however.
import asyncio


async def run_both(job_a, job_b):
    answer_a, answer_b = await asyncio.gather(job_a(), job_b(), return_exceptions=True)
    for answer in (answer_a, answer_b):
        if isinstance(answer, Exception):
            raise answer
    return answer_a, answer_b
