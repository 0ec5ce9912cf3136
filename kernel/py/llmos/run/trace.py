"""The record of a run: one line of JSON, as the site writes it (R5.7)."""

from __future__ import annotations

import ast
import getpass
import json
import os
import platform
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .. import __version__, _bridge
from .._errors import SkillError
from .._index import Entry
from .calls import arguments
from .graph import Cell, Graph
from .mask import mask_text, mask_values
from .notebook import Notebook
from .runner import CellRun

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READING = {"failed": "failed", "blocked": "failed", "cancelled": "cancelled"}


def trace_line(
    notebook: Notebook,
    graph: Graph,
    cells: dict[str, CellRun],
    *,
    started: float,
    ms: float,
    trigger: str = "all",
    swept: list[tuple[str, str]] | None = None,
    engine: str = "local",
) -> str:
    """The record of a run that has ended, without secrets; ``started`` in seconds since 1970.

    ``swept``: of a point of a sweep, the inputs that it gives values, by cell and name.
    """
    edges = [edge for edge in _edges(graph) if edge[0] in cells and edge[2] in cells]
    nodes = [_node(graph.cells[run.id], run, edges) for run in cells.values()]
    found = {_READING.get(run.status, "success") for run in cells.values()}
    status = next((s for s in ("failed", "cancelled") if s in found), "success")
    begun = datetime.fromtimestamp(started, UTC)
    record = {
        "v": 1,
        "id": ulid(started),
        "session": notebook.session or notebook.path.stem,
        "user": _user(),
        "started": begun.strftime("%Y-%m-%dT%H:%M:%S.") + f"{begun.microsecond // 1000:03}Z",
        "ms": round(ms),
        "status": status,
        "goal": mask_text(notebook.goal),
        "trigger": trigger,
        **({} if swept is None else {"swept": swept}),
        "nodes": nodes,
        "edges": edges,
        "env": _env(engine),
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def traces_file(output: Path) -> Path:
    """The file of a session's runs beside its notebook, else one named after the notebook."""
    if (output.parent / "session.json").is_file():
        return output.parent / "traces.jsonl"
    return output.with_suffix(".traces.jsonl")


def append_lines(path: Path, lines: list[str]) -> None:
    """Adds lines with one write, so that runs side by side do not mix theirs."""
    text = "".join(f"{line}\n" for line in lines)
    with open(path, "ab") as file:
        before = path.stat().st_size
        mends = before and not _ends_line(path, before)
        file.write((b"\n" if mends else b"") + text.encode("utf-8", "replace"))


def _ends_line(path: Path, size: int) -> bool:
    with open(path, "rb") as file:
        file.seek(size - 1)
        return file.read(1) == b"\n"


def ulid(now: float) -> str:
    """A new ULID: 48 bits of milliseconds, 80 random bits."""
    value = (int(now * 1000) << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(value >> shift) & 31] for shift in range(125, -1, -5))


def _user() -> str:
    try:
        return os.environ.get("LLMOS_USER") or getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name for this number, as in containers
        return "user"


def _env(engine: str) -> dict[str, str]:
    env = {"app": __version__, "python": platform.python_version(), "engine": engine}
    try:
        env["qiskit"] = version("qiskit")
    except PackageNotFoundError:
        pass  # the subset, which has the version of the app
    return env


def _node(cell: Cell, run: CellRun, edges: list[list[str]]) -> dict:
    end: dict[str, object] = {"status": run.status, "ms": round(run.ms)}
    if run.error is not None and run.status == "failed":
        name = getattr(run.error, "raised_by", None) or type(run.error).__name__
        end["error"] = {"name": str(name), "message": mask_text(str(run.error))}
    if cell.call is None:
        code = "sha256:" + sha256(cell.source.encode("utf-8", "replace")).hexdigest()
        plain = {"skill": None, "code": code, "defines": list(cell.analysis.defines)}
        return {"id": cell.id, **plain, **end, "inputs": {}, "outputs": {}}
    told = run.calls[0] if len(run.calls) == 1 else {}
    entry = entry_of(cell.call.skill)
    done = run.status == "success"
    found = told.get("version") or (entry.version if entry else None)
    inputs = mask_values(told.get("inputs", {}))
    for start, output, end_id, name in edges:
        if end_id == cell.id and name in inputs:
            inputs[name] = {**inputs[name], "from": [start, output]}
    return {
        "id": cell.id,
        "skill": told.get("skill") or (entry.id if entry else cell.call.skill),
        **({"version": found} if found else {}),
        **end,
        **({"cached": told.get("cached") is True and not run.is_computed} if done else {}),
        "inputs": inputs,
        "outputs": mask_values(told.get("outputs", {})),
    }


def entry_of(skill_id: str) -> Entry | None:
    """The skill that an id or alias stands for, if there is one."""
    try:
        return _bridge.index().find(skill_id)
    except SkillError:
        return None


def _edges(graph: Graph) -> Iterable[list[str]]:
    """From node, output, to node, input: one for each argument that reads a variable."""
    for edge in graph.edges:
        start, end = graph.cells[edge.start], graph.cells[edge.end]
        if edge.late or edge.name in start.imported or edge.name in end.imported:
            continue
        for name, output in _uses(end, edge.name) or [(edge.name, None)]:
            result = start.call is not None and start.call.target == edge.name
            yield [start.id, (output or _whole(start)) if result else edge.name, end.id, name]


def _whole(cell: Cell) -> str:
    """Where the variable of a skill's result comes out when no one output is named."""
    entry = entry_of(cell.call.skill)
    names = list(entry.outputs) if entry else []
    return names[0] if len(names) == 1 else cell.call.target or ""


def _uses(cell: Cell, variable: str) -> list[tuple[str, str | None]]:
    """Inputs of the cell's call that read a variable, and the one output that each reads."""
    found = []
    for name, value in arguments(cell.call) if cell.call else ():
        nodes = list(ast.walk(value))
        if not any(isinstance(node, ast.Name) and node.id == variable for node in nodes):
            continue
        read = {_member(node) for node in nodes if _owner(node) == variable}
        found.append((_input_name(cell, name), read.pop() if len(read) == 1 else None))
    return found


def _input_name(cell: Cell, name: str) -> str:
    entry = entry_of(cell.call.skill) if name.startswith("#") else None
    number = int(name[1:]) - 1 if entry else -1
    names = list(entry.inputs) if entry else []
    return names[number] if 0 <= number < len(names) else name


def _owner(node: ast.AST) -> str | None:
    """The variable of which the node reads one attribute or text key."""
    inner = node.value if _member(node) is not None else None
    return inner.id if isinstance(inner, ast.Name) else None


def _member(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    key = node.slice if isinstance(node, ast.Subscript) else None
    text = key.value if isinstance(key, ast.Constant) else None
    return text if isinstance(text, str) else None
