"""How far a run is: one line that is drawn anew on a terminal, nothing in a pipe."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable
from time import monotonic
from typing import TextIO

from .say import tame

_WIDTH = 20
_EVERY_SECONDS = 0.2


#: What has ended, how many there are, and the names of what runs.
State = Callable[[], tuple[int, int, list[str]]]


class Progress:
    """Shows ``[#####---------------] 2/8  quantum-vqe  3 s`` until it is closed.

    ``state`` is asked from a thread, so that the time goes on while a cell computes.
    """

    def __init__(self, state: State, stream: TextIO | None = None) -> None:
        self._state = state
        self._stream = stream or sys.stderr
        self._begun = monotonic()
        self._done = threading.Event()
        self._thread: threading.Thread | None = None
        if self._stream.isatty():
            self._thread = threading.Thread(target=self._draw_all, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Takes the line away."""
        if self._thread is not None:
            self._done.set()
            self._thread.join()
            self._thread = None
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _draw_all(self) -> None:
        while not self._done.wait(_EVERY_SECONDS):
            ended, total, running = self._state()
            line = bar(ended, total, running, monotonic() - self._begun)
            width = shutil.get_terminal_size().columns - 1
            self._stream.write("\r" + tame(line)[:width] + "\x1b[K")
            self._stream.flush()


def bar(ended: int, total: int, running: list[str], seconds: float) -> str:
    """The line."""
    full = _WIDTH * ended // total if total else _WIDTH
    names = ", ".join(running[:3]) + (f" and {len(running) - 3} more" if len(running) > 3 else "")
    return f"[{'#' * full}{'-' * (_WIDTH - full)}] {ended}/{total}  {names}  {seconds:.0f} s"
