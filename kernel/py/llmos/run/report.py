"""What is said of a run: in its notebook, and on the terminal when it is over."""

from __future__ import annotations

from .notebook import Notebook, source_of
from .runner import CellRun
from .say import say, warn
from .sweep import Sweep


def fill_in(notebook: Notebook, cells: dict[str, CellRun]) -> None:
    """Writes how the cells stand into the notebook: outputs and numbers, no status."""
    for identity, cell in zip(notebook.ids, notebook.cells, strict=True):
        is_blank = not source_of(cell).strip()
        if cell["cell_type"] != "code" or not (identity in cells or is_blank):
            continue  # Markdown, and what a sweep has added
        run = cells.get(identity, CellRun(identity))
        outputs = run.outputs
        if run.status == "blocked":
            text = f"Not run: {_why(run)}\n"
            outputs = [{"output_type": "stream", "name": "stderr", "text": text}]
        cell["outputs"] = outputs
        cell["execution_count"] = run.count


def tell_cells(cells: dict[str, CellRun]) -> None:
    """Says of each cell that did not end well why."""
    for run in cells.values():
        if run.status == "failed":
            said = str(run.error).strip().split("\n")[0]
            kind = getattr(run.error, "raised_by", None) or type(run.error).__name__
            warn(f"{run.id} failed: {kind}: {said}")
        elif run.status == "blocked":
            warn(f"{run.id} did not run: {_why(run)}")


def tell_sweep(sweep: Sweep, cells: dict[str, CellRun], *, quiet: bool) -> bool:
    """Says what became of the points; whether none failed. ``cells``: of the notebook's run."""
    done = [point for point in sweep.points if point.is_done]
    failed = [point for point in sweep.points if point.error is not None]
    if failed:
        said = f"{len(failed)} {_points(len(failed))} of the sweep failed"
        first = "; the first" if len(failed) > 1 else ""
        warn(f"{said}{first}: {failed[0].error}")
    if not quiet:
        runs = [cells, *(point.cells for point in sweep.points)]
        computed = set().union(*(run.computed_keys for part in runs for run in part.values()))
        ready = [point for point in done if point.is_cached]
        again = sum(point.keys <= computed for point in ready)  # as without any cache
        own = f", {again} computed before in this run" if again else ""
        say(
            f"{len(done)} of {len(sweep.points)} {_points(len(sweep.points))} ran, "
            f"{len(ready) - again} of them from the cache{own}."
        )
        if sweep.plan.left_out:
            left = ", ".join(sweep.plan.left_out)
            say(f"Not run for each point (charts, plain code, impure skills): {left}.")
    return not failed


def _points(count: int) -> str:
    return "point" if count == 1 else "points"


def _why(run: CellRun) -> str:
    cell, name = run.blocked_by or ("", "")
    return f"it needs `{name}` of cell {cell}, which gave none."
