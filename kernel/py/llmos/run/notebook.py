"""Reads and writes notebook files (nbformat 4)."""

from __future__ import annotations

import json
import re
import shlex
from copy import deepcopy
from pathlib import Path

from .failure import RunError
from .files import write_whole


class Notebook:
    """A notebook's JSON; what is not about running stays as it is."""

    def __init__(self, data: dict, path: Path) -> None:
        self.data = data
        self.path = path

    @property
    def cells(self) -> list[dict]:
        """All cells, as JSON."""
        return self.data["cells"]

    def code(self) -> list[tuple[str, str]]:
        """Id and source of the code cells."""
        return [
            (identity, source_of(cell))
            for identity, cell in zip(self.ids, self.cells, strict=True)
            if cell["cell_type"] == "code"
        ]

    @property
    def ids(self) -> list[str]:
        """An id for each cell; one without, or with another's, goes by its index."""
        found: dict[str, None] = {}
        for number, cell in enumerate(self.cells):
            own = cell.get("id")
            is_free = isinstance(own, str) and own and own not in found
            name = own if is_free else str(number)
            while name in found:  # another cell's own id is this number
                name += "'"
            found[name] = None
        return list(found)

    def cell(self, wanted: str) -> dict:
        """The cell of an id."""
        return self.cells[self.ids.index(wanted)]

    @property
    def session(self) -> str | None:
        """The session that the notebook belongs to."""
        mine = _metadata(self.data).get("llmos")
        found = mine.get("session") if isinstance(mine, dict) else None
        return found if isinstance(found, str) and found else None

    @property
    def goal(self) -> str:
        """What the notebook is for: its first heading, else its name."""
        for cell in self.cells:
            if cell["cell_type"] == "markdown":
                heading = re.search(r"^#+[ \t]+(.+?)[ \t]*#*$", source_of(cell), re.M)
                if heading:
                    return heading[1]
        return self.path.stem

    def copy(self) -> Notebook:
        """A notebook of its own, to be changed."""
        return Notebook(deepcopy(self.data), self.path)

    def write(self, path: Path) -> None:
        """Writes the file as nbformat does."""
        text = json.dumps(self.data, indent=1, ensure_ascii=False, allow_nan=False)
        write_whole(path, (text + "\n").encode("utf-8", "surrogatepass"))


def source_of(cell: dict) -> str:
    """A cell's text."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def set_source(cell: dict, source: str) -> None:
    """Sets a cell's text in the form that it has: lines or one text."""
    as_lines = not isinstance(cell.get("source", []), str)
    cell["source"] = source.splitlines(keepends=True) if as_lines else source


def read_notebook(path: Path) -> Notebook:
    """Reads a notebook; raises ``RunError`` for what is none, or not of Python."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise RunError(f"{path} is no notebook: it is not JSON ({error}).") from None
    if not isinstance(data, dict) or not _is_cells(data.get("cells")):
        version = data.get("nbformat") if isinstance(data, dict) else None
        hint = " Open it in JupyterLab and save it, which renews it." if version else ""
        if path.name.lower().endswith(".workflow.json"):
            made = path.with_suffix("").with_suffix(".ipynb")
            convert = ["llmos", "workflow", "convert", str(path), str(made)]
            hint = f" Make one of it: {shlex.join(convert)}"
        raise RunError(f"{path} is no notebook of nbformat 4.{hint}")
    _check_language(data, path)
    return Notebook(data, path)


def _is_cells(cells: object) -> bool:
    return isinstance(cells, list) and all(
        isinstance(cell, dict)
        and isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("metadata", {}), dict)
        and (
            isinstance(cell.get("source", ""), str)
            or isinstance(cell.get("source"), list)
            and all(isinstance(line, str) for line in cell["source"])
        )
        for cell in cells
    )


def _metadata(data: dict) -> dict:
    metadata = data.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _check_language(data: dict, path: Path) -> None:
    spec = _metadata(data).get("kernelspec")
    language = spec.get("language") if isinstance(spec, dict) else None
    if language and language != "python":
        raise RunError(f"{path} is a notebook of {language}; only Python runs here.")
