# LOST: the checks call it from threads, and nobody awaits its coroutines.
# Says: `transfer` is an `async def`
import asyncio


class Account:
    def __init__(self, bank, number, owner):
        self.bank = bank
        self.number = number
        self.owner = owner
        self.lock = asyncio.Lock()


async def transfer(a, b, amount):
    bank = a.bank
    first, second = sorted((a, b), key=lambda x: x.number)
    async with first.lock, second.lock:
        balance = bank.read(a.number)
        if balance < amount:
            raise ValueError("not enough money")
        bank.confirm(a.number, b.number, amount)
        bank.write(a.number, balance - amount)
        bank.write(b.number, bank.read(b.number) + amount)
