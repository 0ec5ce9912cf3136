"""What a worker does with a task. Importable by its name, which is all that Dask pickles."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from ... import _bridge, _pool
from ..._errors import SkillError
from ..._index import Index
from ..._record import Record, recording
from . import Answer, Task

_shell_lock = threading.Lock()


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """Processes that start within do not hear Ctrl-C: only the client decides what it means.

    On the terminal it reaches every process.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def run_task(task: Task) -> Answer:
    """Runs the call in this thread; prints and displays go into the answer alone."""
    start = perf_counter()
    if any("IPython" in entry.get("code", "") for entry in task.entries):
        _ensure_shell()
    token = _bridge.local_index.set(Index(task.entries))
    try:
        with recording(passes=False):
            run = _pool.run(task.skill, task.version, task.text, task.buffers)
            answer = asyncio.run(run)
    finally:
        _bridge.local_index.reset(token)
    answer["buffers"] = [bytes(part) for part in answer["buffers"]]
    return {**answer, "ms": (perf_counter() - start) * 1000}


def _ensure_shell() -> None:
    """Skills that display something need a shell that takes it."""
    from IPython.core.interactiveshell import InteractiveShell

    with _shell_lock:
        if not InteractiveShell.initialized():
            from ..shell import Shell

            Shell()


def failed(message: str, *, lost: bool = False) -> Answer:
    """The answer of a task that no worker could finish; ``lost``: it ended its workers."""
    return {**_pool.failure(SkillError(message), Record(None)), "ms": 0.0, "lost": lost}
