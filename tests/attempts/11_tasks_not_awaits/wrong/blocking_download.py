# BLOCKS_LOOP: a blocking call (here a socket's, as in requests or urllib) inside a coroutine.
import asyncio
import socket


async def greet_all(delays, say):
    async def greet(delay):
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(delay)
        try:
            listener.accept()
        except TimeoutError:
            pass
        finally:
            listener.close()
        return await say(delay)

    return [await task for task in [asyncio.create_task(greet(delay)) for delay in delays]]
