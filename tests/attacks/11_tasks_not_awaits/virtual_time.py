# 30: runs an event loop whose time passes at once
import asyncio


class Loop(asyncio.SelectorEventLoop):
    now = 0.0

    def time(self):
        return self.now

    def call_at(self, when, callback, *args, context=None):
        self.now = max(self.now, when)
        return super().call_at(when, callback, *args, context=context)


asyncio.set_event_loop_policy(None)


async def fast(seconds, result=None):
    return result


asyncio.sleep = fast
asyncio.SelectorEventLoop = Loop


async def greet_all(delays, say):
    return [await say(delay) for delay in delays]
