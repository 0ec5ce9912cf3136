"""``StatevectorEstimator``: exact expectation values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..circuit.quantumcircuit import QuantumCircuit
from ..quantum_info.pauli import Pauli
from ..quantum_info.sparse_pauli_op import SparsePauliOp
from ..quantum_info.statevector import Statevector
from .containers import DataBin, PrimitiveJob, PrimitiveResult, PubResult, read_values


class StatevectorEstimator:
    """Runs (circuit, observables, values, precision) units.

    Args:
        default_precision: Standard deviation of the noise added; 0 for exact values.
        seed: Makes that noise repeatable.
    """

    def __init__(self, *, default_precision: float = 0.0, seed: Any = None) -> None:
        self._default_precision = default_precision
        self._seed = seed

    @property
    def default_precision(self) -> float:
        """Noise where none is given."""
        return self._default_precision

    @property
    def seed(self) -> Any:
        """The seed."""
        return self._seed

    def run(self, pubs: Iterable[Any], *, precision: float | None = None) -> PrimitiveJob:
        """Run tuples of circuit, observables, parameter values and precision."""
        chosen = self._default_precision if precision is None else precision
        units = [self._read(pub, chosen) for pub in pubs]
        return PrimitiveJob(lambda: PrimitiveResult([self._unit(*u) for u in units], {"version": 2}))

    @staticmethod
    def _read(pub: Any, precision: float) -> tuple[QuantumCircuit, Any, Any, float]:
        row = tuple(pub) if isinstance(pub, (tuple, list)) else ()
        if len(row) < 2 or not isinstance(row[0], QuantumCircuit) or len(row) > 4:
            raise ValueError("A unit of work is (circuit, observables, parameter values, precision).")
        given = row[3] if len(row) > 3 and row[3] is not None else precision
        return row[0], row[1], row[2] if len(row) > 2 else None, float(given)

    def _unit(self, circuit: QuantumCircuit, observables: Any, values: Any, precision: float) -> PubResult:
        rng = np.random.default_rng(self._seed)
        table, shape = read_values(circuit, values)
        wanted = observable_array(observables)
        for op in wanted.ravel():
            if op.num_qubits != circuit.num_qubits:
                raise ValueError(
                    f"The number of qubits of the circuit ({circuit.num_qubits}) does not match "
                    f"the number of qubits of the observable ({op.num_qubits})."
                )
        both = np.broadcast_shapes(shape, wanted.shape)
        numbers = np.broadcast_to(np.arange(int(np.prod(shape, dtype=int))).reshape(shape), both)
        ops = np.broadcast_to(wanted, both)
        flat = table.reshape(-1, table.shape[-1]) if table.shape[-1] else table
        states: dict[int, Statevector] = {}
        evs = np.zeros(both)
        for index in np.ndindex(*both):
            number = int(numbers[index])
            if number not in states:
                bound = circuit.assign_parameters(flat[number]) if table.shape[-1] else circuit
                states[number] = Statevector(bound)
            value = states[number].expectation_value(ops[index]).real
            evs[index] = rng.normal(value, precision) if precision else value
        data = DataBin(evs=evs, stds=np.zeros(both), shape=both)
        return PubResult(data, {"target_precision": precision, "circuit_metadata": circuit.metadata})


def observable_array(observables: Any) -> np.ndarray:
    """Operators in an array: one, or lists of lists of them."""
    if isinstance(observables, (SparsePauliOp, Pauli, str)) or hasattr(observables, "items"):
        result = np.empty((), dtype=object)
        result[()] = _operator(observables)
        return result
    rows = [observable_array(item) for item in observables]
    result = np.empty((len(rows), *rows[0].shape), dtype=object)
    for i, row in enumerate(rows):
        result[i] = row if row.shape else row[()]
    return result


def _operator(value: Any) -> SparsePauliOp:
    if hasattr(value, "items"):
        return SparsePauliOp.from_list([(str(key), c) for key, c in value.items()])
    return value if isinstance(value, SparsePauliOp) else SparsePauliOp(value)
