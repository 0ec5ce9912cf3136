"""Native runs give what the site gave: recorded by ``ui-tests/record/nativeRuns.mjs``."""

from __future__ import annotations

import json
import math
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

pytest.importorskip("IPython")
pytest.importorskip("yaml")
pytest.importorskip("PIL")

from llmos import skill
from llmos._cachekey import cache_key
from llmos._check import check_inputs
from run_notebooks import run, traces_of, write_notebook, write_skill

HERE = Path(__file__).parent
RECORDED = json.loads((HERE / "recorded" / "browser_h2.json").read_text())
DEMO = HERE.parents[2] / "lite" / "notebooks" / "h2-vqe.ipynb"
ENGINES = ["processes", pytest.param("dask", marks=pytest.mark.oracle)]

#: Closed formulas agree to this; what an optimiser walks to, to the other.
EXACT, OPTIMISED = 1e-9, 1e-6
OPTIMISER = ("eigenvalue", "parameters", "error", "convergence_trace", "qasm")


def close(ours: object, theirs: object, tolerance: float) -> bool:
    """Equal but for the last digits of numbers."""
    if isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(
            close(ours[name], theirs[name], tolerance) for name in theirs
        )
    if isinstance(theirs, list):
        pairs = zip(ours, theirs, strict=True)
        return all(close(a, b, tolerance) for a, b in pairs)
    if isinstance(theirs, float) or isinstance(ours, float):
        return math.isclose(ours, theirs, rel_tol=0, abs_tol=tolerance)
    return ours == theirs


def compare(node: dict, recorded: dict) -> int:
    """Compares the outputs that stand in a trace; how many these are."""
    values = {n: v["value"] for n, v in node["outputs"].items() if "value" in v and n != "qasm"}
    for name, value in values.items():
        tolerance = OPTIMISED if name in OPTIMISER else EXACT
        assert close(value, recorded[name], tolerance), (name, value, recorded[name])
    return len(values)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_demo_notebook_and_a_sweep_of_24_points(tmp_path, engine):
    notebook = tmp_path / "h2-vqe.ipynb"
    notebook.write_bytes(DEMO.read_bytes())
    written = {}
    for name in ("local", engine):
        ended = run(
            *(notebook, "--engine", name, "--workers", 2, "--no-cache", "-o", name + ".ipynb"),
            *("--sweep", "h.bond_length=0.4:2.5:24"),
        )
        assert ended.returncode == 0, ended.stderr
        assert "24 of 24 points ran, 0 of them from the cache." in ended.stdout
        written[name] = (tmp_path / f"{name}.ipynb").read_bytes()
    assert written["local"] == written[engine]
    assert (tmp_path / "h2-curve.csv").is_file()
    whole, *points = traces_of(tmp_path / f"{engine}.traces.jsonl")
    nodes = {node["id"]: node for node in whole["nodes"]}
    assert compare(nodes["h2-hamiltonian"], RECORDED["notebook"]["h"]) >= 6
    assert compare(nodes["h2-vqe"], RECORDED["notebook"]["vqe"]) >= 5
    rows = (tmp_path / "h2-curve.csv").read_text().splitlines()[1:]
    columns = list(zip(*(map(float, row.split(",")) for row in rows), strict=True))
    assert close(list(columns[1]), RECORDED["notebook"]["exact"], EXACT)
    assert close(list(columns[2]), RECORDED["notebook"]["hartree_fock"], EXACT)
    assert len(points) == len(RECORDED["points"]) == 24
    for trace, recorded in zip(points, RECORDED["points"], strict=True):
        hamiltonian, vqe = trace["nodes"]
        assert hamiltonian["inputs"]["bond_length"]["value"] == recorded["bond_length"]
        compare(hamiltonian, recorded["h"])
        compare(vqe, recorded["vqe"])


def test_calls_have_the_keys_that_they_have_in_the_browser(monkeypatch):
    monkeypatch.delenv("LLMOS_VOLUMES_PATH", raising=False)
    entry = skill("quantum-hamiltonian")._entry
    if entry.version != RECORDED["notebook"]["version"]:
        pytest.skip("the skill has changed since: record anew")
    for point in RECORDED["points"]:
        given = {"system": "h2", "bond_length": point["bond_length"]}
        assert cache_key(entry, check_inputs(entry, (), given)) == point["key"]


WHICH = """import qiskit
from qiskit.quantum_info import Statevector
from qiskit import QuantumCircuit
def execute(inputs):
    circuit = QuantumCircuit(2)
    circuit.h(0)
    circuit.cx(0, 1)
    found = Statevector(circuit).probabilities_dict()
    kind = Statevector.__module__.split(".")[0]
    return {"y": [kind, sorted(map(str, found)), qiskit.__name__]}"""


def which(tmp_path, engine: str) -> dict:
    write_skill(tmp_path, "which", WHICH, type="qiskit")
    cell = "from llmos import skill\na = await skill('which')()"
    ended = run(write_notebook(tmp_path / "n.ipynb", cell), "--engine", engine, "--workers", 1)
    assert ended.returncode == 0, ended.stderr
    (trace,) = traces_of(tmp_path / "n.run.traces.jsonl")
    return trace


@pytest.mark.parametrize("engine", ["local", "processes"])
@pytest.mark.skipif(PathFinder.find_spec("qiskit") is not None, reason="Qiskit is installed")
def test_without_qiskit_its_skills_run_on_the_subset(tmp_path, engine):
    trace = which(tmp_path, engine)
    assert trace["nodes"][0]["outputs"]["y"]["value"][:2] == ["qiskit_lite", ["00", "11"]]
    assert "qiskit" not in trace["env"]


@pytest.mark.oracle
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_with_qiskit_its_skills_run_on_it(tmp_path, engine):
    pytest.importorskip("qiskit")
    trace = which(tmp_path, engine)
    assert trace["nodes"][0]["outputs"]["y"]["value"][:2] == ["qiskit", ["00", "11"]]
    assert trace["env"]["qiskit"][0] in "23456789"
