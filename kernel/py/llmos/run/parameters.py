"""``--param`` and ``--sweep``: which cell, which input, which values."""

from __future__ import annotations

import ast
import json
import math
import sys
from contextlib import suppress

from .. import _bridge
from .._check import check_inputs, expectation
from .._errors import SkillError, SkillInputError, did_you_mean
from .._index import Entry, Port
from .analysis import parse, to_python
from .calls import arguments
from .failure import RunError
from .graph import Cell, Graph
from .notebook import Notebook, set_source

#: Points of a whole sweep.
MOST_POINTS = 100_000

_NONE = object()


def split_option(option: str, text: str) -> tuple[str, str, str]:
    """Cell, input and the rest of ``CELL.INPUT=REST``."""
    left, equals, rest = text.partition("=")
    cell, dot, name = left.rpartition(".")
    if not equals or not dot or not cell or not name:
        form = "VALUE" if option == "--param" else "A:B:N"
        raise RunError(f"{option} {text}: write CELL.INPUT={form}, such as vqe.iterations=50.")
    return cell.strip(), name.strip(), rest


def find_cell(graph: Graph, notebook: Notebook, wanted: str) -> Cell:
    """The cell of this id, this index among all cells, or whose call has this target."""
    if wanted in graph.cells:
        return graph.cells[wanted]
    targets = [
        cell
        for cell in graph.cells.values()
        if wanted in (call.target for call in cell.calls) or wanted in cell.analysis.defines
    ]
    calling = [cell for cell in targets if cell.call and cell.call.target == wanted]
    found = calling or targets
    if not found and wanted.isdigit() and int(wanted) < len(notebook.cells):
        identity = notebook.ids[int(wanted)]
        found = [graph.cells[identity]] if identity in graph.cells else []
    if len(found) > 1:
        ids = ", ".join(cell.id for cell in found)
        raise RunError(f'Several cells define "{wanted}": {ids}. Name one of these ids.')
    if not found:
        known = [c.call.target or c.id for c in graph.cells.values() if c.call]
        hint = did_you_mean(wanted, known)
        listed = ", ".join(known) or "none"
        raise RunError(
            f'There is no code cell "{wanted}".{hint} A cell is named by its id, its index '
            f"among all cells or the variable that it assigns. Cells with a skill: {listed}."
        )
    return found[0]


def port_of(cell: Cell, name: str) -> tuple[Entry, Port]:
    """The skill of a cell's call, and its input of this name."""
    if cell.call is None:
        raise RunError(f"Cell {cell.id} calls no skill, or several: it has no inputs to set.")
    try:
        entry = _bridge.index().find(cell.call.skill)
    except SkillError as error:
        raise RunError(f"Cell {cell.id}: {error}") from None
    if name not in entry.inputs:
        known = ", ".join(entry.inputs) or "none"
        hint = did_you_mean(name, entry.inputs)
        raise RunError(f'Skill "{entry.id}" has no input "{name}".{hint} Its inputs: {known}.')
    return entry, entry.inputs[name]


def read_value(text: str, port: Port) -> object:
    """A value as it is typed: JSON, else a literal of Python, else text where text goes."""
    if port.type == "string":
        quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
        value = _literal(text) if quoted else text
        if not isinstance(value, str):
            raise RunError(
                f'Input "{port.name}": expected text, in quotes as Python writes it or without '
                f"any, found {text}."
            )
        return value
    value = _literal(text)
    return text if value is _NONE else value


def _literal(text: str) -> object:
    """What is written as JSON or as Python writes it; ``_NONE`` where it is neither."""
    for read in (json.loads, ast.literal_eval):
        with suppress(ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return read(text)
    return _NONE


def checked_value(entry: Entry, port: Port, value: object) -> object:
    """The value, if the input takes it; ``2.0`` is taken for an integer."""
    if port.type == "integer" and isinstance(value, float) and value.is_integer():
        value = int(value)
    others = {name: p for name, p in entry.inputs.items() if p.required and name != port.name}
    try:
        check_inputs(entry, (), {port.name: value})
    except SkillInputError as error:
        # The first fault may be another input, which the cell itself gives.
        if error.details.get("input") not in others:
            raise RunError(str(error)) from None
        _check_alone(port, value)
    return value


def _check_alone(port: Port, value: object) -> None:
    alone = Entry({"id": "input", "inputs": [{**_raw(port), "required": False}]})
    try:
        check_inputs(alone, (), {port.name: value})
    except SkillInputError:
        raise RunError(
            f'Input "{port.name}": expected {expectation(port)}, given {value!r}.'
        ) from None


def _raw(port: Port) -> dict:
    fields = ("name", "type", "unit", "minimum", "maximum", "enum")
    return {name: getattr(port, name) for name in fields if getattr(port, name) is not None}


def read_values(text: str, port: Port) -> list[object]:
    """The points of ``A:B:N`` (N points from A to B, both included) or of ``A,B,C``."""
    if text.startswith("["):
        values = _literal(text)
        if not isinstance(values, list):
            raise RunError(
                f'Input "{port.name}": expected a list such as [1, 2] or ["a", "b"], found {text}.'
            )
        return values
    parts = text.split(":")
    is_number = port.type in ("number", "integer")
    if (is_number and len(parts) > 1) or (port.type == "any" and len(parts) == 3):
        return _range(text, parts, port)
    return [read_value(part.strip(), port) for part in text.split(",") if part.strip()]


def _range(text: str, parts: list[str], port: Port) -> list[object]:
    try:
        first, last, points = parts
        low, high, count = float(first), float(last), int(points)
    except ValueError:
        raise RunError(
            f"--sweep …={text}: write A:B:N, N points from A to B, such as 0.4:2.5:24, or the "
            "points themselves, such as 0.4,1,2.5."
        ) from None
    if count < 1 or count > MOST_POINTS or not math.isfinite(low) or not math.isfinite(high):
        raise RunError(f"--sweep …={text}: N is from 1 to {MOST_POINTS}, A and B are finite.")
    if count == 1:
        values: list[object] = [low]
    else:
        # Both ends exactly, and the same points in whatever order they are asked for.
        size = max(abs(low), abs(high))
        between = [
            _plain(low + (high - low) * (n / (count - 1)), size) for n in range(1, count - 1)
        ]
        values = [low, *between, high]
    if port.type == "integer":
        values = [round(value) for value in values]
    return values


_NOISE = 8 * sys.float_info.epsilon
"""Larger than what the arithmetic of a range adds to its values, in parts of them."""


def _plain(value: float, size: float) -> float:
    """The value as one would write it, as the site has it: 1.0, not 0.9999999999999999."""
    rounded = 0.0 if abs(value) < _NOISE * size else float(f"{value:.12g}")
    return rounded if abs(rounded - value) <= _NOISE * size else value


def set_input(notebook: Notebook, cell: Cell, name: str, value: object) -> None:
    """Writes a value into the cell's call, in place of what it gave before."""
    source = with_input(cell, name, repr(value))
    set_source(notebook.cell(cell.id), source)


def with_input(cell: Cell, name: str, text: str) -> str:
    """The cell's source with another expression for an input of its call."""
    entry = _bridge.index().find(cell.call.skill)
    names = list(entry.inputs)
    for given, value in arguments(cell.call):
        number = int(given[1:]) - 1 if given.startswith("#") else -1
        if given == name or (0 <= number < len(names) and names[number] == name):
            return _replaced(cell, value, text)
    if any(keyword.arg is None for keyword in cell.call.node.keywords):
        raise RunError(
            f"Cell {cell.id} unpacks its inputs with **, which may hold {name}: write "
            f"{name}=… into the call to set it."
        )
    return _appended(cell, name, text)


def _lines(cell: Cell) -> list[bytes]:
    if (to_python(cell.source) or "").rstrip("\n") != cell.source.rstrip("\n"):
        raise RunError(
            f"Cell {cell.id} has lines of IPython's own (% or !): its inputs cannot be set "
            "from here. Move the skill call to a cell of its own."
        )
    return [line.encode() for line in cell.source.split("\n")]


def _replaced(cell: Cell, node: ast.expr, text: str) -> str:
    lines = _lines(cell)
    head = [*lines[: node.lineno - 1], lines[node.lineno - 1][: node.col_offset]]
    tail = [lines[node.end_lineno - 1][node.end_col_offset :], *lines[node.end_lineno :]]
    return (b"\n".join(head) + text.encode() + b"\n".join(tail)).decode()


def _appended(cell: Cell, name: str, text: str) -> str:
    call = cell.call.node
    given = [*call.args, *call.keywords]
    last = max(given, key=lambda node: (node.end_lineno, node.end_col_offset), default=None)
    if last is not None:
        added = _inserted(cell, last.end_lineno, last.end_col_offset, f", {name}={text}")
        if parse(added)[1]:
            return added
    # Before the closing bracket, where an argument in brackets of its own stands last.
    comma = ", " if last is not None else ""
    return _inserted(cell, call.end_lineno, call.end_col_offset - 1, f"{comma}{name}={text}")


def _inserted(cell: Cell, line: int, column: int, text: str) -> str:
    lines = _lines(cell)
    row = lines[line - 1]
    lines[line - 1] = row[:column] + text.encode() + row[column:]
    return b"\n".join(lines).decode()
