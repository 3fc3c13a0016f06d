"""`python -m checker.attempt.confined HIDDEN... -- COMMAND...`: run a program without rights that it does not need.

It may read what an attempt may read, and write only in the current folder. HIDDEN are folders that no attempt may read.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from checker.attempt import landlock, libc, seccomp

END = "--"


def main(arguments: list[str]) -> None:
    """Give up rights, then replace this process by the command. Raises OSError."""
    end = arguments.index(END)
    libc.drop_capabilities()
    landlock.restrict([*landlock.libraries(arguments[:end]), (str(Path.cwd()), landlock.WRITE)], [])
    seccomp.restrict(os.getpid())
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)  # Python ignores them: a program that inherits this writes on for ever
    command = arguments[end + 1 :]
    os.execvp(command[0], command)  # noqa: S606  (the grader's own command)


if __name__ == "__main__":
    main(sys.argv[1:])
