# SERIAL: each answer is awaited before the next one is asked for.
async def fetch_all(names, fetch):
    return [await fetch(name) for name in names]
