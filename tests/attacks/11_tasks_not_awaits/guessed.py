# 32: makes up the greetings, and asks for none
async def greet_all(delays, say):
    return [f"hello after {delay}" for delay in delays]
