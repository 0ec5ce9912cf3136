"""A whole run: reads the notebook, runs it, writes it with its outputs and its trace."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from .. import _bridge
from .._call import PYTHON_TYPES
from .engines import Engine
from .failure import RunError
from .graph import Graph, build_graph
from .node import NodeRunner
from .notebook import Notebook, read_notebook
from .outputs import show_figures_inline
from .parameters import checked_value, find_cell, port_of, read_value, set_input, split_option
from .places import find_volumes, fix_places
from .progress import Progress, State
from .report import fill_in, tell_cells, tell_sweep
from .results import Results
from .runner import CellRun, Runner
from .say import say, warn
from .store import Store, default_folder
from .sweep import Plan, Sweep, plan_sweep
from .sweep_cell import add_sweep_cell
from .trace import append_lines, entry_of, trace_line, traces_file

#: Seconds between two writes of the notebook while it runs.
_WRITE_EVERY = 5.0

OK, FAILED, STOPPED = 0, 1, 130

#: Ends what runs; a signal's handler gives the frame in which the signal came.
Stop = Callable[[FrameType | None], None]


def run_notebook(options: argparse.Namespace) -> int:
    """Does what the arguments say; gives the exit code. Raises ``RunError``."""
    source = options.notebook.resolve()
    output = (options.output or source.with_suffix(".run.ipynb")).resolve()
    if not output.parent.is_dir():
        raise RunError(f"There is no folder {output.parent} to write to.")
    if output.is_dir():
        raise RunError(f"{output} is a folder. Name a file in it.")
    notebook = read_notebook(source)
    fix_places()
    find_volumes(source, options.volume)
    notebook, graph = _with_parameters(notebook, options.param)
    plan = plan_sweep(options.sweep, notebook, graph) if options.sweep else None
    store = None
    if not options.no_cache:
        store = Store((options.cache or default_folder()).absolute(), options.cache_size)
    show_figures_inline()
    engine = _engine(options)
    results = Results(store, engine)
    node = NodeRunner(results)
    _bridge.set_store(results)
    _bridge.set_runner(node)
    try:
        run = _Run(notebook, graph, output, results, engine, options, plan)
        os.chdir(source.parent)  # where the notebook's own files are
        if engine is not None:
            engine.warm(_tasks(graph, plan))
        from . import shell  # noqa: F401  IPython is loaded while processes start

        return asyncio.run(run.run())
    finally:
        _bridge.set_store(None)
        _bridge.set_runner(None)
        node.close()
        if engine is not None:
            engine.close()


def _with_parameters(notebook: Notebook, texts: list[str]) -> tuple[Notebook, Graph]:
    notebook = notebook.copy()
    graph = build_graph(notebook.code())
    for text in texts:
        wanted, name, rest = split_option("--param", text)
        cell = find_cell(graph, notebook, wanted)
        entry, port = port_of(cell, name)
        set_input(notebook, cell, name, checked_value(entry, port, read_value(rest, port)))
        graph = build_graph(notebook.code())
    return notebook, graph


def _engine(options: argparse.Namespace) -> Engine | None:
    workers = options.workers or os.cpu_count() or 1
    if options.engine == "processes":
        from .engines.processes import ProcessEngine

        return ProcessEngine(workers)
    if options.engine == "dask":
        from .engines.cluster import DaskEngine

        return DaskEngine(options.scheduler, workers)
    return None


def _tasks(graph: Graph, plan: Plan | None) -> int:
    """How many calls may go to workers at most."""
    calls = [call for cell in graph.cells.values() for call in cell.calls]
    entries = [entry_of(call.skill) for call in calls]
    found = sum(entry is not None and entry.type in PYTHON_TYPES for entry in entries)
    return found + (len(plan.points) if plan and found else 0)


class _Run:
    """One run and what is written of it."""

    def __init__(
        self,
        notebook: Notebook,
        graph: Graph,
        output: Path,
        results: Results,
        engine: Engine | None,
        options: argparse.Namespace,
        plan: Plan | None,
    ) -> None:
        self._from, self._plan = Path.cwd(), plan
        self._notebook, self._graph, self._output = notebook, graph, output
        self._results, self._engine, self._options = results, engine, options
        self._written = time.monotonic()
        self._sweep: Sweep | None = None
        self._is_stopped = False
        self._stop_now: Stop | None = None

    async def run(self) -> int:
        """Runs cells and sweep, and writes them; gives the exit code."""
        with _interrupts(self._stop):
            return await self._run()

    def _stop(self, frame: FrameType | None) -> None:
        """Ends what runs now; between two steps, the next one does not begin."""
        self._is_stopped = True
        if self._stop_now is not None:
            self._stop_now(frame)

    async def _run(self) -> int:
        from .shell import Shell

        started, begun = time.time(), time.monotonic()
        shell = Shell()
        runner = self._runner = Runner(
            self._graph,
            shell,
            self._results,
            stages=self._engine is not None,
            on_change=self._write_now_and_then,
        )
        try:
            with self._watched(self._state, runner.stop):
                await runner.run()
            # Before a sweep begins, and all that is told of it: hours of work may stand in it.
            self._write()
            engine, ms = self._options.engine, (time.monotonic() - begun) * 1000
            cells = runner.cells
            line = trace_line(
                self._notebook, self._graph, cells, started=started, ms=ms, engine=engine
            )
            self._trace([line])
            self._sweep = await self._run_sweep(shell)
        finally:
            shell.close()
        if self._sweep is not None:
            why = await add_sweep_cell(self._notebook, self._graph, self._sweep)
            if why:
                warn(f"the sweep has no chart: {why}")
            self._write()
            self._trace(self._sweep.trace_lines(self._notebook, self._graph, engine=engine))
        return self._end()

    async def _run_sweep(self, shell: Shell) -> Sweep | None:
        if self._plan is None or self._is_stopped:
            return None
        workers = self._engine.workers if self._engine else 0
        sweep = Sweep(self._plan, shell.namespace, self._results, workers=workers)
        name = ", ".join(self._plan.names)
        with self._watched(lambda: (sweep.ended, len(sweep.points), [name]), sweep.stop):
            await sweep.run()
        return sweep

    @contextmanager
    def _watched(self, state: State, stop: Stop) -> Iterator[None]:
        """With the progress on the terminal, and Ctrl-C for a stop."""
        progress = None if self._options.quiet else Progress(state)
        self._stop_now = stop
        try:
            if self._is_stopped:
                stop(None)
            yield
        finally:
            self._stop_now = None
            if progress:
                progress.close()

    def _state(self) -> tuple[int, int, list[str]]:
        cells = list(self._runner.cells.values())
        running = [self._name(run) for run in cells if run.status in ("running", "staged")]
        return sum(run.has_ended for run in cells), len(cells), running

    def _name(self, run: CellRun) -> str:
        cell = self._graph.cells[run.id]
        return cell.call.skill if cell.call else run.id

    def _write_now_and_then(self) -> None:
        """So that a machine that fails in a long run leaves what was done."""
        if time.monotonic() - self._written > _WRITE_EVERY:
            try:
                self._write()
            except RunError as error:
                self._written = time.monotonic()
                warn(f"{error} The run goes on.")

    def _write(self) -> None:
        fill_in(self._notebook, self._runner.cells)
        with _told(self._output) as output:
            self._notebook.write(output)
        self._written = time.monotonic()

    def _trace(self, lines: list[str]) -> None:
        with _told(traces_file(self._output)) as traces:
            append_lines(traces, lines)

    def _end(self) -> int:
        cells = self._runner.cells
        tell_cells(cells)
        done = sum(run.status == "success" for run in cells.values())
        where = os.path.relpath(self._output, self._from)
        if self._is_stopped:
            warn(f"stopped: {where} has what ran before.")
        if not self._options.quiet:
            say(f"{done} of {len(cells)} cells ran: {where}")
        quiet = self._options.quiet
        swept = self._sweep is None or tell_sweep(self._sweep, cells, quiet=quiet)
        if self._is_stopped:
            return STOPPED
        return OK if done == len(cells) and swept else FAILED


@contextmanager
def _told(path: Path) -> Iterator[Path]:
    """Turns what may stop a file from being written into a ``RunError``."""
    try:
        yield path
    except (OSError, ValueError) as error:  # a full disk; NaN, which no notebook may hold
        raise RunError(f"{path} cannot be written: {error}.") from error


@contextmanager
def _interrupts(stop: Stop) -> Iterator[None]:
    """Ctrl-C and a polite end of the process stop the run."""
    kinds = [signal.SIGINT, signal.SIGTERM]
    before = [signal.signal(kind, lambda _, frame: stop(frame)) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)
