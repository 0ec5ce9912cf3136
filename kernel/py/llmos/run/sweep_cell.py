"""The cell that a sweep adds to its notebook: code that gives the same, a table, a chart."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from keyword import iskeyword

from .._errors import SkillError
from .._preview import pieces_of
from .._skill import skill
from .calls import Call
from .graph import Graph
from .notebook import Notebook
from .outputs import as_json
from .sweep import Axis, Plan, Sweep
from .sweep_table import SweepTable, is_number
from .trace import entry_of

_PLOT = "plot-xy"
#: Colours of the chart; more series could not be told apart.
_MOST_SERIES = 8
#: Names of Python and of the cell's own that no variable of it may have.
_RESERVED = ("display", "error", "float", "llmos", "row", "str")


async def add_sweep_cell(notebook: Notebook, graph: Graph, sweep: Sweep) -> str | None:
    """Adds the cell; gives why there is no chart, where that is worth saying."""
    table = SweepTable(sweep)
    outputs = [_display(table.bundle())] if table.points else []
    names = _names(table, graph)
    source = _source(table, names)
    why = None
    chart = _chart(table, names)
    if chart is not None:
        arguments, code = chart
        try:
            drawn = await skill(_PLOT, preview=False)(**arguments)
            outputs += [_display(bundle) for bundle in pieces_of(drawn)]
            source += f"\n{names.chart} = await {code}"
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


def _chart(table: SweepTable, names: _Names) -> tuple[dict, str] | None:
    """The inputs of the chart's call, and the call as code.

    None where nothing changes, or where only some points of a grid have run.
    """
    columns, plan = table.plotted(), table.plan
    is_grid = len(plan.axes) > 1
    if len(table.points) < 2 or not columns or (is_grid and not table.is_whole):
        return None
    along = max(range(len(plan.axes)), key=lambda n: len(plan.axes[n].values))
    x_name, axis = plan.names[along], plan.axes[along]
    xs = list(axis.values) if is_grid else [point.values[0] for point in table.ended]
    series, code = _series(table, names, columns, along, xs)
    beside = "" if names.sweep == "sweep" else f" ({names.sweep})"
    labels = {
        "title": f"Sweep of {', '.join(plan.names)}{beside}",
        "x_label": _label(x_name, axis.unit),
        "y_label": _label(columns[0] if len(columns) == 1 else "value", table.units[columns[0]]),
    }
    is_line = all(map(is_number, axis.values))
    kind = {} if is_line else {"kind": "bar"}
    x = repr(xs) if is_grid else f"[row[{x_name!r}] for row in {names.sweep}]"
    said = ", ".join(f"{name}={value!r}" for name, value in {**labels, **kind}.items())
    head = f'{_callee(plan.cells[0].free_call)}("{_PLOT}")'
    call = f"{head}(\n    x={x},\n    y={{\n{code}    }},\n    {said},\n)"
    return {"x": xs, "y": series, **labels, **kind}, call


def _label(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _series(
    table: SweepTable, names: _Names, columns: list[str], along: int, xs: list
) -> tuple[dict[str, list], str]:
    """Series by name, at these ``xs``, and the code that takes them out of the rows.

    With one axis a series is a column; with several, the one column for each combination of
    the other axes.
    """
    plan, rows = table.plan, table.rows()
    others = [name for number, name in enumerate(plan.names) if number != along]
    by_name = dict(zip(plan.names, plan.axes, strict=True))
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
            said = ", ".join(
                f"{name}={_short(value, by_name[name])}"
                for name, value in zip(others, group, strict=True)
            )
            rows_at = [by_x.get(repr(x)) for x in xs]
            missing = float("nan")  # left out by the chart
            found[said or column] = [row[column] if row else missing for row in rows_at]
            read = f'.get({column!r}, float("nan"))' if table.may_fail else f"[{column!r}]"
            title = said or column
            code += f"        {title!r}: [row{read} for row in {names.sweep}{given}],\n"
    return found, code


def _short(value: object, axis: Axis) -> str:
    """A value of an axis as people read it: six digits, as long as they tell all apart."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)  # text in a list of any kind is none of "1"
    rounded = _six_digits(value)
    is_one = all(other == value or _six_digits(other) != rounded for other in axis.values)
    return repr(rounded if is_one else value)


def _six_digits(value: object) -> object:
    is_long = isinstance(value, float) and not value.is_integer()
    return float(f"{value:.6g}") if is_long else value


@dataclass(frozen=True)
class _Names:
    """The variables of the cell, which the notebook does not use."""

    sweep: str
    chart: str
    point: str
    #: By the name of an axis, the variable of its loop.
    loops: dict[str, str]
    #: By target in the notebook, the variable of a point's own result.
    results: dict[str, str]


def _names(table: SweepTable, graph: Graph) -> _Names:
    used = {n for cell in graph.cells.values() for n in (*cell.binds, *cell.analysis.uses)}
    taken = {*used, *_RESERVED}
    targets = [cell.free_call.target for cell in table.plan.cells]
    return _Names(
        *(_free(name, taken) for name in ("sweep", "sweep_chart", "point")),
        {name: _free(name.rpartition(".")[2], taken) for name in table.plan.names},
        {target: _free(f"{target}_at", taken) for target in targets},
    )


def _free(name: str, taken: set[str]) -> str:
    """A variable's name that the notebook does not use."""
    while name in taken or not name.isidentifier() or iskeyword(name):
        name += "_"
    taken.add(name)
    return name


def _source(table: SweepTable, names: _Names) -> str:
    """Code that computes the rows of the points that ended anew, call by call, without the
    notebook's variables; points that failed are tried again."""
    gives = "tries those that failed again" if table.may_fail else "gives the same"
    lines = [f"# Made by `python -m llmos run --sweep`; running it {gives}."]
    lines += ["import llmos", "", f"{names.sweep} = []"]
    loops, indent = _loops(table, names)
    lines += [*loops, *(indent + line for line in _point(table, names))]
    units = {name: unit for name, unit in table.units.items() if unit}
    given = f", {units!r}" if units else ""
    return "\n".join([*lines, f"display(llmos.table({names.sweep}{given}))"])


def _loops(table: SweepTable, names: _Names) -> tuple[list[str], str]:
    """Loops over all combinations, or over those that ended, and the indent inside."""
    variables, axes = list(names.loops.values()), table.plan.axes
    if not table.is_whole:
        is_grid = len(axes) > 1
        ended = [point.values if is_grid else point.values[0] for point in table.ended]
        return [f"for {', '.join(variables)} in {ended!r}:"], "    "
    pairs = enumerate(zip(variables, axes, strict=True))
    lines = [f"{'    ' * n}for {name} in {list(axis.values)!r}:" for n, (name, axis) in pairs]
    return lines, "    " * len(axes)


def _point(table: SweepTable, names: _Names) -> list[str]:
    """What is done for each point."""
    plan = table.plan
    calls = []
    for cell in plan.cells:
        given = {
            axis.input: names.loops[name]
            for name, axis in zip(plan.names, plan.axes, strict=True)
            if axis.cell == cell.id
        }
        code = _call_code(cell.free_call, given, names.results)
        calls.append(f"{names.results[cell.free_call.target]} = await {code}")
    axes = [f"    {name!r}: {loop}," for name, loop in names.loops.items()]
    outputs = []
    for column in table.columns[len(plan.names) :]:
        target, _, output = column.partition(".")
        outputs.append(f"    {column!r}: {names.results[target]}[{output!r}],")
    if not table.may_fail:
        return [*calls, f"{names.sweep}.append({{", *axes, *outputs, "})"]
    return [
        *(f"{names.point} = {{", *axes, "}", f"{names.sweep}.append({names.point})", "try:"),
        *(f"    {line}" for line in (*calls, f"{names.point}.update({{", *outputs, "})")),
        "except llmos.SkillError as error:",
        f"    {names.point}['error'] = str(error)",
    ]


def _callee(call: Call) -> str:
    """What the call's cell calls ``skill``."""
    inner = call.node.func
    return ast.unparse((inner.value if isinstance(inner, ast.Attribute) else inner).func)


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
