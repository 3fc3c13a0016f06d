# gather keeps what wait_for raises: a TimeoutError there means None.
import asyncio


async def quotes(sources, ask, deadline):
    answers = await asyncio.gather(
        *(asyncio.wait_for(ask(source), deadline) for source in sources), return_exceptions=True
    )
    return {
        source: None if isinstance(answer, TimeoutError) else answer
        for source, answer in zip(sources, answers, strict=True)
    }
