"""What importing ``llmos`` loads, and what ``import qiskit`` means."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from llmos_entries import PACKAGES


def run_python(code: str, *paths: Path | str) -> str:
    """The output of a fresh interpreter that sees only these folders."""
    start = f"import sys; sys.path[:0] = {[str(path) for path in paths]!r}\n"
    done = subprocess.run(
        [sys.executable, "-S", "-P", "-c", start + code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_llmos_loads_next_to_nothing():
    code = (
        "before = set(sys.modules)\n"
        "import collections.abc, contextvars\n"
        "import llmos\n"
        "new = set(sys.modules) - before\n"
        "print(*sorted(name for name in new if not name.startswith('llmos')))"
    )
    loaded = set(run_python(code, PACKAGES).split())
    assert loaded <= {
        "__future__",
        "collections",
        "collections.abc",
        "contextvars",
        "_contextvars",
        "types",
        "_collections_abc",
        "operator",
        "_operator",
        "itertools",
        "keyword",
        "reprlib",
        "functools",
        "_functools",
        "_collections",
        "abc",
        "math",
    }, loaded
    own = run_python(
        "import llmos\nprint(*sorted(n for n in sys.modules if n.startswith('llmos')))", PACKAGES
    )
    for late in ("_preview", "_ipython", "_cachekey", "_codec", "_native", "_card", "_python"):
        assert f"llmos.{late}" not in own.split()


@pytest.fixture
def lite(tmp_path) -> Path:
    """A stand-in for the subset, to test the finder without numpy."""
    package = tmp_path / "lite" / "qiskit_lite"
    (package / "quantum_info").mkdir(parents=True)
    (package / "__init__.py").write_text("from .circuit import QuantumCircuit\n")
    (package / "circuit.py").write_text("class QuantumCircuit: pass\n")
    (package / "quantum_info" / "__init__.py").write_text("from ..circuit import QuantumCircuit\n")
    (package / "broken.py").write_text("import no_such_package\n")
    return package.parent


def test_qiskit_is_the_subset_under_another_name(lite):
    code = (
        "import llmos\n"
        "from qiskit import QuantumCircuit\n"
        "import qiskit.quantum_info, qiskit.circuit\n"
        "import qiskit_lite, qiskit_lite.quantum_info\n"
        "import qiskit\n"
        "assert qiskit is qiskit_lite\n"
        "assert qiskit.quantum_info is qiskit_lite.quantum_info\n"
        "assert sys.modules['qiskit.circuit'] is sys.modules['qiskit_lite.circuit']\n"
        "assert QuantumCircuit is qiskit_lite.quantum_info.QuantumCircuit\n"
        "assert qiskit_lite.__spec__.name == 'qiskit_lite'\n"
        "assert qiskit_lite.circuit.__spec__.name == 'qiskit_lite.circuit'\n"
        "import importlib.util\n"
        "assert importlib.util.find_spec('qiskit.nothing') is None\n"
        "print(sys.modules['qiskit'].__name__)"
    )
    assert run_python(code, lite, PACKAGES) == "qiskit_lite"


def test_the_first_import_may_be_a_submodule(lite):
    code = (
        "import llmos\n"
        "from qiskit.quantum_info import QuantumCircuit as a\n"
        "from qiskit_lite.circuit import QuantumCircuit as b\n"
        "print(a is b)"
    )
    assert run_python(code, lite, PACKAGES) == "True"


def test_real_qiskit_wins(lite, tmp_path):
    real = tmp_path / "real" / "qiskit"
    real.mkdir(parents=True)
    (real / "__init__.py").write_text("name = 'real'\n")
    code = (
        "import llmos, qiskit\n"
        "try:\n    import qiskit.quantum_info\n"
        "except ModuleNotFoundError as error:\n    print(qiskit.name, error.name)"
    )
    assert run_python(code, lite, PACKAGES, real.parent) == "real qiskit.quantum_info"


def test_a_package_that_the_subset_lacks_is_named(lite):
    code = (
        "import llmos, qiskit\n"
        "for name in ('qiskit.broken', 'qiskit.nothing'):\n"
        "    try:\n        __import__(name)\n"
        "    except ModuleNotFoundError as error:\n        print(error.name)"
    )
    assert run_python(code, lite, PACKAGES).split() == ["no_such_package", "qiskit.nothing"]


def test_without_the_subset_qiskit_is_simply_missing(tmp_path):
    package = tmp_path / "llmos"
    package.symlink_to(Path(PACKAGES) / "llmos")
    code = (
        "import llmos\n"
        "try:\n    import qiskit\n"
        "except ModuleNotFoundError as error:\n    print(error)"
    )
    assert run_python(code, tmp_path) == "No module named 'qiskit'"
