"""`checker watch`: run the checks of an exercise whenever its file is saved, on one screen."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence

import click
import msgspec

from checker import explanations
from checker.commands import companion, saves, screen, solution
from checker.commands.checking import Checking
from checker.progress import page, watch_page
from checker.progress.watch_page import Watched
from checker.report.terminal import StyledLine

ENTER, LEAVE, HOME = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l", "\x1b[H"
"""Alternate screen without a cursor; back to the normal one; cursor to the start."""
CLEAR_LINE, CLEAR_REST = "\x1b[K", "\x1b[J"
"""From the cursor on. They come before a text: after one that fills its line, xterm would clear its last character."""
MOST_KEYS = 1024
NAMED_KEY = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)")
"""What a terminal sends for a key that has a name: `\\x1b[H` is Home, which asks for no hint, and `\\x1bOQ` is F2."""


@click.command()
@click.argument("exercise", required=False, metavar="[NN]")
def watch(exercise: str | None) -> None:
    """Check exercise NN, or the next one, whenever you save it. Keys are on the screen."""
    from checker.process import scratch

    place = companion.here()
    chosen = place.one(exercise)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.ClickException(
            f"watch needs a terminal, for its screen and its keys. Without one: pytest exercises/{chosen.number}"
        )
    with scratch.own():  # a save kills a run that goes on, which leaves temporary files
        asyncio.run(Watch(place, chosen.number).go())


@contextlib.contextmanager
def _keys() -> Iterator[Callable[[], None]]:
    """Read keys one by one without echo. Afterwards the terminal is restored, whatever happens.

    Yields a function that does so for as long as this process is stopped.
    """
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)

    def enter() -> None:
        tty.setcbreak(sys.stdin)
        sys.stdout.write(ENTER)

    def leave() -> None:
        sys.stdout.write(LEAVE)
        sys.stdout.flush()
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def stop() -> None:
        leave()
        ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)  # until the shell's `fg`; without a shell, the kernel does not stop it
        signal.signal(signal.SIGTSTP, ours)
        enter()

    try:
        enter()
        yield stop
    finally:
        leave()


class Watch:
    """The watch of one learner at a terminal. It uses one thread only."""

    def __init__(self, place: companion.Place, number: str) -> None:
        self._place = place
        self._stop = asyncio.Event()
        self._run: asyncio.Task[None] | None = None
        self._saves: asyncio.Task[None] | None = None
        self._next_run: Checking | None = None
        """The next run, started while nothing else runs, so that it takes no core from a race and the next save need
        not wait for its start, about a second."""
        self._page: list[StyledLine] = []
        self._failure: BaseException | None = None
        self._turn_to(number)

    def _turn_to(self, number: str) -> None:
        self._watched = Watched(
            exercise=self._place.one(number), total=len(self._place.exercises), checks=[], running=False,
            passed=self._place.passed(),
        )  # fmt: skip

    async def go(self) -> None:
        """Watch until q or Ctrl-C. Ctrl-Z gives the terminal back to the shell until its `fg`."""
        loop = asyncio.get_running_loop()
        with _keys() as pause:
            loop.add_reader(sys.stdin.fileno(), self._read_key)
            loop.add_signal_handler(signal.SIGINT, self._stop.set)
            loop.add_signal_handler(signal.SIGTERM, self._stop.set)
            loop.add_signal_handler(signal.SIGTSTP, self._pause, pause)
            loop.add_signal_handler(signal.SIGWINCH, self._draw)
            self._begin()
            await self._stop.wait()
            loop.remove_reader(sys.stdin.fileno())
            await self._end()

    def _pause(self, pause: Callable[[], None]) -> None:
        pause()
        self._draw()

    async def _end(self) -> None:
        """End everything that goes on. Raises what has failed."""
        for task in (self._saves, self._run):
            await _ended(task)
        if self._next_run is not None:
            await self._next_run.end()
        if self._failure is not None:
            raise self._failure

    def _begin(self) -> None:
        """Start to watch the current exercise."""
        if self._saves is not None:
            self._saves.cancel()
        self._saves = self._started(self._follow())
        self._check()

    async def _follow(self) -> None:
        async for _ in saves.saves(self._watched.exercise.folder / self._watched.exercise.attempt):
            self._check()

    def _check(self) -> None:
        """Run the checks. A run that still goes on checks an older text, and is ended."""
        self._page = []
        self._run = self._started(self._checked(self._run))

    def _started(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Start a task; if it fails, the watch ends with its exception."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._noticed)
        return task

    def _noticed(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self._failure = task.exception()
            self._stop.set()

    async def _checked(self, before: asyncio.Task[None] | None) -> None:
        await _ended(before)
        self._show(checks=[], running=True, trouble="")
        checking = await self._taken()
        try:
            said = await checking.checked(lambda told: self._show(checks=[*self._watched.checks, told.result]))
        finally:
            await checking.end()
        trouble = "" if self._watched.checks else said
        self._show(running=False, trouble=trouble, passed=self._place.passed())
        self._next_run = await Checking.of(self._watched.exercise.folder, self._place.root)

    async def _taken(self) -> Checking:
        """The run that was started ahead, if it is for this exercise; else a new one."""
        ready, self._next_run = self._next_run, None
        if ready is not None and ready.folder == self._watched.exercise.folder:
            return ready
        if ready is not None:
            await ready.end()
        return await Checking.of(self._watched.exercise.folder, self._place.root)

    # --- the screen ---

    def _show(self, **changes: object) -> None:
        self._watched = msgspec.structs.replace(self._watched, **changes)
        self._draw()

    def _draw(self) -> None:
        lines = watch_page.render(self._watched, screen.fold(self._page), screen.height(), screen.width())
        *above, last = screen.rendered(lines)
        sys.stdout.write("".join([HOME, *(f"{CLEAR_LINE}{each}\r\n" for each in above), CLEAR_REST, last]))
        sys.stdout.flush()

    def _turn_page(self, lines: Sequence[StyledLine]) -> None:
        """Show these lines. They are broken when they are drawn: the terminal's width may change."""
        self._page = list(lines)
        self._draw()

    # --- keys ---

    def _read_key(self) -> None:
        does = {
            "n": self._next, "h": self._hint, "r": self._check, "l": self._list, "e": self._explain,
            "s": self._solution, " ": self._on, "q": self._stop.set, "": self._stop.set,
        }  # fmt: skip
        said = os.read(sys.stdin.fileno(), MOST_KEYS).decode("ascii", "replace")
        for key in NAMED_KEY.sub("?", said).lower() or [""]:
            does.get(key, self._back)()

    def _back(self) -> None:
        self._turn_page([])

    def _on(self) -> None:
        self._turn_page(watch_page.turned(self._watched, screen.fold(self._page), screen.height(), screen.width()))

    def _next(self) -> None:
        following = self._place.next_one(self._place.tries(), self._watched.exercise.number)
        if following is None:
            self._list()
            return
        self._turn_to(following.number)
        self._begin()

    def _hint(self) -> None:
        exercise = self._watched.exercise
        self._turn_page(list(page.hint(exercise, companion.another_hint(self._place.root, exercise))))

    def _list(self) -> None:
        self._turn_page(list(companion.overview(self._place, self._place.tries())))

    def _explain(self) -> None:
        first = next((check.diagnosis for check in self._watched.checks if check.diagnosis is not None), None)
        text = explanations.explanation(first.code) if first is not None else "There is no diagnosis to explain."
        self._turn_page([StyledLine(line) for line in text.splitlines()])

    def _solution(self) -> None:
        exercise = self._watched.exercise
        passed = watch_page.has_passed(self._watched)
        shown = list(solution.text(exercise)) if passed else [StyledLine("A solution is shown after a pass. A hint: h")]
        self._turn_page(shown)


async def _ended(task: asyncio.Task[None] | None) -> None:
    """Cancel a task, and wait until it has cleaned up."""
    if task is not None:
        task.cancel()
        await asyncio.wait([task])
