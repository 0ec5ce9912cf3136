"""The shipped notebooks: valid, without outputs, and in step with the library."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = ROOT / "skills" / "library" / "system"
NOTEBOOKS = sorted((ROOT / "lite" / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_valid_and_has_no_outputs(path: Path) -> None:
    notebook = json.loads(path.read_text())
    nbformat.validate(notebook)
    assert notebook["metadata"]["kernelspec"]["name"] == "python-llmos"
    for cell in notebook["cells"]:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_skill_cells_name_the_skill_and_version_that_they_call(path: Path) -> None:
    for cell in json.loads(path.read_text())["cells"]:
        mark = cell["metadata"].get("llmos")
        if mark is None:
            continue
        called = re.findall(r'skill\("([^"]+)"\)', "".join(cell["source"]))
        assert called == [mark["skill"]]
        content = (LIBRARY / f"{mark['skill']}.md").read_bytes()
        assert mark["version"] == f"sha256:{sha256(content).hexdigest()}", cell["id"]
