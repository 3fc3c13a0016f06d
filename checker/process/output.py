"""What the attempt prints: taken in as it comes, so that no pipe fills up, and kept up to a cap."""

from __future__ import annotations

import os
import threading

MAX_KEPT_BYTES = 16 * 1024


class Output:
    """Standard input, output and error of an attempt: nothing and one pipe, or the grader's own terminal."""

    def __init__(self, terminal: bool) -> None:
        self._kept = bytearray()
        self._total = 0
        self._thread: threading.Thread | None = None
        self._ours: list[int] = []
        if terminal:
            self.descriptors = {"stdin": 0, "stdout": 1, "stderr": 2}
            return
        self._pipe, written = os.pipe()
        nothing = os.open(os.devnull, os.O_RDONLY)
        self._ours = [nothing, written]
        self.descriptors = {"stdin": nothing, "stdout": written, "stderr": written}
        self._thread = threading.Thread(target=self._take, name="checker-output", daemon=True)

    def start(self) -> None:
        """Begin to read, once the attempt's process has its own copies of the descriptors."""
        for descriptor in self._ours:
            os.close(descriptor)
        if self._thread is not None:
            self._thread.start()

    def close(self) -> None:
        """Wait for the end of the output: the writers are dead by now."""
        if self._thread is not None:
            self._thread.join(1.0)

    @property
    def text(self) -> str:
        """What was printed, cut at MAX_KEPT_BYTES, with a line that says how much is missing."""
        text = self._kept.decode("utf-8", "replace")
        missing = self._total - len(self._kept)
        return f"{text}\n... and {missing} more bytes that are not kept" if missing else text

    def _take(self) -> None:
        while data := os.read(self._pipe, 65536):
            self._total += len(data)
            self._kept += data[: MAX_KEPT_BYTES - len(self._kept)]
        os.close(self._pipe)
