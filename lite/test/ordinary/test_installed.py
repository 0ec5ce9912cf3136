"""The wheels ``llmos`` and ``llmos-lab`` where pip has installed them, beside JupyterLab."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from llmos.run.node import _found
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOKS = ROOT / "lite" / "notebooks"
BIN = Path(sys.executable).parent


def jupyter(*args: str, cwd: Path) -> str:
    """What a command of Jupyter says, on both of its channels."""
    command = [sys.executable, "-m", "jupyter", *args]
    # Its subcommands are programs beside this Python.
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def run(name: str, folder: Path) -> list[dict]:
    """Cells of a notebook of the site after a run by nbclient, as it names its kernel."""
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    assert notebook.metadata.kernelspec.name == "python-llmos"
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cell: dict) -> list[dict]:
    """MIME bundles that a cell has put out."""
    return [output["data"] for output in cell["outputs"] if "data" in output]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("LLMOS_CACHE", str(tmp_path / "results"))


def test_jupyterlab_finds_the_extensions(tmp_path):
    said = re.sub(r"\x1b\[\d+m", "", jupyter("labextension", "list", cwd=tmp_path))
    for name in ("kernel", "extension"):
        assert re.search(rf"@llmos-lab/{name} v0\.1\.0 enabled OK \(python, llmos_lab\)", said), said
    # The site's kernel does not load without JupyterLite, so JupyterLab must not meet it.
    assert "kernel-lite" not in said


def test_a_notebook_of_the_site_runs_without_any_page(tmp_path):
    cells = run("h2-vqe.ipynb", tmp_path)
    assert len(cells) > 2
    for cell in cells:
        assert all("text/plain" in data for data in shown(cell))
    texts = "\n".join(data["text/plain"] for cell in cells for data in shown(cell))
    assert "-1.13" in texts
    charts = [data for cell in cells for data in shown(cell) if len(data) > 1]
    assert charts, "previews come with more than a text"


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node")
@pytest.mark.parametrize("name", ["rc-filter.ipynb", "three-scenes.ipynb"])
def test_other_runtimes_run_in_node(tmp_path, name, monkeypatch):
    # This environment stands in a clone, whose own command line would be found first.
    program, site = _found(None)
    monkeypatch.setenv("LLMOS_CLI", str(program))
    monkeypatch.setenv("LLMOS_SITE", str(site))
    cells = run(name, tmp_path)
    bundles = [data for cell in cells for data in shown(cell)]
    assert any("application/vnd.llmos." in kind for data in bundles for kind in data)
    assert all("text/plain" in data for data in bundles)


def test_a_site_of_jupyterlite_has_the_panels_and_the_kernel(tmp_path):
    jupyter("lite", "build", "--output-dir", "site", "--apps", "lab", cwd=tmp_path)
    site = tmp_path / "site"
    config = json.loads((site / "jupyter-lite.json").read_text())["jupyter-config-data"]
    names = [item["name"] for item in config["federated_extensions"]]
    assert [name for name in names if name.startswith("@llmos-lab/")] == [
        *("@llmos-lab/extension", "@llmos-lab/kernel", "@llmos-lab/kernel-lite")
    ]
    settings = config["litePluginSettings"]["@llmos-lab/kernel-lite:kernel"]
    for url in (value for key, value in settings.items() if key.endswith("Url")):
        assert (site / url).exists(), url
    for worker in ("coincident", "comlink", "pool"):
        assert (site / settings["siteUrl"] / f"{worker}.worker.js").is_file()
    lock = json.loads((site / settings["lockUrl"]).read_text())["packages"]
    folder = (site / settings["lockUrl"]).parent
    for name, package in lock.items():
        file = package["file_name"]
        here = (folder / file).is_file()
        assert here or file.startswith("https://cdn.jsdelivr.net/pyodide/"), name
    assert (folder / lock["llmos"]["file_name"]).is_file()
    assert (site / "extensions/@llmos-lab/kernel/llmos/sandbox/frame.html").is_file()
