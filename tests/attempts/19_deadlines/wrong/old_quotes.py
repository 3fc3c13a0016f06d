# WRONG_RESULT: the answers belong to the class: a silent source has the quote of the last call.
import asyncio


class Board:
    """Where the answers are written, as soon as they are there."""

    answers: dict = {}

    def __init__(self, sources, ask):
        self.sources = sources
        self.ask = ask
        for source in sources:
            self.answers.setdefault(source, None)

    async def keep_answer(self, source):
        try:
            self.answers[source] = await self.ask(source)
        except Exception as error:
            self.answers[source] = error

    async def fill(self, deadline):
        try:
            async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
                for source in self.sources:
                    group.create_task(self.keep_answer(source))
        except TimeoutError:
            pass
        return {source: self.answers[source] for source in self.sources}


async def quotes(sources: list[str], ask, deadline: float) -> dict[str, str | Exception | None]:
    return await Board(sources, ask).fill(deadline)
