"""What people may give as qubits or clbits, and how rows of them broadcast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from .exceptions import CircuitError
from .instruction import Barrier, Instruction, Measure
from .register import Bit, Register


class BitLocations(NamedTuple):
    """Where a bit stands in a circuit."""

    index: int
    registers: list[tuple[Register, int]]


def resolve(spec: Any, bits: Sequence[Bit], kind: type[Bit], index: dict[Bit, Any]) -> list[Bit]:
    """A bit, number, register, slice or row of those as a list of the circuit's bits."""
    if isinstance(spec, kind):
        if spec not in index:
            raise CircuitError(f"Bit '{spec}' is not in the circuit.")
        return [spec]
    if isinstance(spec, (int, np.integer)) and not isinstance(spec, bool):
        try:
            return [bits[int(spec)]]
        except IndexError:
            raise CircuitError(f"Index {spec} out of range for size {len(bits)}.") from None
    if isinstance(spec, slice):
        return list(bits[spec])
    if isinstance(spec, (str, Bit)) or not isinstance(spec, Iterable):
        raise CircuitError(f"Invalid bit index: '{spec}' of type '{type(spec).__name__}'")
    return [bit for item in spec for bit in resolve(item, bits, kind, index)]


def broadcast(operation: Instruction, qargs: list[list[Bit]], cargs: list[list[Bit]]) -> list[tuple[list[Bit], list[Bit]]]:
    """The (qubits, clbits) that one ``append`` stands for."""
    if isinstance(operation, Measure):
        qubits, clbits = sum(qargs, []), sum(cargs, [])
        if len(qubits) != len(clbits):
            raise CircuitError("register size error")
        return [([q], [c]) for q, c in zip(qubits, clbits)]
    if operation.name in ("reset", "delay"):
        return [([q], []) for row in qargs for q in row]
    if isinstance(operation, Barrier) or operation.name in ("initialize", "state_preparation"):
        flat = sum(qargs, [])
        if len(flat) != operation.num_qubits:
            raise CircuitError(
                f"The amount of qubit arguments {len(flat)} does not match the instruction expectation ({operation.num_qubits})."
            )
        return [(flat, [])]
    if len(qargs) != operation.num_qubits or len(cargs) != operation.num_clbits:
        kind, given, need = (
            ("qubit", len(qargs), operation.num_qubits)
            if len(qargs) != operation.num_qubits
            else ("clbit", len(cargs), operation.num_clbits)
        )
        raise CircuitError(
            f"The amount of {kind} arguments {given} does not match the instruction expectation ({need})."
        )
    if not qargs and not cargs:
        return [([], [])]
    length = max(len(row) for row in [*qargs, *cargs])
    if any(len(row) not in (1, length) for row in qargs):
        raise CircuitError(f"Not sure how to combine these qubit arguments:\n {qargs}\n")
    if cargs and (length != 1 or any(len(row) != 1 for row in cargs)):
        return [(sum(qargs, []), sum(cargs, []))]
    return [
        ([row[i if len(row) > 1 else 0] for row in qargs], [row[0] for row in cargs])
        for i in range(length)
    ]


def check_duplicates(bits: Sequence[Bit]) -> None:
    """An instruction may not take the same bit twice."""
    if len(set(bits)) != len(bits):
        raise CircuitError("duplicate bit arguments")
