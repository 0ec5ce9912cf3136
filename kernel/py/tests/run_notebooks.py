"""Runs notebooks of native tests as a person does: ``python -m llmos run``."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from pathlib import Path

from llmos_entries import PACKAGES

SKILL = """---
skill_id: {id}
type: {type}
pure: {pure}
inputs:
{inputs}
outputs:
  - {{ name: y, type: any }}
---
~~~{language}
{code}
~~~
"""


def write_skill(folder: Path, skill_id: str, code: str, inputs: str = "", **more: str) -> Path:
    """A skill file in a volume; ``inputs``: lines of its front matter."""
    (folder / "skills").mkdir(parents=True, exist_ok=True)
    path = folder / "skills" / f"{skill_id}.md"
    fields = {"type": "python-wasm", "pure": "true", "language": "python", **more}
    inputs = inputs or "  - { name: x, type: any, default: 1 }"
    path.write_text(SKILL.format(id=skill_id, code=code, inputs=inputs, **fields))
    return path


def write_notebook(path: Path, *sources: str, session: str | None = None) -> Path:
    """A notebook of code cells ``c1``, ``c2`` …; a source that begins with ``#`` is Markdown."""
    cells = []
    for number, source in enumerate(sources, 1):
        kind = "markdown" if source.startswith("# ") else "code"
        cell = {"cell_type": kind, "id": f"c{number}", "metadata": {}, "source": source}
        cells.append(
            cell if kind == "markdown" else {**cell, "outputs": [], "execution_count": None}
        )
    metadata = {"llmos": {"v": 1, "session": session}} if session else {}
    data = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(data))
    return path


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "llmos", *map(str, arguments)]


def environment(folder: Path, path: Path | None = None) -> dict[str, str]:
    """As on a person's machine, with a cache in a folder of the test.

    ``path``: a folder more in which Python looks for modules.
    """
    modules = os.pathsep.join(map(str, [PACKAGES] if path is None else [path, PACKAGES]))
    mine = {"PYTHONPATH": modules, "LLMOS_CACHE": str(folder / "cache"), "LLMOS_USER": "ana"}
    kept = {k: v for k, v in os.environ.items() if k not in ("LLMOS_VOLUMES_PATH", "MPLBACKEND")}
    return {**kept, **mine}


def run(
    notebook: Path, *arguments: object, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs it to its end."""
    return subprocess.run(
        command("run", notebook, *arguments),
        env=environment(notebook.parent, path),
        cwd=notebook.parent,
        capture_output=True,
        text=True,
        timeout=300,
    )


class Bell:
    """A FIFO that a run rings, in a folder that its skills know."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        # Open from the start, so that who rings never waits, and nothing is lost.
        self._end = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def wait(self, seconds: float = 60) -> None:
        """Until it was rung."""
        ready, _, _ = select.select([self._end], [], [], seconds)
        assert ready, "nobody rang"
        os.read(self._end, 1)

    def close(self) -> None:
        os.close(self._end)


def cells_of(path: Path) -> dict[str, dict]:
    """Cells by id."""
    return {cell["id"]: cell for cell in json.loads(path.read_text())["cells"]}


def text_of(cell: dict) -> str:
    """All that a cell shows as text."""
    found = []
    for output in cell["outputs"]:
        plain = output.get("data", {}).get("text/plain", "")
        found.append(output.get("text") or output.get("evalue") or plain)
    return "\n".join(found)


def traces_of(path: Path) -> list[dict]:
    """The runs in a trace file."""
    return [json.loads(line) for line in path.read_text().splitlines()]
