"""A class with __anext__ and aclose in place of an async generator."""

import asyncio
from collections import deque


class Pipeline:
    def __init__(self, source, parse, store, width):
        self.source, self.parse, self.store, self.width = source, parse, store, width
        self.window = deque()
        self.exhausted = False

    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            while not self.exhausted and len(self.window) < self.width:
                try:
                    item = await anext(self.source)
                except StopAsyncIteration:
                    self.exhausted = True
                else:
                    self.window.append(asyncio.create_task(self.work(item)))
            if self.window:
                return await self.window.popleft()
        except BaseException:
            await self.aclose()
            raise
        await self.aclose()
        raise StopAsyncIteration

    async def work(self, item):
        return await self.store(await self.parse(item))

    async def aclose(self):
        for task in self.window:
            task.cancel()
        await asyncio.gather(*self.window, return_exceptions=True)
        self.window.clear()
        await self.source.aclose()


def pipeline(source, parse, store, width):
    return Pipeline(source, parse, store, width)
