"""Comparing states and operators, and tracing qubits out."""

from __future__ import annotations

from typing import Any

import numpy as np

from .operator import Operator
from .statevector import Statevector


def state_fidelity(state1: Any, state2: Any, validate: bool = True) -> float:
    """|<a|b>|^2 of two pure states."""
    return float(abs(np.vdot(Statevector(state1).data, Statevector(state2).data)) ** 2)


def process_fidelity(channel: Any, target: Any = None) -> float:
    """How near two unitaries are, phase apart."""
    a = Operator(channel).data
    b = np.eye(len(a)) if target is None else Operator(target).data
    return float(abs(np.trace(b.conj().T @ a)) ** 2 / len(a) ** 2)


def partial_trace(state: Any, qargs: list[int]) -> Operator:
    """Density matrix of the qubits that are left when ``qargs`` are traced out.

    Returned as an ``Operator`` (its ``data`` is the matrix); there is no DensityMatrix here.
    """
    vector = Statevector(state)
    n = vector.num_qubits
    gone = [n - 1 - q for q in qargs]
    kept = [axis for axis in range(n) if axis not in gone]
    rows = vector.data.reshape((2,) * n).transpose(kept + gone).reshape(2 ** len(kept), -1)
    return Operator(rows @ rows.conj().T)
