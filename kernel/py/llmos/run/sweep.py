"""Sweeps: one skill call for many values of its inputs, and the calls that depend on it (R4.10).

A point takes the notebook's variables as its run has left them, and replaces the results of
the swept calls and of those calls below that only read. Plain code below is not run again:
its effects would mix with the notebook's own.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import product
from time import perf_counter, time
from types import FrameType

from .._cachekey import Uncacheable
from .._check import check_inputs
from .._errors import SkillError
from .._harmless import Refused
from .._index import Entry, Port
from .._outputs import Outputs
from .._prepare import evaluated, stage
from .._record import recording
from .._sweep import scalars
from .failure import RunError
from .graph import Cell, Graph
from .interrupt import is_within
from .notebook import Notebook
from .parameters import (
    MOST_POINTS,
    checked_value,
    find_cell,
    port_of,
    read_values,
    split_option,
)
from .results import Results
from .runner import CellRun
from .trace import entry_of, trace_line

_SCALARS = ("number", "integer", "boolean", "string")


@dataclass(frozen=True)
class Axis:
    """An input and the values that it takes."""

    cell: str
    input: str
    unit: str
    values: tuple[object, ...]


@dataclass(frozen=True)
class Plan:
    """What a sweep runs."""

    axes: tuple[Axis, ...]
    #: Names of the axes as columns: the input's name, with the cell's where two are equal.
    names: tuple[str, ...]
    #: The calls of a point, in document order.
    cells: tuple[Cell, ...]
    #: Ids of cells that depend on the swept ones and are not run for each point.
    left_out: tuple[str, ...]

    @property
    def points(self) -> list[tuple[object, ...]]:
        """All combinations, the last axis fastest."""
        return list(product(*(axis.values for axis in self.axes)))


@dataclass
class Point:
    """One combination of values and what came of it."""

    values: tuple[object, ...]
    #: By ``target.output``; absent until its call has run.
    row: dict[str, object] = field(default_factory=dict)
    #: How its cells ended, for its trace.
    cells: dict[str, CellRun] = field(default_factory=dict)
    ms: float = 0.0

    @property
    def error(self) -> BaseException | None:
        """What stopped it."""
        return next((run.error for run in self.cells.values() if run.error), None)

    #: Seconds since 1970.
    started: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether all its calls succeeded."""
        return bool(self.cells) and all(run.status == "success" for run in self.cells.values())

    @property
    def is_cached(self) -> bool:
        """Whether nothing of it was computed."""
        return self.is_done and not any(run.computed_keys for run in self.cells.values())

    @property
    def keys(self) -> set[str]:
        """Of all its calls."""
        return {call["key"] for run in self.cells.values() for call in run.calls}


def plan_sweep(texts: list[str], notebook: Notebook, graph: Graph) -> Plan:
    """Reads ``--sweep`` arguments; raises ``RunError`` before anything has run."""
    axes = []
    for text in texts:
        wanted, name, rest = split_option("--sweep", text)
        cell = find_cell(graph, notebook, wanted)
        entry, port = port_of(cell, name)
        if not _may_be_swept(cell):
            raise RunError(
                f"Cell {cell.id} cannot be swept: its skill must be pure, and the cell be "
                "one call whose result goes into a variable and whose inputs only read."
            )
        values = [_as_axis(checked_value(entry, port, v), port) for v in read_values(rest, port)]
        if not values:
            raise RunError(f"--sweep {text} names no values.")
        # None twice, as in the site: 1 and 1.0 of an input of any type are two.
        values = {repr(value): value for value in values}.values()
        axes.append(Axis(cell.id, name, port.unit, tuple(values)))
    places = [(axis.cell, axis.input) for axis in axes]
    if len(set(places)) < len(places):
        raise RunError("An input is swept twice: give all its values in one --sweep.")
    plan = Plan(tuple(axes), _names(axes, graph), *_chain({a.cell for a in axes}, graph))
    size = 1
    for axis in axes:
        size *= len(axis.values)
    if size > MOST_POINTS:
        raise RunError(f"The sweep has {size:,} points; at most {MOST_POINTS:,} are run.")
    return plan


def _as_axis(value: object, port: Port) -> object:
    """Points of a number are floats, however they are written: 1 and 1.0 have other keys."""
    whole = port.type == "number" and type(value) is int
    return float(value) if whole else value


def _names(axes: list[Axis], graph: Graph) -> tuple[str, ...]:
    inputs = [axis.input for axis in axes]
    return tuple(
        axis.input
        if inputs.count(axis.input) == 1
        else f"{graph.cells[axis.cell].call.target}.{axis.input}"
        for axis in axes
    )


def _may_be_swept(cell: Cell) -> bool:
    entry = entry_of(cell.free_call.skill) if cell.free_call else None
    return entry is not None and entry.pure and cell.free_call.target is not None


def _chain(starts: set[str], graph: Graph) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """The calls of a point, and the cells that depend on them all the same."""
    chain: list[Cell] = []
    left: list[str] = []
    for cell in graph.cells.values():
        from_chain = [
            edge
            for edge in graph.needs(cell.id)
            if edge.name not in graph.cells[edge.start].imported
            and edge.start in {each.id for each in chain} | set(left)
        ]
        if cell.id not in starts and not from_chain:
            continue
        is_clean = all(edge.start not in left for edge in from_chain)
        gives = cell.free_call is not None and _gives_scalars(cell)
        if cell.id in starts or (is_clean and gives and _may_be_swept(cell)):
            chain.append(cell)
        else:
            left.append(cell.id)
    return tuple(chain), tuple(left)


def _gives_scalars(cell: Cell) -> bool:
    """Whether a call gives numbers for a table; charts are not drawn once a point."""
    entry = entry_of(cell.free_call.skill)
    types = {port.type for port in entry.outputs.values()} if entry else set()
    return not types.isdisjoint(_SCALARS) and "image" not in types


class Sweep:
    """Runs the points of a plan; those that are done stay, also after a stop."""

    def __init__(self, plan: Plan, namespace: dict, results: Results, *, workers: int = 0) -> None:
        """``workers``: of the engine; 0 runs one point after the other, here."""
        self.plan = plan
        self.points = [Point(values) for values in plan.points]
        self.is_stopped = False
        self._space = dict(namespace)
        self._results = results
        self._workers = workers
        self._task: asyncio.Task[None] | None = None

    @property
    def ended(self) -> int:
        """How many points have come to an end."""
        return sum(point.is_done or point.error is not None for point in self.points)

    async def run(self) -> None:
        """Runs all points."""
        self._task = asyncio.current_task()
        # Twice as many under way as there are workers: none waits for its next task.
        places = asyncio.Semaphore(max(1, self._workers * 2))

        async def run_one(point: Point) -> None:
            async with places:
                if not self.is_stopped:
                    await self._run_point(point)

        async def run_beside(point: Point) -> None:
            try:
                await run_one(point)
            except KeyboardInterrupt:
                # Out of a task of its own it would end the loop, and all that is written then.
                if not self.is_stopped:
                    raise
                self._task.cancel()

        try:
            if self._workers:
                await asyncio.gather(*map(run_beside, self.points))
            else:
                for point in self.points:
                    await run_one(point)
        except (asyncio.CancelledError, KeyboardInterrupt):
            if not self.is_stopped:
                raise
        finally:
            self._results.cancel()
            self._task = None

    def stop(self, frame: FrameType | None) -> None:
        """Ends the sweep; a signal's handler gives the frame in which the signal came."""
        self.is_stopped = True
        if self._task is None:
            return
        if is_within(frame, Sweep._call.__code__):
            raise KeyboardInterrupt  # a call computes in this process
        self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    def trace_lines(self, notebook: Notebook, graph: Graph, *, engine: str) -> list[str]:
        """One record for each point that came to an end."""
        return [
            trace_line(
                notebook,
                graph,
                point.cells,
                started=point.started,
                ms=point.ms,
                trigger="sweep",
                swept=[(axis.cell, axis.input) for axis in self.plan.axes],
                engine=engine,
            )
            for point in self.points
            if point.cells
        ]

    async def _run_point(self, point: Point) -> None:
        start, point.started = perf_counter(), time()
        space = dict(self._space)
        for cell in self.plan.cells:
            run = point.cells[cell.id] = CellRun(cell.id, "running")
            self._results.note_calls(run.calls)
            begun = perf_counter()
            try:
                with recording(passes=False):
                    outputs = await self._call(cell, point, run, space)
            except (SkillError, Refused) as error:
                run.status, run.error = "failed", error
                break
            except BaseException:
                point.cells.clear()  # stopped: the point has not been run
                raise
            finally:
                run.ms = run.ms or (perf_counter() - begun) * 1000
            run.status = "success"
            target = cell.free_call.target
            space[target] = outputs
            point.row.update((f"{target}.{n}", v) for n, v in scalars(outputs).items())
        point.ms = (perf_counter() - start) * 1000

    async def _call(self, cell: Cell, point: Point, run: CellRun, space: dict) -> Outputs:
        called, args, inputs = evaluated(cell.source, space)
        entry = called._entry
        names = list(entry.inputs)
        inputs = {**dict(zip(names, args, strict=False)), **inputs}
        for axis, value in zip(self.plan.axes, point.values, strict=True):
            if axis.cell == cell.id:
                inputs[axis.input] = value
        if self._workers:
            await self._compute(entry, check_inputs(entry, (), inputs), run)
        return await called(**inputs)  # answered by the cache, where a worker has computed it

    async def _compute(self, entry: Entry, inputs: dict, run: CellRun) -> None:
        """Has a worker compute the call for the cache, where one can."""
        try:
            key = (await stage(entry, inputs))["key"]
        except (Refused, Uncacheable):
            return  # only this process has what the call needs
        task = self._results.task(key)
        if task is not None:
            await task
        if key in self._results.computed:
            run.ms, run.is_computed = self._results.computed.pop(key), True
