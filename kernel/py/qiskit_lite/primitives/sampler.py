"""``StatevectorSampler``: measured bits from exact probabilities."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..circuit.quantumcircuit import QuantumCircuit
from ..exceptions import QiskitError
from ..quantum_info.statevector import Statevector
from .containers import (
    BitArray,
    DataBin,
    PrimitiveJob,
    PrimitiveResult,
    SamplerPubResult,
    read_values,
)


class StatevectorSampler:
    """Runs (circuit, values, shots) units; results by classical register.

    Args:
        default_shots: Shots where none are given.
        seed: Makes results repeatable, equal to those of Qiskit.
    """

    def __init__(self, *, default_shots: int = 1024, seed: Any = None) -> None:
        self._default_shots = default_shots
        self._seed = seed

    @property
    def default_shots(self) -> int:
        """Shots where none are given."""
        return self._default_shots

    @property
    def seed(self) -> Any:
        """The seed."""
        return self._seed

    def run(self, pubs: Iterable[Any], *, shots: int | None = None) -> PrimitiveJob:
        """Run circuits, or tuples of circuit, parameter values and shots."""
        if isinstance(pubs, QuantumCircuit):
            raise ValueError(
                f"An invalid Sampler pub-like was given ({type(pubs)}). "
                "If you want to run a single circuit, you need to wrap it with `[]` like "
                "`sampler.run([circuit])` instead of `sampler.run(circuit)`."
            )
        units = [self._read(pub, self._default_shots if shots is None else shots) for pub in pubs]
        if any(not circuit.cregs for circuit, _, _ in units):
            warnings.warn(
                "One of your circuits has no output classical registers and so the result "
                "will be empty. Did you mean to add measurement instructions?",
                UserWarning,
                stacklevel=2,
            )
        return PrimitiveJob(lambda: PrimitiveResult([self._unit(*u) for u in units], {"version": 2}))

    @staticmethod
    def _read(pub: Any, shots: int) -> tuple[QuantumCircuit, Any, int]:
        row = (pub,) if isinstance(pub, QuantumCircuit) else tuple(pub)
        if not row or not isinstance(row[0], QuantumCircuit) or len(row) > 3:
            raise TypeError("A unit of work is a circuit or (circuit, parameter values, shots).")
        given = row[2] if len(row) > 2 and row[2] is not None else shots
        if not isinstance(given, (int, np.integer)) or given <= 0:
            raise ValueError(f"The number of shots must be a positive integer, not {given!r}.")
        return row[0], row[1] if len(row) > 1 else None, int(given)

    def _unit(self, circuit: QuantumCircuit, values: Any, shots: int) -> SamplerPubResult:
        table, shape = read_values(circuit, values)
        mapping = final_measurements(circuit)
        body = circuit.remove_final_measurements(inplace=False)
        if any(item.name == "measure" for item in body.data):
            raise QiskitError("StatevectorSampler cannot handle mid-circuit measurements")
        qargs = sorted(set(mapping.values()))
        sizes = {reg.name: reg.size for reg in circuit.cregs}
        arrays = {name: np.zeros((*shape, shots, -(-size // 8)), np.uint8) for name, size in sizes.items()}
        for index in np.ndindex(*shape):
            bound = body.assign_parameters(table[index]) if table.shape[-1] else body
            state = Statevector(bound)
            state.seed(self._seed)
            texts = state.sample_memory(shots, qargs) if qargs else np.array([""] * shots)
            bits = np.array([[c == "1" for c in text] for text in texts], dtype=np.uint8)[:, ::-1]
            for reg in circuit.cregs:
                rows = np.zeros((shots, reg.size), np.uint8)
                for place in range(reg.size):
                    if (reg.name, place) in mapping:
                        rows[:, reg.size - 1 - place] = bits[:, qargs.index(mapping[reg.name, place])]
                packed = np.packbits(np.pad(rows, ((0, 0), (-reg.size % 8, 0))), axis=-1)
                arrays[reg.name][index] = packed
        data = {name: BitArray(array, sizes[name]) for name, array in arrays.items()}
        return SamplerPubResult(
            DataBin(**data, shape=shape), {"shots": shots, "circuit_metadata": circuit.metadata}
        )


def final_measurements(circuit: QuantumCircuit) -> dict[tuple[str, int], int]:
    """(register, place) to qubit, for measurements that nothing follows."""
    qubits, clbits = set(circuit.qubits), set(circuit.clbits)
    mapping: dict[tuple[str, int], int] = {}
    for item in reversed(circuit.data):
        if item.name == "measure":
            qubit, clbit = item.qubits[0], item.clbits[0]
            if qubit in qubits and clbit in clbits:
                for reg, place in circuit.find_bit(clbit).registers:
                    mapping[reg.name, place] = circuit.find_bit(qubit).index
                clbits.discard(clbit)
        elif item.name not in ("barrier", "delay"):
            qubits.difference_update(item.qubits)
    return mapping
