"""``transpile``: here the simulator takes every gate, so there is nothing to rewrite."""

from __future__ import annotations

from typing import Any

from .circuit import QuantumCircuit


def transpile(circuits: QuantumCircuit | list[QuantumCircuit], *_: Any, **__: Any) -> Any:
    """Return copies; options such as ``optimization_level`` have no effect here."""
    if isinstance(circuits, QuantumCircuit):
        return circuits.copy()
    return [circuit.copy() for circuit in circuits]
