"""All at the same time: an exception is an answer like others."""

import asyncio


async def roll_call(names, ask):
    """Return {name: answer}; None for who is not there."""
    answers = await asyncio.gather(*map(ask, names), return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, ConnectionError):
            raise answer
    return {
        name: None if isinstance(answer, ConnectionError) else answer
        for name, answer in zip(names, answers, strict=True)
    }
