"""The cell that a sweep adds to its notebook: code that gives the same, a table, a chart."""

from __future__ import annotations

import ast

from .._errors import SkillError
from .._preview import pieces_of
from .._rows import Table
from .._skill import skill
from .calls import Call
from .graph import Graph
from .notebook import Notebook
from .outputs import as_json
from .sweep import Plan, Sweep
from .trace import entry_of

_PLOT = "plot-xy"
#: Colours of the chart; more series could not be told apart.
_MOST_SERIES = 8


class SweepTable:
    """The points that are done, by column."""

    def __init__(self, sweep: Sweep) -> None:
        plan = sweep.plan
        self.plan = plan
        self.points = [point for point in sweep.points if point.is_done]
        units = dict(zip(plan.names, (axis.unit for axis in plan.axes), strict=True))
        for cell in plan.cells:
            entry = entry_of(cell.free_call.skill)
            for name, port in entry.outputs.items() if entry else ():
                units[f"{cell.free_call.target}.{name}"] = port.unit
        found = [name for point in self.points for name in point.row]
        self.columns = [*plan.names, *dict.fromkeys(found)]
        self.units = {name: units.get(name, "") for name in self.columns}

    def rows(self) -> list[dict[str, object]]:
        """One row a point, in the order of the values."""
        return [
            {**dict(zip(self.plan.names, point.values, strict=True)), **point.row}
            for point in self.points
        ]

    def bundle(self) -> dict[str, str]:
        """The table as HTML and as text."""
        return Table(self.rows(), self.units)._repr_mimebundle_()

    def plotted(self) -> list[str]:
        """Columns that a chart shows: numbers that change, in the unit of the first of them.

        With several axes it is one, and if possible one that changes along each of them.
        """
        rows = self.rows()
        found = [
            name
            for name in self.columns[len(self.plan.names) :]
            if all(_is_number(row.get(name)) for row in rows)
            and len({row[name] for row in rows}) > 1
        ]
        if len(self.plan.axes) > 1:
            whole = (name for name in found if self._changes_along_all(name, rows))
            return [next(whole, found[0])] if found else []
        return [name for name in found if self.units[name] == self.units[found[0]]]

    def _changes_along_all(self, column: str, rows: list[dict[str, object]]) -> bool:
        """Whether each axis has two points that differ in it alone, and in the column."""
        for axis in self.plan.names:
            groups: dict[str, set] = {}
            for row in rows:
                others = tuple(row[name] for name in self.plan.names if name != axis)
                groups.setdefault(repr(others), set()).add(row[column])
            if all(len(values) < 2 for values in groups.values()):
                return False
        return True


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


async def add_sweep_cell(notebook: Notebook, graph: Graph, sweep: Sweep) -> str | None:
    """Adds the cell; gives why there is no chart, where that is worth saying."""
    table = SweepTable(sweep)
    outputs = [_display(table.bundle())] if table.points else []
    source = _source(table, graph)
    why = None
    chart = _chart(table)
    if chart is not None:
        arguments, code = chart
        try:
            drawn = await skill(_PLOT, preview=False)(**arguments)
            outputs += [_display(bundle) for bundle in pieces_of(drawn)]
            source += f"\nsweep_chart = await {code}"
        except SkillError as error:
            why = str(error)
    failed = [point for point in sweep.points if point.error is not None]
    outputs += [_failures(sweep.plan, failed)] if failed else []
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}}
    identity = _free_id(notebook)
    cell = {**cell, **({"id": identity} if identity else {}), "outputs": outputs}
    notebook.cells.append({**cell, "source": source.splitlines(keepends=True)})
    return why


def _free_id(notebook: Notebook) -> str | None:
    """An id that no cell has; None in notebooks of the time before ids."""
    taken = {cell.get("id") for cell in notebook.cells}
    if not any(isinstance(found, str) for found in taken):
        return None
    numbers = (f"sweep-{number}" for number in range(1, len(taken) + 2))
    return next(found for found in numbers if found not in taken)


def _display(bundle: dict) -> dict:
    return {"output_type": "display_data", "data": as_json(bundle), "metadata": {}}


def _failures(plan: Plan, failed: list) -> dict:
    lines = []
    for point in failed:
        values = ", ".join(f"{n}={v!r}" for n, v in zip(plan.names, point.values, strict=True))
        lines.append(f"{values}: {point.error}\n")
    return {"output_type": "stream", "name": "stderr", "text": "".join(lines)}


def _chart(table: SweepTable) -> tuple[dict, str] | None:
    """The inputs of the chart's call, and the call as code; None where there is nothing."""
    columns = table.plotted()
    if len(table.points) < 2 or not columns:
        return None
    plan = table.plan
    along = max(range(len(plan.axes)), key=lambda n: len(plan.axes[n].values))
    x_name, axis = plan.names[along], plan.axes[along]
    series, code = _series(table, columns, along)
    labels = {
        "title": "Sweep of " + ", ".join(plan.names),
        "x_label": _label(x_name, axis.unit),
        "y_label": _label(columns[0] if len(columns) == 1 else "value", table.units[columns[0]]),
    }
    is_line = all(map(_is_number, axis.values))
    kind = {} if is_line else {"kind": "bar"}
    xs = list(axis.values)
    said = ", ".join(f"{name}={value!r}" for name, value in {**labels, **kind}.items())
    call = f'skill("{_PLOT}")(\n    x={xs!r},\n    y={{\n{code}    }},\n    {said},\n)'
    return {"x": xs, "y": series, **labels, **kind}, call


def _label(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _series(table: SweepTable, columns: list[str], along: int) -> tuple[dict[str, list], str]:
    """Series by name, and the code that takes them out of ``sweep``.

    With one axis a series is a column; with several, the one column for each combination of
    the other axes.
    """
    plan, rows = table.plan, table.rows()
    others = [name for number, name in enumerate(plan.names) if number != along]
    groups: dict[str, tuple[list, dict]] = {}
    for row in rows:
        given = [row[name] for name in others]
        _, by_x = groups.setdefault(repr(given), (given, {}))
        by_x[repr(row[plan.names[along]])] = row
    found: dict[str, list] = {}
    code = ""
    for group, by_x in groups.values():
        tests = [f"row[{n!r}] == {v!r}" for n, v in zip(others, group, strict=True)]
        given = f" if {' and '.join(tests)}" if tests else ""
        for column in columns[: _MOST_SERIES - len(found)]:
            said = ", ".join(f"{n}={v}" for n, v in zip(others, group, strict=True))
            rows_at = [by_x.get(repr(x)) for x in plan.axes[along].values]
            missing = float("nan")  # left out by the chart
            found[said or column] = [row[column] if row else missing for row in rows_at]
            code += f"        {said or column!r}: [row[{column!r}] for row in sweep{given}],\n"
    return found, code


def _source(table: SweepTable, graph: Graph) -> str:
    """Code that computes the rows anew, call by call, without the notebook's variables."""
    plan = table.plan
    taken = {n for cell in graph.cells.values() for n in (*cell.binds, *cell.analysis.uses)}
    loops = {name: _free(name.rpartition(".")[2], taken) for name in plan.names}
    results = {c.free_call.target: _free(f"{c.free_call.target}_at", taken) for c in plan.cells}
    lines = ["# Made by `python -m llmos run --sweep`; running it gives the same."]
    lines += ["import llmos", "", "sweep = []"]
    indent = ""
    for name, axis in zip(plan.names, plan.axes, strict=True):
        lines.append(f"{indent}for {loops[name]} in {list(axis.values)!r}:")
        indent += "    "
    for cell in plan.cells:
        given = {
            axis.input: loops[name]
            for name, axis in zip(plan.names, plan.axes, strict=True)
            if axis.cell == cell.id
        }
        code = _call_code(cell.free_call, given, results)
        lines.append(f"{indent}{results[cell.free_call.target]} = await {code}")
    pairs = [f"{name!r}: {loops[name]}" for name in plan.names]
    for column in table.columns[len(plan.names) :]:
        target, _, output = column.partition(".")
        pairs.append(f"{column!r}: {results[target]}[{output!r}]")
    inside = "".join(f"\n{indent}    {pair}," for pair in pairs)
    units = {name: unit for name, unit in table.units.items() if unit}
    shown = f"display(llmos.table(sweep, {units!r}))" if units else "display(llmos.table(sweep))"
    return "\n".join([*lines, f"{indent}sweep.append({{{inside}\n{indent}}})", shown])


def _free(name: str, taken: set[str]) -> str:
    """A variable's name that the notebook does not use."""
    while name in taken or not name.isidentifier():
        name += "_"
    taken.add(name)
    return name


def _call_code(call: Call, given: dict[str, str], results: dict[str, str]) -> str:
    """The call with loop variables for the swept inputs, on the point's own results."""
    node = ast.parse(ast.unparse(call.node), mode="eval").body
    entry = entry_of(call.skill)
    names = list(entry.inputs) if entry else []
    keywords = {names[n]: value for n, value in enumerate(node.args) if n < len(names)}
    keywords.update({item.arg: item.value for item in node.keywords})
    keywords.update({name: ast.Name(variable) for name, variable in given.items()})
    for value in keywords.values():
        for part in ast.walk(value):
            if isinstance(part, ast.Name) and part.id in results:
                part.id = results[part.id]
    said = ", ".join(f"{name}={ast.unparse(value)}" for name, value in keywords.items())
    return f"{ast.unparse(node.func)}({said})"
