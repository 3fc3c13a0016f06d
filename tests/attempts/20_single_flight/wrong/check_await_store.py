# DUPLICATE: between the check and the storing it awaits, and everybody comes through.
class Once:
    def __init__(self, keep):
        self.keep = keep
        self.values = {}

    async def get(self, key, load):
        if key not in self.values:
            self.values[key] = await load(key)
        return self.values[key]
