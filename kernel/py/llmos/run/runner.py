"""One run of a notebook: cells in the client, skill calls ahead of them in the engine.

A task only warms the cache: when the result is there, the cell itself runs and is answered
at once. So running the cells by hand, top to bottom, gives the same values.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from types import FrameType
from typing import TYPE_CHECKING

from .graph import Cell, Graph, ready_cells
from .results import Results

if TYPE_CHECKING:
    from .shell import Shell


@dataclass
class CellRun:
    """How one cell of a run stands."""

    id: str
    #: ``waiting``, ``staged``, ``running``; at the end ``success``, ``failed``, ``blocked``
    #: or ``cancelled``.
    status: str = "waiting"
    ms: float = 0.0
    outputs: list[dict] = field(default_factory=list)
    count: int | None = None
    error: BaseException | None = None
    #: What its calls told of themselves, see ``_tell``.
    calls: list[dict] = field(default_factory=list)
    #: Whether a task of this run has computed its call.
    is_computed: bool = False
    #: Key of the call that was staged.
    key: str | None = None
    #: The cell that a blocked one waits for in vain, and the name that it needs of it.
    blocked_by: tuple[str, str] | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more comes."""
        return self.status in ("success", "failed", "blocked", "cancelled")

    @property
    def computed_keys(self) -> set[str]:
        """Of its calls that this run has computed."""
        return {call["key"] for call in self.calls if self.is_computed or not call["cached"]}


class Runner:
    """Runs the cells of a graph; what has ended stands in ``cells``, also after a stop."""

    def __init__(
        self,
        graph: Graph,
        shell: Shell,
        results: Results,
        *,
        stages: bool,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        """``stages``: whether there is an engine to give calls to."""
        self._graph = graph
        self._shell = shell
        self._results = results
        self._stages = stages
        self._on_change = on_change
        self._stopped = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        #: Whether ``stop`` was called.
        self.is_stopped = False
        blank = {cell.id for cell in graph.cells.values() if not cell.source.strip()}
        self.cells = {cell: CellRun(cell) for cell in graph.cells if cell not in blank}
        self._counts = {cell: number for number, cell in enumerate(self.cells, 1)}

    async def run(self) -> None:
        """Runs until every cell has ended."""
        self._loop = asyncio.get_running_loop()
        tried: set[str] = set()
        while waiting := {cell.id for cell in self.cells.values() if not cell.has_ended}:
            if self.is_stopped:
                self._give_up(waiting)
                return
            ready = ready_cells(self._graph, waiting)
            if self._stages:
                for cell in ready:
                    if cell not in tried and self._graph.cells[cell].calls:
                        tried.add(cell)
                        await self._stage(self._graph.cells[cell])
            now = next((cell for cell in ready if not self._is_under_way(cell)), None)
            if now is None:
                await self._wait()
            else:
                await self._run_cell(now)

    def stop(self, frame: FrameType | None) -> None:
        """Ends the run; a signal's handler gives the frame in which the signal came."""
        self.is_stopped = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopped.set)
        self._shell.interrupt(frame)

    async def _stage(self, cell: Cell) -> None:
        from .._prepare import prepare

        staged = await prepare(cell.source, self._shell.namespace)
        run = self.cells[cell.id]
        run.key = staged["key"]
        if self._is_under_way(cell.id):
            run.status = "staged"
            self._on_change()

    def _is_under_way(self, cell: str) -> bool:
        key = self.cells[cell].key
        return key is not None and self._results.task(key) is not None

    async def _wait(self) -> None:
        """Until a task has ended, or the run is stopped."""
        stopped = asyncio.ensure_future(self._stopped.wait())
        try:
            await asyncio.wait(
                [*self._results.running, stopped], return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            stopped.cancel()

    async def _run_cell(self, cell_id: str) -> None:
        run = self.cells[cell_id]
        run.status, run.count = "running", self._counts[cell_id]
        self._on_change()
        self._results.note_calls(run.calls)
        start = perf_counter()
        ended = await self._shell.run(self._graph.cells[cell_id].source, run.count)
        run.ms = (perf_counter() - start) * 1000
        run.outputs, run.error = ended.outputs, ended.error
        if run.key in self._results.computed:
            run.ms, run.is_computed = self._results.computed.pop(run.key), True
        if ended.error is None:
            run.status = "success"
        else:
            run.status = "cancelled" if self.is_stopped else "failed"
            self._block(cell_id)
        self._on_change()

    def _block(self, failed: str) -> None:
        """Marks what depends on a failed cell; what its imports had bound is there."""
        imported = self._graph.cells[failed].imported & self._shell.namespace.keys()
        lost = {failed}
        for cell in self.cells.values():
            if cell.has_ended:
                continue
            for edge in self._graph.needs(cell.id):
                if edge.start in lost and not (edge.start == failed and edge.name in imported):
                    cell.status, cell.blocked_by = "blocked", (edge.start, edge.name)
                    lost.add(cell.id)
                    break

    def _give_up(self, waiting: set[str]) -> None:
        self._results.cancel()
        for cell in waiting:
            self.cells[cell].status = "cancelled"
        self._on_change()
