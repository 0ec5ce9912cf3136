"""Tasks in a pool of processes of this machine."""

from __future__ import annotations

import asyncio
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from . import Answer, Task
from .worker import failed, run_task

#: How often a task is tried whose worker ends, before the task is taken to be the cause.
#: The first time others ran beside it, and may have been the cause.
_TRIES = 4


class ProcessEngine:
    """A pool of processes that start when the first task comes."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._shared: ProcessPoolExecutor | None = None
        self._single: ProcessPoolExecutor | None = None
        self._alone = asyncio.Lock()

    async def run(self, task: Task) -> Answer:
        shared = self._shared = self._shared or _pool(self.workers)
        try:
            return await asyncio.wrap_future(shared.submit(run_task, task))
        except BrokenProcessPool:
            # One process has ended, and the pool and all its tasks with it.
            if self._shared is shared:
                self._shared = None
        async with self._alone:
            return await self._run_alone(task)

    async def _run_alone(self, task: Task) -> Answer:
        """One suspect at a time, so that none is blamed for what another one does."""
        for _ in range(_TRIES - 1):
            single = self._single = self._single or _pool(1)
            try:
                return await asyncio.wrap_future(single.submit(run_task, task))
            except BrokenProcessPool:
                self._single = None
        said = f'The process that ran skill "{task.skill}" ended {_TRIES} times.'
        return failed(said, lost=True)

    def close(self) -> None:
        pools, self._shared, self._single = (self._shared, self._single), None, None
        for pool in pools:
            if pool is not None:
                processes = list((getattr(pool, "_processes", None) or {}).values())
                pool.shutdown(wait=False, cancel_futures=True)
                for process in processes:
                    process.terminate()


def _pool(workers: int) -> ProcessPoolExecutor:
    """Not forked: threads of numpy and of this process do not live in a copy."""
    context = get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """Ctrl-C on the terminal reaches every process; only the client decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
