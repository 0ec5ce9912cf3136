"""What both drawings share: columns, box texts and wire names."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..circuit.instruction import CircuitInstruction, ControlledGate
from ..circuit.parameter import ParameterExpression
from ..circuit.quantumcircuit import QuantumCircuit

NAMES = {
    "sdg": "Sdg", "tdg": "Tdg", "sx": "√X", "sxdg": "√Xdg", "id": "I", "reset": "|0>", "unitary": "Unitary",
    "rxx": "Rxx", "ryy": "Ryy", "rzz": "Rzz", "rzx": "Rzx", "state_preparation": "State Preparation",
}  # fmt: skip


def angle_text(value: Any) -> str:
    """Angles as fractions of pi, other numbers short."""
    if isinstance(value, ParameterExpression):
        return str(value)
    if isinstance(value, (complex, np.ndarray, str)):
        return value if isinstance(value, str) else "…"
    ratio = float(value) / math.pi
    for bottom in (1, 2, 3, 4, 6, 8, 16):
        top = round(ratio * bottom)
        if top and abs(ratio * bottom - top) < 1e-9 and abs(top) <= 16:
            return f"{'-' if top < 0 else ''}{abs(top) if abs(top) != 1 else ''}π{f'/{bottom}' if bottom > 1 else ''}"
    return f"{float(value):.5g}"


def box_text(operation: Any) -> str:
    """The words in a gate's box."""
    if operation.label:
        return operation.label
    name = operation.name
    shown = NAMES.get(name, name if operation.definition is not None else name[:1].upper() + name[1:])
    simple = [p for p in operation.params if not isinstance(p, (complex, np.ndarray))]
    if not simple or operation.definition is not None:
        return shown
    return f"{shown}({','.join(angle_text(p) for p in simple)})"


def is_phase(operation: Any) -> bool:
    """Controlled phases are drawn as points, Z among them."""
    return isinstance(operation, ControlledGate) and operation.base_gate.name in ("z", "p", "u1")


def columns(circuit: QuantumCircuit) -> list[list[CircuitInstruction]]:
    """Instructions side by side as far left as their wires allow."""
    rows = {bit: i for i, bit in enumerate([*circuit.qubits, *circuit.clbits])}
    level = [0] * (len(rows) + 1)
    result: list[list[CircuitInstruction]] = []
    for item in circuit.data:
        touched = [rows[b] for b in [*item.qubits, *item.clbits]]
        if not touched:
            continue
        low = min(touched)
        high = len(circuit.qubits) - 1 if item.clbits else max(touched)
        span = list(range(low, high + 1)) + touched
        at = max(level[row] for row in span)
        for row in span:
            level[row] = at + 1
        while len(result) <= at:
            result.append([])
        result[at].append(item)
    return result


def wire_names(circuit: QuantumCircuit) -> list[str]:
    """``q_0`` and so on; a register of one bit has no number."""
    names = []
    for i, qubit in enumerate(circuit.qubits):
        registers = circuit.find_bit(qubit).registers
        if not registers:
            names.append(str(i))
        else:
            reg, place = registers[0]
            names.append(f"{reg.name}_{place}" if reg.size > 1 else reg.name)
    return names
