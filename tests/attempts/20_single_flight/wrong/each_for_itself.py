# DUPLICATE: an `async def` alone shares nothing.
# Says: waits for that load, and begins none
class Once:
    def __init__(self, keep):
        self.keep = keep

    async def get(self, key, load):
        return await load(key)
