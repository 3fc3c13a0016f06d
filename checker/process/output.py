"""What the attempt prints: read as it comes, so that the pipe never fills up, and kept up to a limit."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack

MAX_KEPT_BYTES = 16 * 1024
READ_BYTES = 65536
"""As much as a pipe holds (pipe(7))."""
END_S = 1.0
"""How long reading the rest may take after all writers are dead."""


class Output:
    """Standard input, output and error of an attempt: empty input and one pipe, or the grader's own terminal."""

    def __init__(self, terminal: bool) -> None:
        self._terminal = terminal
        self._kept = bytearray()
        self._total = 0
        self._pipe: int | None = None
        self._thread: threading.Thread | None = None

    def open(self, theirs: ExitStack) -> dict[str, int]:
        """The descriptors for the attempt's process, which gets copies; `theirs` closes ours. Raises OSError."""
        if self._terminal:
            return {"stdin": 0, "stdout": 1, "stderr": 2}
        nothing = os.open(os.devnull, os.O_RDONLY)
        theirs.callback(os.close, nothing)
        self._pipe, written = os.pipe()
        theirs.callback(os.close, written)
        return {"stdin": nothing, "stdout": written, "stderr": written}

    def start(self) -> None:
        """Begin to read. Call it after `theirs` is closed."""
        if self._pipe is not None:
            thread = threading.Thread(target=self._take, args=(self._pipe,), name="checker-output", daemon=True)
            thread.start()
            self._thread, self._pipe = thread, None

    def close(self) -> None:
        """Wait for the end of the output. Call it when the writers are dead."""
        if self._thread is not None:
            self._thread.join(END_S)
        elif self._pipe is not None:  # it was never started
            os.close(self._pipe)

    @property
    def text(self) -> str:
        """The output, cut at MAX_KEPT_BYTES, with a line that says how much is missing."""
        text = self._kept.decode("utf-8", "replace")
        missing = self._total - len(self._kept)
        return f"{text}\n... and {missing} more bytes that are not kept" if missing else text

    def _take(self, pipe: int) -> None:
        while data := os.read(pipe, READ_BYTES):
            self._total += len(data)
            self._kept += data[: MAX_KEPT_BYTES - len(self._kept)]
        os.close(pipe)
