"""Tasks on a Dask cluster: one that runs already, or a small one of this machine."""

from __future__ import annotations

import asyncio
import logging

from ..failure import RunError
from . import Answer, Task
from .worker import deaf_to_ctrl_c, failed, run_task

_CONNECT_SECONDS = 8

#: How seldom the processes of a cluster of our own look at themselves, for nobody here: as
#: Dask ships, they take a tenth of a core while nothing runs.
_QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
}


class DaskEngine:
    """One Dask task a skill call; Dask itself runs those of a lost worker again."""

    def __init__(self, address: str | None, workers: int) -> None:
        """``address``: of a scheduler, such as ``tcp://host:8786``; None starts a cluster."""
        try:
            from distributed import Client, LocalCluster
        except ModuleNotFoundError as error:
            raise RunError(
                f"The engine dask needs the package distributed ({error.name} is missing): "
                'run `pip install "llmos[dask]"`, or take --engine processes.'
            ) from None
        # What workers come and go is the scheduler's business, not the notebook's.
        logging.getLogger("distributed").setLevel(logging.ERROR)
        self._cluster = self._client = None
        try:
            if address is None:
                self._cluster = _local(LocalCluster, workers)
            target = self._cluster or address
            self._client = Client(target, timeout=_CONNECT_SECONDS, set_as_default=False)
            self.workers = self._threads(address)
        except BaseException as error:
            self.close()
            if not isinstance(error, (OSError, ValueError, TimeoutError, RuntimeError)):
                raise
            raise RunError(_why(address, error)) from None

    def _threads(self, address: str | None) -> int:
        threads = self._client.nthreads()
        if threads:
            return sum(threads.values())
        if address is None:
            raise RunError("Dask's workers on this machine did not start: try --engine processes.")
        raise RunError(
            f"The scheduler at {address} has no workers. Start some with "
            f"`dask worker {address}` where llmos is installed."
        )

    @property
    def client(self) -> object:
        """Dask's own client."""
        return self._client

    def warm(self, tasks: int) -> None:
        """Nothing: the cluster runs from the start."""

    async def run(self, task: Task) -> Answer:
        future = self._client.submit(run_task, task, key=f"llmos-{task.key}", pure=False)
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[None] = loop.create_future()
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(_settle, ended))
        try:
            await ended
        except asyncio.CancelledError:
            future.cancel()
            raise
        if future.status == "finished":
            return await asyncio.to_thread(future.result)
        return _lost(task, future)

    def close(self) -> None:
        if self._client is not None:
            self._client.close(timeout=2)
        if self._cluster is not None:
            self._cluster.close(timeout=5)


def _local(cluster: type, workers: int) -> object:
    """A cluster of this machine's processes."""
    import dask

    with deaf_to_ctrl_c(), dask.config.set(_QUIET):
        return cluster(
            # Loaded by all workers while the cluster starts, not by each with its first task.
            preload=[run_task.__module__],
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=logging.ERROR,
        )


def _why(address: str | None, error: BaseException) -> str:
    if address is None:
        return f"Dask did not start on this machine: {error}. Try --engine processes."
    return (
        f"There is no Dask scheduler at {address}: {error}. Start one with "
        "`dask scheduler`, and workers with `dask worker ADDRESS`."
    )


def _settle(ended: asyncio.Future[None]) -> None:
    if not ended.done():
        ended.set_result(None)


def _lost(task: Task, future: object) -> Answer:
    """What became of a task that has no answer."""
    error = future.exception(timeout=5) if future.status == "error" else None
    kind = type(error).__name__
    if isinstance(error, ModuleNotFoundError):
        return failed(
            f"A Dask worker has no package {error.name}: install there the same packages as "
            "here, llmos among them."
        )
    if kind == "KilledWorker":
        said = f'The Dask workers that ran skill "{task.skill}" ended again and again.'
        return failed(said, lost=True)
    said = f"{kind}: {error}" if error else f"its task is {future.status}"
    return failed(f'Skill "{task.skill}" came to no end on the Dask cluster: {said}.')
