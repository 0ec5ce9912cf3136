"""Source texts that run unchanged on Qiskit and on ``qiskit_lite``.

``run(source, module)`` executes one with every ``qiskit`` import taken from ``module``.
"""

from __future__ import annotations

import builtins
import random
from typing import Any

HEADER = """\
import numpy as np
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister, qasm3
from qiskit.circuit import Parameter, ParameterVector
from qiskit.circuit.library import *
from qiskit.circuit.library import efficient_su2, n_local, real_amplitudes
from qiskit.quantum_info import Operator, Pauli, SparsePauliOp, Statevector
from qiskit.primitives import StatevectorEstimator, StatevectorSampler
"""

METHODS: list[tuple[str, int, int]] = [
    ("h", 0, 1), ("id", 0, 1), ("x", 0, 1), ("y", 0, 1), ("z", 0, 1), ("s", 0, 1), ("sdg", 0, 1),
    ("t", 0, 1), ("tdg", 0, 1), ("sx", 0, 1), ("sxdg", 0, 1), ("p", 1, 1), ("r", 2, 1), ("rv", 3, 1),
    ("rx", 1, 1), ("ry", 1, 1), ("rz", 1, 1), ("u", 3, 1), ("swap", 0, 2), ("iswap", 0, 2),
    ("dcx", 0, 2), ("ecr", 0, 2), ("rxx", 1, 2), ("ryy", 1, 2), ("rzz", 1, 2), ("rzx", 1, 2),
    ("rccx", 0, 3), ("rcccx", 0, 4), ("cx", 0, 2), ("cy", 0, 2), ("cz", 0, 2), ("ch", 0, 2),
    ("cs", 0, 2), ("csdg", 0, 2), ("csx", 0, 2), ("cp", 1, 2), ("crx", 1, 2), ("cry", 1, 2),
    ("crz", 1, 2), ("cu", 4, 2), ("cswap", 0, 3), ("ccx", 0, 3), ("ccz", 0, 3),
]  # fmt: skip
OPEN = {"cx": 1, "cy": 1, "cz": 1, "ch": 1, "cs": 1, "csx": 1, "cp": 1, "crx": 1, "cry": 1, "crz": 1, "cswap": 1, "ccx": 2, "ccz": 2, "cu": 1}
CLASSES: list[tuple[str, int, int]] = [
    ("U1Gate", 1, 1), ("U2Gate", 2, 1), ("U3Gate", 3, 1), ("CU1Gate", 1, 2), ("CU3Gate", 3, 2),
    ("XXPlusYYGate", 2, 2), ("XXMinusYYGate", 2, 2), ("C3SXGate", 0, 4), ("RVGate", 3, 1), ("CSdgGate", 0, 2),
]  # fmt: skip
CONTROLLABLE = ["HGate()", "XGate()", "SXGate()", "TGate()", "SwapGate()", "RXGate(0.7)", "PhaseGate(1.1)", "RZZGate(0.4)", "UGate(0.1, 0.2, 0.3)", "CYGate()", "iSwapGate()", "CUGate(0.1, 0.2, 0.3, 0.4)"]


def _angles(rng: random.Random, count: int) -> list[str]:
    return [repr(round(rng.uniform(-7, 7), 6)) for _ in range(count)]


def _special(rng: random.Random, n: int) -> str:
    """A line that uses more of a circuit's methods than one gate."""
    picks = rng.sample(range(n), n)
    kind = rng.randrange(13)
    if kind == 0 and n >= 2:
        return f"qc.mcx({picks[:-1]}, {picks[-1]})"
    if kind == 1 and n >= 2:
        return f"qc.mcp({_angles(rng, 1)[0]}, {picks[:-1]}, {picks[-1]})"
    if kind == 2 and n >= 2:
        return f"qc.{rng.choice(['mcrx', 'mcry', 'mcrz'])}({_angles(rng, 1)[0]}, {picks[:-1]}, {picks[-1]})"
    if kind == 3:
        letters = "".join(rng.choice("IXYZ") for _ in range(n))
        return f"qc.pauli({letters!r}, {picks})"
    if kind == 4 and n >= 2:
        return f"qc.ms({_angles(rng, 1)[0]}, {picks[: rng.randint(2, n)]})"
    if kind == 5:
        return f"qc.unitary(Operator(UGate({', '.join(_angles(rng, 3))})).data * np.exp(1j * 0.3), [{picks[0]}])"
    if kind == 6:
        return f"qc.global_phase += {_angles(rng, 1)[0]}"
    if kind == 7:
        gate = rng.choice(CONTROLLABLE)
        return (
            f"g = {gate}.control({rng.randint(1, 3)}, ctrl_state={rng.randint(0, 1)})\n"
            f"if g.num_qubits <= {n}: qc.append(g, {picks}[:g.num_qubits])"
        )
    if kind == 8 and n >= 2:
        return (
            f"sub = QuantumCircuit(2, global_phase=0.3)\nsub.h(0)\nsub.crx({_angles(rng, 1)[0]}, 0, 1)\n"
            f"qc.append(sub.to_gate(), {picks[:2]})\nqc.append(sub.to_gate().inverse(), {picks[-2:]})"
        )
    if kind == 9 and n >= 3:
        return (
            f"sub = QuantumCircuit(2, global_phase=0.4)\nsub.ry({_angles(rng, 1)[0]}, 1)\nsub.swap(0, 1)\n"
            f"qc.append(sub.to_gate().control(1), {picks[:3]})"
        )
    if kind == 10:
        return f"qc.compose(qc.inverse().copy(), inplace=True)\nqc.rx({_angles(rng, 1)[0]}, {picks[0]})"
    if kind == 11 and n >= 2:
        return f"qc.append(QFTGate({n}), {picks})"
    return f"qc.barrier()\nqc.h({picks})"


def random_source(seed: int) -> str:
    """A circuit of 1 to 8 qubits with about 20 instructions; ends with ``qc`` and ``op``."""
    rng = random.Random(seed)
    n = 1 + seed % 8
    lines = [f"qc = QuantumCircuit({n})"]
    if seed % 7 == 0:
        lines.append(f"qc.prepare_state({rng.choice(['+r-l01', 'l-1r0+++'])[:n].ljust(n, '0')!r})")
    for step in range(rng.randint(8, 24)):
        if step % 6 == 5:
            lines.append(_special(rng, n))
            continue
        name, angles, qubits = METHODS[(seed * 31 + step * 17 + rng.randrange(3)) % len(METHODS)]
        if rng.random() < 0.15:
            name, angles, qubits = rng.choice(CLASSES)
        if qubits > n:
            continue
        places = rng.sample(range(n), qubits)
        values = _angles(rng, angles)
        if name[0].isupper():
            gate = f"{name}({', '.join(values)})" + (".inverse()" if rng.random() < 0.4 else "")
            lines.append(f"qc.append({gate}, {places})")
            continue
        extra = f", ctrl_state={rng.randrange(2 ** OPEN[name])}" if name in OPEN and rng.random() < 0.3 else ""
        lines.append(f"qc.{name}({', '.join([*values, *map(str, places)])}{extra})")
    terms = [("".join(rng.choice("IXYZ") for _ in range(n)), round(rng.uniform(-2, 2), 5)) for _ in range(5)]
    lines.append(f"op = SparsePauliOp.from_list({terms!r})")
    return HEADER + "\n".join(lines) + "\n"


def run(source: str, module: str) -> dict[str, Any]:
    """Execute a source text with its ``qiskit`` imports taken from ``module``."""

    def load(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "qiskit" or name.startswith("qiskit."):
            name = module + name[len("qiskit") :]
        return builtins.__import__(name, *args, **kwargs)

    space: dict[str, Any] = {"__builtins__": {**vars(builtins), "__import__": load}}
    exec(compile(source, "<case>", "exec"), space)  # noqa: S102 - our own texts
    return space


def results(source: str, module: str) -> dict[str, Any]:
    """Amplitudes, expectation value and sampled counts of a random source, as plain data."""
    tail = (
        "state = Statevector(qc)\nvalue = complex(state.expectation_value(op))\n"
        "evs = float(StatevectorEstimator().run([(qc, op)]).result()[0].data.evs)\n"
        "measured = qc.copy()\nmeasured.measure_all()\n"
        "counts = StatevectorSampler(seed=7).run([measured], shots=200).result()[0].data.meas.get_counts()\n"
    )
    space = run(source + tail, module)
    data = space["state"].data
    return {
        "re": data.real.tolist(),
        "im": data.imag.tolist(),
        "value": [space["value"].real, space["value"].imag],
        "evs": space["evs"],
        "counts": {str(k): int(v) for k, v in space["counts"].items()},
    }
