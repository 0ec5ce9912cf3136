"""Tasks in processes of this machine."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context

from . import Answer, Task
from .worker import deaf_to_ctrl_c, failed, run_task

#: How often a task is tried whose process ends: what else runs on the machine may end one.
_TRIES = 4


@dataclass(frozen=True)
class _Place:
    """What a skill finds around it, which cells may change after a process has started."""

    folder: str
    path: list[str]
    environment: dict[str, str]


def _here() -> _Place:
    try:
        folder = os.getcwd()
    except FileNotFoundError:  # a cell has taken it away
        folder = ""
    return _Place(folder, list(sys.path), dict(os.environ))


class ProcessEngine:
    """Processes that start when a task finds none that is free, each a pool of its own.

    In one pool the end of a process would end all tasks beside it; and a pool that starts a
    second process can miss its end (seen with CPython 3.11: the thread that waits for the ends
    of processes is woken before the new one is on its list), so that the run would wait for
    ever.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._turns = asyncio.Semaphore(workers)
        self._free: list[ProcessPoolExecutor] = []
        self._all: set[ProcessPoolExecutor] = set()

    def warm(self, tasks: int) -> None:
        """Starts processes for so many tasks to come, which meanwhile load what those need."""
        for _ in range(min(tasks, self.workers) - len(self._all)):
            self._free.insert(0, self._start())  # the first that has started is taken first

    async def run(self, task: Task) -> Answer:
        async with self._turns:
            for _ in range(_TRIES):
                process = self._free.pop() if self._free else self._start()
                try:
                    answer = await asyncio.wrap_future(
                        process.submit(_run_as_here, task, _here())
                    )
                except BrokenProcessPool:
                    self._end(process)
                    continue
                except BaseException:
                    # Given up: what it still computes is in nobody's way.
                    self._end(process)
                    raise
                self._free.append(process)
                return answer
        said = f'The process that ran skill "{task.skill}" ended {_TRIES} times.'
        return failed(said, lost=True)

    def close(self) -> None:
        self._free.clear()
        for process in list(self._all):
            self._end(process)

    def _start(self) -> ProcessPoolExecutor:
        """Not forked: threads of numpy and of this process do not live in a copy."""
        context = get_context("spawn")
        process = ProcessPoolExecutor(1, mp_context=context, initializer=_begin)
        self._all.add(process)
        with deaf_to_ctrl_c():
            process.submit(_load)
        return process

    def _end(self, process: ProcessPoolExecutor) -> None:
        """Kills it and waits for the pool's thread, which the end of Python would else meet."""
        self._all.discard(process)
        for worker in list((getattr(process, "_processes", None) or {}).values()):
            worker.kill()
        process.shutdown(wait=True, cancel_futures=True)


def _load() -> None:
    """A first task with nothing to do: finding it has imported what tasks need."""


def _run_as_here(task: Task, place: _Place) -> Answer:
    """Runs a task in the place that the client had when it gave it."""
    if place.folder:
        os.chdir(place.folder)
    sys.path[:] = place.path
    if os.environ != place.environment:
        os.environ.clear()
        os.environ.update(place.environment)
    return run_task(task)


def _begin() -> None:
    """Where processes do not take over that they are deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
