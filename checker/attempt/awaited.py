"""For scenarios: an attempt may be an `async def` where a `def` is asked for."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any


def awaited(returned: Any) -> Any:
    """What a function returned; of a coroutine, what that returns on an event loop of its own."""
    return asyncio.run(returned) if inspect.iscoroutine(returned) else returned
