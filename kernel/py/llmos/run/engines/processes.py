"""Tasks in processes of this machine."""

from __future__ import annotations

import asyncio
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from . import Answer, Task
from .worker import failed, run_task

#: How often a task is tried whose process ends: what else runs on the machine may end one.
_TRIES = 4


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

    async def run(self, task: Task) -> Answer:
        async with self._turns:
            for _ in range(_TRIES):
                process = self._free.pop() if self._free else self._start()
                try:
                    answer = await asyncio.wrap_future(process.submit(run_task, task))
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
        return process

    def _end(self, process: ProcessPoolExecutor) -> None:
        """Kills it and waits for the pool's thread, which the end of Python would else meet."""
        self._all.discard(process)
        for worker in list((getattr(process, "_processes", None) or {}).values()):
            worker.kill()
        process.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Ctrl-C on the terminal reaches every process; only the client decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
