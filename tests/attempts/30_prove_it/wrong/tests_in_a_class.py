# MISSING: methods of a class are not found.
# Says: not methods of a class
import asyncio


class TestPool:
    async def test_order(self, make_pool):
        assert await make_pool(2).run([]) == []
