"""``Operator``: a matrix on qubits."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..circuit.instruction import Gate, Instruction
from ..circuit.quantumcircuit import QuantumCircuit
from ..exceptions import QiskitError
from ..simulation import apply_circuit, apply_matrix, circuit_matrix


class Operator:
    """A square matrix on n qubits, from a matrix, circuit, gate or Pauli operator."""

    __array_priority__ = 20

    def __init__(self, data: Any) -> None:
        self._data = _matrix(data)
        rows, columns = self._data.shape
        if rows != columns or rows & (rows - 1):
            raise QiskitError("Here an operator must be square, with a power of 2 rows.")

    @property
    def data(self) -> np.ndarray:
        """The matrix."""
        return self._data

    @property
    def dim(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._data.shape[1], self._data.shape[0]

    @property
    def num_qubits(self) -> int:
        """Number of qubits."""
        return len(self._data).bit_length() - 1

    @classmethod
    def from_label(cls, label: str) -> Operator:
        """Pauli strings such as ``"XZ"``."""
        from .pauli import Pauli

        return cls(Pauli(label).to_matrix())

    @classmethod
    def from_circuit(cls, circuit: QuantumCircuit, *_: Any, **__: Any) -> Operator:
        """The unitary of a circuit."""
        return cls(circuit)

    def to_matrix(self) -> np.ndarray:
        """The matrix."""
        return self._data

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.asarray(self._data, dtype=dtype)

    def adjoint(self) -> Operator:
        """Conjugate transpose."""
        return Operator(self._data.conj().T)

    def conjugate(self) -> Operator:
        """Complex conjugate."""
        return Operator(self._data.conj())

    def transpose(self) -> Operator:
        """Transpose."""
        return Operator(self._data.T)

    def compose(self, other: Any, qargs: list[int] | None = None, front: bool = False) -> Operator:
        """First this, then the other (on some qubits); ``front`` the other way round."""
        other = other if isinstance(other, Operator) else Operator(other)
        row = list(range(other.num_qubits)) if qargs is None else list(qargs)
        if qargs is None and other.num_qubits != self.num_qubits:
            raise QiskitError("Operators have different numbers of qubits; give qargs.")
        if front:
            wide = apply_matrix(np.eye(len(self._data), dtype=complex), other.data, row)
            return Operator(self._data @ wide)
        return Operator(apply_matrix(self._data, other.data, row))

    def dot(self, other: Any, qargs: list[int] | None = None) -> Operator:
        """Matrix product self * other."""
        return self.compose(other, qargs, front=True)

    def tensor(self, other: Any) -> Operator:
        """Kronecker product; the other one takes the low qubits."""
        return Operator(np.kron(self._data, _matrix(other)))

    def expand(self, other: Any) -> Operator:
        """Kronecker product; this one takes the low qubits."""
        return Operator(np.kron(_matrix(other), self._data))

    def power(self, n: float, **_: Any) -> Operator:
        """Power of the matrix, principal for fractions."""
        from ..circuit.gates.generalized import matrix_power

        return Operator(matrix_power(self._data, n))

    def is_unitary(self, atol: float = 1e-8, rtol: float = 1e-5) -> bool:
        """Whether its inverse is its adjoint."""
        return bool(np.allclose(self._data.conj().T @ self._data, np.eye(len(self._data)), rtol, atol))

    def equiv(self, other: Any, rtol: float = 1e-5, atol: float = 1e-8) -> bool:
        """Equal up to one phase."""
        a, b = self._data, _matrix(other)
        if a.shape != b.shape:
            return False
        place = np.unravel_index(np.argmax(np.abs(a)), a.shape)
        if abs(b[place]) < atol:
            return False
        turn = a[place] / b[place]
        return bool(np.allclose(a, b * turn / abs(turn), rtol, atol))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Operator) and self.dim == other.dim and np.allclose(self._data, other._data)

    __hash__ = None  # type: ignore[assignment]

    def __matmul__(self, other: Any) -> Operator:
        return self.dot(other)

    def __and__(self, other: Any) -> Operator:
        return self.compose(other)

    def __xor__(self, other: Any) -> Operator:
        return self.tensor(other)

    def __add__(self, other: Any) -> Operator:
        return Operator(self._data + _matrix(other))

    def __sub__(self, other: Any) -> Operator:
        return Operator(self._data - _matrix(other))

    def __mul__(self, factor: complex) -> Operator:
        return Operator(self._data * factor)

    __rmul__ = __mul__

    def __truediv__(self, factor: complex) -> Operator:
        return Operator(self._data / factor)

    def __neg__(self) -> Operator:
        return Operator(-self._data)

    def __repr__(self) -> str:
        return f"Operator({np.array2string(self._data, separator=', ')})"


def _matrix(data: Any) -> np.ndarray:
    if isinstance(data, Operator):
        return data.data
    if isinstance(data, QuantumCircuit):
        return circuit_matrix(data)
    if isinstance(data, Gate):
        return data.to_matrix()
    if isinstance(data, Instruction):
        if data.definition is None:
            raise QiskitError(f"Cannot apply Instruction: {data.name}")
        return apply_circuit(np.eye(2**data.num_qubits, dtype=complex), data.definition)
    if hasattr(data, "to_matrix"):
        return np.asarray(data.to_matrix(), dtype=complex)
    return np.array(data, dtype=complex)
