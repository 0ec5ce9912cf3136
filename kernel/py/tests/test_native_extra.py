"""The extra ``native`` brings what the package and skills of its library import."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from llmos_entries import PACKAGES

HERE = Path(PACKAGES)
LIBRARY = HERE.parents[1] / "skills" / "library" / "system"

# Packages that are imported by another name than they are installed by.
IMPORTED_AS = {"ipython": "IPython", "pillow": "PIL", "pyyaml": "yaml"}
# What packages of the extra need themselves, for which they are named here.
BROUGHT = {"comm": "ipykernel", "traitlets": "ipykernel"}
# Python of the page alone, a choice of the person, and results of who has pandas already.
ELSEWHERE = {"js", "pyodide", "pyodide_js", "dask", "distributed", "pandas"}
OWN = {"llmos", "qiskit", "qiskit_lite"}


def imports(code: str) -> set[str]:
    """Names of the packages that the code imports anywhere."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


def programs() -> dict[str, str]:
    """Python by the name of its file: modules, and code blocks of skills."""
    modules = [*HERE.glob("llmos/**/*.py"), *HERE.glob("qiskit_lite/**/*.py")]
    found = {str(path.relative_to(HERE)): path.read_text("utf-8") for path in modules}
    for path in LIBRARY.glob("**/*.md"):
        blocks = re.findall(r"^```python\n(.*?)^```", path.read_text("utf-8"), re.S | re.M)
        found[path.name] = "\n".join(blocks)
    return found


@pytest.fixture(scope="module")
def native() -> set[str]:
    project = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]
    needs = project["optional-dependencies"]["native"]
    names = [re.split(r"[^\w-]", need)[0].lower() for need in needs]
    return {IMPORTED_AS.get(name, name) for name in names}


def test_the_extra_names_what_is_imported(native: set[str]):
    known = native | {name for name, by in BROUGHT.items() if by in native} | ELSEWHERE | OWN
    known |= set(sys.stdlib_module_names)
    missing = {name: imports(code) - known for name, code in programs().items()}
    assert {name: left for name, left in missing.items() if left} == {}


def test_skills_are_looked_through():
    assert {"scipy", "PIL"} <= imports("\n".join(programs().values()))
