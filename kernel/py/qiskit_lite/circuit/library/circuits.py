"""Ready circuits: Fourier transform and layered ansaetze."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ..instruction import Gate
from ..parametervector import ParameterVector
from ..quantumcircuit import QuantumCircuit
from ..gates.control import CONTROLLED
from ..gates.standard import BY_NAME


class QFTGate(Gate):
    """Quantum Fourier transform with its swaps: |j> to sum of e^(2 pi i j k / N) |k>."""

    def __init__(self, num_qubits: int) -> None:
        super().__init__("qft", num_qubits, [])

    @property
    def definition(self) -> QuantumCircuit:
        """Hadamards, controlled phases and swaps."""
        n = self.num_qubits
        circuit = QuantumCircuit(n, name="qft")
        for j in reversed(range(n)):
            circuit.h(j)
            for k in reversed(range(j)):
                circuit.cp(math.pi / 2 ** (j - k), j, k)
        for k in range(n // 2):
            circuit.swap(k, n - 1 - k)
        return circuit

    def _matrix(self) -> np.ndarray:
        size = 2**self.num_qubits
        index = np.arange(size)
        return np.exp(2j * math.pi * (np.outer(index, index) % size) / size) / math.sqrt(size)

    def inverse(self, annotated: bool = False) -> Gate:
        """The inverse transform, as a gate made of the same steps."""
        circuit = self.definition.inverse()
        circuit.name = "qft_dg"
        return circuit.to_gate()


def _pairs(entanglement: Any, n: int, layer: int) -> list[tuple[int, int]]:
    if callable(entanglement):
        entanglement = entanglement(layer)
    if not isinstance(entanglement, str):
        return [tuple(pair) for pair in entanglement]
    linear = [(i, i + 1) for i in range(n - 1)]
    if entanglement == "full":
        return [(i, j) for i in range(n) for j in range(i + 1, n)]
    if entanglement == "linear":
        return linear
    if entanglement == "reverse_linear":
        return linear[::-1]
    if entanglement == "circular":
        return ([(n - 1, 0)] if n > 2 else []) + linear
    if entanglement == "pairwise":
        return linear[::2] + linear[1::2]
    raise ValueError(f"Unsupported entanglement type: {entanglement}")


def n_local(
    num_qubits: int,
    rotation_blocks: str | Iterable[str],
    entanglement_blocks: str | Iterable[str],
    entanglement: Any = "full",
    reps: int = 3,
    insert_barriers: bool = False,
    parameter_prefix: str = "θ",
    *,
    skip_final_rotation_layer: bool = False,
    skip_unentangled_qubits: bool = False,
    name: str | None = "nlocal",
) -> QuantumCircuit:
    """Layers of one-qubit gates with two-qubit gates between, each angle a parameter."""
    rotations = [rotation_blocks] if isinstance(rotation_blocks, str) else list(rotation_blocks)
    links = [entanglement_blocks] if isinstance(entanglement_blocks, str) else list(entanglement_blocks)
    circuit = QuantumCircuit(num_qubits, name=name)
    angles = ParameterVector(parameter_prefix, 0)
    turned = range(num_qubits)
    if skip_unentangled_qubits:
        turned = sorted({q for layer in range(reps) for pair in _pairs(entanglement, num_qubits, layer) for q in pair})

    def make(gate: str) -> Gate:
        two = {f"c{base}": base for base, count in CONTROLLED if count == 1}
        cls: Callable[..., Gate] = CONTROLLED[two[gate], 1] if gate in two else BY_NAME[gate]
        need = getattr(cls, "angles", BY_NAME[two[gate]].angles if gate in two else 0)
        start = len(angles)
        angles.resize(start + need)
        return cls(*angles[start:])

    def rotate() -> None:
        for gate in rotations:
            for qubit in turned:
                circuit.append(make(gate), [qubit])

    for layer in range(reps):
        rotate()
        if insert_barriers:
            circuit.barrier()
        for gate in links:
            for pair in _pairs(entanglement, num_qubits, layer):
                circuit.append(make(gate), list(pair))
        if insert_barriers and not (skip_final_rotation_layer and layer == reps - 1):
            circuit.barrier()
    if not skip_final_rotation_layer:
        rotate()
    return circuit


def real_amplitudes(
    num_qubits: int,
    entanglement: Any = "reverse_linear",
    reps: int = 3,
    skip_unentangled_qubits: bool = False,
    skip_final_rotation_layer: bool = False,
    parameter_prefix: str = "θ",
    insert_barriers: bool = False,
    name: str = "RealAmplitudes",
) -> QuantumCircuit:
    """RY layers joined by CX: all amplitudes stay real."""
    return n_local(
        num_qubits,
        "ry",
        "cx",
        entanglement,
        reps,
        insert_barriers,
        parameter_prefix,
        skip_final_rotation_layer=skip_final_rotation_layer,
        skip_unentangled_qubits=skip_unentangled_qubits,
        name=name,
    )


def efficient_su2(
    num_qubits: int,
    su2_gates: str | Iterable[str] | None = None,
    entanglement: Any = "reverse_linear",
    reps: int = 3,
    skip_unentangled_qubits: bool = False,
    skip_final_rotation_layer: bool = False,
    parameter_prefix: str = "θ",
    insert_barriers: bool = False,
    name: str = "EfficientSU2",
) -> QuantumCircuit:
    """RY and RZ layers joined by CX."""
    gates = ["ry", "rz"] if su2_gates is None else su2_gates
    return n_local(
        num_qubits,
        gates,
        "cx",
        entanglement,
        reps,
        insert_barriers,
        parameter_prefix,
        skip_final_rotation_layer=skip_final_rotation_layer,
        skip_unentangled_qubits=skip_unentangled_qubits,
        name=name,
    )
