"""The grader's side of the boundary: start an attempt's process, ask it, hold the clock, take it down."""

import socket

AVAILABLE = hasattr(socket, "send_fds")
"""Whether this platform can do that. Elsewhere, much of what these modules import does not exist."""
UNAVAILABLE = (
    "attempts cannot be run on this platform: it has no way to hand sockets to another process. Use Linux or macOS; on "
    "Windows, use WSL, which is Linux (https://learn.microsoft.com/windows/wsl/install)"
)


class ProcessError(Exception):
    """The grader could not run the attempt: a failure of ours."""
