"""Gates made from data: any unitary, Pauli strings, state preparation, all pairs of XX."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...exceptions import QiskitError
from ..exceptions import CircuitError
from ..instruction import Gate, Instruction
from .matrices import I2, X, Y, Z, rotation

PAULI = {"I": I2, "X": X, "Y": Y, "Z": Z}
LABELS = {
    "0": np.array([1, 0]),
    "1": np.array([0, 1]),
    "+": np.array([1, 1]) / math.sqrt(2),
    "-": np.array([1, -1]) / math.sqrt(2),
    "r": np.array([1, 1j]) / math.sqrt(2),
    "l": np.array([1, -1j]) / math.sqrt(2),
}


def matrix_power(matrix: np.ndarray, exponent: float) -> np.ndarray:
    """Principal power of a unitary matrix."""
    if float(exponent).is_integer():
        return np.linalg.matrix_power(matrix, int(exponent))
    values, vectors = np.linalg.eig(matrix)
    vectors, _ = np.linalg.qr(vectors)
    values = np.diag(vectors.conj().T @ matrix @ vectors)
    return (vectors * np.exp(1j * np.angle(values) * exponent)) @ vectors.conj().T


class UnitaryGate(Gate):
    """Any unitary matrix on n qubits."""

    def __init__(
        self, data: Any, label: str | None = None, check_input: bool = True, *, num_qubits: int | None = None
    ) -> None:
        if hasattr(data, "to_matrix"):
            data = data.to_matrix()
        matrix = np.array(getattr(data, "data", data) if not isinstance(data, np.ndarray) else data, dtype=complex)
        rows = len(matrix)
        if matrix.ndim != 2 or matrix.shape[1] != rows or rows & (rows - 1) or not rows:
            raise ValueError("Input matrix is not an N-qubit operator.")
        if check_input and not np.allclose(matrix.conj().T @ matrix, np.eye(rows), atol=1e-8):
            raise ValueError("Input matrix is not unitary.")
        super().__init__("unitary", rows.bit_length() - 1, [matrix], label)

    def validate_parameter(self, parameter: Any) -> Any:
        """The matrix, checked in the constructor."""
        return parameter

    def _matrix(self) -> np.ndarray:
        return self.params[0]

    def inverse(self, annotated: bool = False) -> UnitaryGate:
        """The conjugate transpose."""
        return UnitaryGate(self.params[0].conj().T, check_input=False)


class PauliGate(Gate):
    """A Pauli string as one gate; its rightmost letter acts on the first qubit."""

    def __init__(self, label: str) -> None:
        if not label or set(label) - set("IXYZ"):
            raise CircuitError(f"Parameter string {label} should contain only 'I', 'X', 'Y', 'Z' characters")
        super().__init__("pauli", len(label), [label])

    def validate_parameter(self, parameter: Any) -> Any:
        """The string, checked in the constructor."""
        return parameter

    def _matrix(self) -> np.ndarray:
        result = np.ones((1, 1), dtype=complex)
        for letter in self.params[0]:
            result = np.kron(result, PAULI[letter])
        return result

    def inverse(self, annotated: bool = False) -> PauliGate:
        """Itself."""
        return PauliGate(self.params[0])


class MSGate(Gate):
    """Molmer-Sorensen: exp(-i theta/2 X X) on every pair of qubits."""

    def __init__(self, num_qubits: int, theta: Any, label: str | None = None) -> None:
        super().__init__("ms", num_qubits, [theta], label)

    def _matrix(self) -> np.ndarray:
        n, result = self.num_qubits, np.eye(2**self.num_qubits, dtype=complex)
        for i in range(n):
            for j in range(i + 1, n):
                letters = ["X" if n - 1 - k in (i, j) else "I" for k in range(n)]
                result = rotation(PauliGate("".join(letters)).to_matrix(), self.params[0]) @ result
        return result

    def inverse(self, annotated: bool = False) -> MSGate:
        """The opposite angle."""
        return MSGate(self.num_qubits, -self.params[0])


def read_state(state: Any, num_qubits: int | None, normalize: bool) -> np.ndarray:
    """Amplitudes from a label, a number or a list, checked."""
    if isinstance(state, str):
        if not state or set(state) - set(LABELS):
            raise QiskitError("String labels must be of 0, 1, +, -, r and l.")
        vector = np.ones(1)
        for letter in state:
            vector = np.kron(vector, LABELS[letter])
        return vector.astype(complex)
    if isinstance(state, (int, np.integer)):
        qubits = num_qubits if num_qubits is not None else max(1, int(state).bit_length())
        if int(state) >= 2**qubits:
            raise QiskitError(f"StatePreparation integer {state} needs more than {qubits} qubits.")
        vector = np.zeros(2**qubits, dtype=complex)
        vector[int(state)] = 1
        return vector
    vector = np.array(getattr(state, "data", state) if not isinstance(state, np.ndarray) else state, dtype=complex)
    norm = np.linalg.norm(vector)
    if len(vector) < 2 or len(vector) & (len(vector) - 1):
        raise QiskitError("Desired statevector length not a positive power of 2.")
    if normalize:
        return vector / norm
    if not math.isclose(norm, 1, abs_tol=1e-10):
        raise QiskitError(f"Sum of amplitudes-squared is not 1, but {norm**2}.")
    return vector


class StatePreparation(Gate):
    """A gate that turns |0...0> into a given state (what it does to others is open)."""

    def __init__(
        self, params: Any, num_qubits: int | None = None, inverse: bool = False, label: str | None = None, normalize: bool = False
    ) -> None:
        self._vector = read_state(params, num_qubits, normalize)
        self._undo = inverse
        size = len(self._vector).bit_length() - 1
        super().__init__("state_preparation_dg" if inverse else "state_preparation", size, list(self._vector), label)

    def validate_parameter(self, parameter: Any) -> Any:
        """Amplitudes may be complex."""
        return complex(parameter)

    def _matrix(self) -> np.ndarray:
        v = self._vector
        turn = np.exp(1j * np.angle(v[0]))
        w = v.copy()
        w[0] -= turn
        length = np.vdot(w, w).real
        matrix = np.eye(len(v), dtype=complex)
        if length > 1e-30:
            matrix -= 2 * np.outer(w, w.conj()) / length
        matrix = turn * matrix
        return matrix.conj().T if self._undo else matrix

    def inverse(self, annotated: bool = False) -> StatePreparation:
        """Turns the state back into |0...0>."""
        return StatePreparation(self._vector, inverse=not self._undo)


class Initialize(Instruction):
    """Resets qubits and puts them into a given state."""

    def __init__(self, params: Any, num_qubits: int | None = None, normalize: bool = False) -> None:
        self.preparation = StatePreparation(params, num_qubits, normalize=normalize)
        super().__init__("initialize", self.preparation.num_qubits, 0, list(self.preparation.params))
