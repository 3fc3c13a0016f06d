"""Records which named shared memory this process makes (multiprocessing.shared_memory)."""

from __future__ import annotations

import importlib
import os
from typing import Any

MAX_SEGMENTS = 100
MAX_NAME = 255


class Segments:
    """Records names from now on, if the system has POSIX shared memory."""

    def __init__(self) -> None:
        self.made: list[str] = []
        """In the order of creation."""
        try:
            posix: Any = importlib.import_module("_posixshmem")
        except ImportError:
            return
        shm_open = posix.shm_open

        def noted(path: str, flags: int, mode: int = 0o777) -> Any:
            descriptor = shm_open(path, flags, mode=mode)
            if flags & os.O_CREAT and len(self.made) < MAX_SEGMENTS:
                self.made.append(str(path).lstrip("/")[:MAX_NAME])
            return descriptor

        posix.shm_open = noted
