"""Exact simulation: gates applied to arrays of amplitudes.

Amplitude i belongs to the basis state whose bit q is the value of qubit q.
"""

from __future__ import annotations

import cmath
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .circuit.instruction import ControlledGate, Gate
from .exceptions import QiskitError

if TYPE_CHECKING:
    from .circuit.quantumcircuit import QuantumCircuit

MAX_QUBITS = 20


def apply_matrix(state: np.ndarray, matrix: np.ndarray, qubits: Sequence[int]) -> np.ndarray:
    """Amplitudes after a matrix acted on some qubits; further axes of ``state`` ride along."""
    size, rest = state.shape[0], state.shape[1:]
    n = size.bit_length() - 1
    if len(qubits) == 1:
        view = state.reshape(-1, 2, 2 ** qubits[0] * int(np.prod(rest, dtype=int)))
        low, high = view[:, 0], view[:, 1]
        result = np.empty_like(view)
        if matrix[0, 1] == 0 and matrix[1, 0] == 0:
            result[:, 0], result[:, 1] = matrix[0, 0] * low, matrix[1, 1] * high
        else:
            result[:, 0] = matrix[0, 0] * low + matrix[0, 1] * high
            result[:, 1] = matrix[1, 0] * low + matrix[1, 1] * high
        return result.reshape(state.shape)
    if not qubits:
        return matrix[0, 0] * state
    axes = [n - 1 - q for q in reversed(qubits)]
    tensor = np.moveaxis(state.reshape((2,) * n + rest), axes, range(len(axes)))
    moved = (matrix @ tensor.reshape(len(matrix), -1)).reshape(tensor.shape)
    return np.moveaxis(moved, range(len(axes)), axes).reshape(state.shape)


def apply_controlled(state: np.ndarray, gate: ControlledGate, qubits: Sequence[int]) -> np.ndarray:
    """Only the amplitudes whose control bits fit are touched."""
    n = state.shape[0].bit_length() - 1
    controls, targets = qubits[: gate.num_ctrl_qubits], qubits[gate.num_ctrl_qubits :]
    chosen: list[Any] = [slice(None)] * n
    for place, q in enumerate(controls):
        chosen[n - 1 - q] = gate.ctrl_state >> place & 1
    result = state.copy().reshape((2,) * n + state.shape[1:])
    part = result[tuple(chosen)]
    lower = [t - sum(1 for c in controls if c < t) for t in targets]
    flat = np.ascontiguousarray(part).reshape((2 ** (n - len(controls)), *state.shape[1:]))
    result[tuple(chosen)] = apply_matrix(flat, gate.base_matrix(), lower).reshape(part.shape)
    return result.reshape(state.shape)


def apply_gate(state: np.ndarray, gate: Gate, qubits: Sequence[int]) -> np.ndarray:
    """One gate, through its definition when it has one."""
    if gate.is_parameterized():
        names = ", ".join(str(p) for p in gate.params)
        raise QiskitError(f"Cannot apply {gate.name} with unbound parameters ({names}); assign values first.")
    if isinstance(gate, ControlledGate):
        return apply_controlled(state, gate, qubits)
    if gate.definition is not None:
        return apply_circuit(state, gate.definition, qubits)
    return apply_matrix(state, gate.to_matrix(), qubits)


def apply_circuit(state: np.ndarray, circuit: QuantumCircuit, qubits: Sequence[int] | None = None) -> np.ndarray:
    """All gates of a circuit; measurements and resets are refused."""
    index = {bit: i if qubits is None else qubits[i] for i, bit in enumerate(circuit.qubits)}
    if circuit.global_phase:
        state = cmath.exp(1j * float(circuit.global_phase)) * state
    for item in circuit.data:
        operation = item.operation
        if operation.name in ("barrier", "delay"):
            continue
        places = [index[q] for q in item.qubits]
        if isinstance(operation, Gate):
            state = apply_gate(state, operation, places)
        elif operation.definition is not None and not item.clbits:
            state = apply_circuit(state, operation.definition, places)
        else:
            what = "instruction with classical bits" if item.clbits else "Instruction"
            raise QiskitError(f"Cannot apply {what}: {operation.name}")
    return state


def circuit_matrix(circuit: QuantumCircuit) -> np.ndarray:
    """The unitary of a circuit."""
    if circuit.num_qubits > 12:
        raise QiskitError(f"A matrix on {circuit.num_qubits} qubits would not fit; at most 12.")
    return apply_circuit(np.eye(2**circuit.num_qubits, dtype=complex), circuit)
