"""Pauli strings as bit masks: product, commutation, matrices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ..exceptions import QiskitError

PHASES = {"": 0, "-i": 1, "-": 2, "i": 3}
SIGNS = {value: key for key, value in PHASES.items()}
_LABEL = re.compile(r"(?P<phase>[+-]?(?:1?[ij]|1?))(?P<letters>[IXYZ]*)\Z")


def parity(values: np.ndarray) -> np.ndarray:
    """1 where a number has an odd count of ones in binary."""
    values = values.copy()
    shift = 32
    while shift:
        values ^= values >> shift
        shift >>= 1
    return values & 1


def masks(letters: str) -> tuple[int, int]:
    """(x, z) bits of a string; the rightmost letter is bit 0."""
    x = int("0" + "".join("1" if c in "XY" else "0" for c in letters), 2)
    z = int("0" + "".join("1" if c in "YZ" else "0" for c in letters), 2)
    return x, z


def letters_of(x: int, z: int, n: int) -> str:
    """The string of two masks."""
    return "".join("IXZY"[(x >> q & 1) + 2 * (z >> q & 1)] for q in reversed(range(n)))


def act(state: np.ndarray, x: int, z: int) -> np.ndarray:
    """A Pauli string without phase applied to amplitudes."""
    index = np.arange(len(state))
    sign = 1 - 2 * parity(index & z) if z else 1
    moved = sign * state
    return (1j) ** bin(x & z).count("1") * (moved[index ^ x] if x else moved)


class Pauli:
    """(-i)^phase times a string of I, X, Y, Z; the rightmost letter is qubit 0."""

    def __init__(self, data: Any) -> None:
        if isinstance(data, Pauli):
            self.x_mask, self.z_mask, self._phase, self.num_qubits = data.x_mask, data.z_mask, data._phase, data.num_qubits
            return
        if isinstance(data, tuple):
            z, x = (np.asarray(row, dtype=bool) for row in data[:2])
            self.num_qubits = len(z)
            self.z_mask = sum(1 << i for i, bit in enumerate(z) if bit)
            self.x_mask = sum(1 << i for i, bit in enumerate(x) if bit)
            self._phase = int(data[2]) % 4 if len(data) > 2 else 0
            return
        if not isinstance(data, str):
            raise QiskitError("Invalid input data for Pauli.")
        found = _LABEL.match(data)
        if found is None:
            raise QiskitError(f'Pauli string label "{data}" is not valid.')
        letters = found["letters"]
        self.num_qubits = len(letters)
        self.x_mask, self.z_mask = masks(letters)
        self._phase = PHASES[found["phase"].replace("+", "").replace("1", "").replace("j", "i")]

    @classmethod
    def _make(cls, x: int, z: int, phase: int, n: int) -> Pauli:
        result = object.__new__(cls)
        result.x_mask, result.z_mask, result._phase, result.num_qubits = x, z, phase % 4, n
        return result

    @property
    def phase(self) -> int:
        """Power of -i before the string."""
        return self._phase

    @property
    def x(self) -> np.ndarray:
        """X bits, qubit 0 first."""
        return np.array([bool(self.x_mask >> q & 1) for q in range(self.num_qubits)])

    @property
    def z(self) -> np.ndarray:
        """Z bits, qubit 0 first."""
        return np.array([bool(self.z_mask >> q & 1) for q in range(self.num_qubits)])

    def to_label(self) -> str:
        """Phase and letters."""
        return SIGNS[self._phase] + letters_of(self.x_mask, self.z_mask, self.num_qubits)

    def to_matrix(self) -> np.ndarray:
        """Dense matrix."""
        eye = np.eye(2**self.num_qubits, dtype=complex)
        return (-1j) ** self._phase * np.array([act(row, self.x_mask, self.z_mask) for row in eye]).T

    def to_instruction(self) -> Any:
        """The gate of the string."""
        from ..circuit.gates.generalized import PauliGate

        return PauliGate(letters_of(self.x_mask, self.z_mask, self.num_qubits))

    def dot(self, other: Pauli) -> Pauli:
        """Matrix product self * other."""
        if self.num_qubits != other.num_qubits:
            raise QiskitError("Pauli strings have different numbers of qubits.")
        x, z = self.x_mask ^ other.x_mask, self.z_mask ^ other.z_mask
        return Pauli._make(x, z, self._phase + other._phase + product_phase(self.x_mask, self.z_mask, other.x_mask, other.z_mask), self.num_qubits)

    def compose(self, other: Pauli, *, front: bool = False) -> Pauli:
        """First this, then the other."""
        return self.dot(other) if front else other.dot(self)

    def tensor(self, other: Pauli) -> Pauli:
        """Kronecker product; the other one takes the low qubits."""
        n = other.num_qubits
        return Pauli._make(
            self.x_mask << n | other.x_mask, self.z_mask << n | other.z_mask, self._phase + other._phase, n + self.num_qubits
        )

    def expand(self, other: Pauli) -> Pauli:
        """Kronecker product; this one takes the low qubits."""
        return other.tensor(self)

    def commutes(self, other: Pauli) -> bool:
        """Whether the order of the two does not matter."""
        both = (self.x_mask & other.z_mask).bit_count() + (self.z_mask & other.x_mask).bit_count()
        return both % 2 == 0

    def anticommutes(self, other: Pauli) -> bool:
        """Whether changing the order changes the sign."""
        return not self.commutes(other)

    def adjoint(self) -> Pauli:
        """Conjugate transpose."""
        return Pauli._make(self.x_mask, self.z_mask, -self._phase, self.num_qubits)

    inverse = adjoint

    def __matmul__(self, other: Pauli) -> Pauli:
        return self.dot(other)

    def __and__(self, other: Pauli) -> Pauli:
        return self.compose(other)

    def __xor__(self, other: Pauli) -> Pauli:
        return self.tensor(other)

    def __neg__(self) -> Pauli:
        return Pauli._make(self.x_mask, self.z_mask, self._phase + 2, self.num_qubits)

    def __len__(self) -> int:
        return self.num_qubits

    def __getitem__(self, qubits: Any) -> Pauli:
        label = letters_of(self.x_mask, self.z_mask, self.num_qubits)[::-1]
        chosen = label[qubits] if isinstance(qubits, (int, slice)) else "".join(label[q] for q in qubits)
        return Pauli(chosen[::-1])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pauli) and self.to_label() == other.to_label()

    def __hash__(self) -> int:
        return hash(self.to_label())

    def __str__(self) -> str:
        return self.to_label()

    def __repr__(self) -> str:
        return f"Pauli('{self.to_label()}')"


def product_phase(x1: int, z1: int, x2: int, z2: int) -> int:
    """Power of -i that the product of two strings brings."""
    x, z = x1 ^ x2, z1 ^ z2
    turns = (x & z).bit_count() - (x1 & z1).bit_count() - (x2 & z2).bit_count() + 2 * (z1 & x2).bit_count()
    return turns % 4


class PauliList:
    """A row of Pauli strings of one length."""

    def __init__(self, data: Any) -> None:
        items: Iterable[Any] = [data] if isinstance(data, (str, Pauli)) else data
        self._paulis = [item if isinstance(item, Pauli) else Pauli(item) for item in items]
        if not self._paulis:
            raise QiskitError("Input Pauli list is empty.")
        if len({p.num_qubits for p in self._paulis}) > 1:
            raise QiskitError("Pauli strings must all have the same number of qubits.")

    @property
    def num_qubits(self) -> int:
        """Number of qubits of each."""
        return self._paulis[0].num_qubits

    @property
    def x(self) -> np.ndarray:
        """X bits, a row each."""
        return np.array([p.x for p in self._paulis])

    @property
    def z(self) -> np.ndarray:
        """Z bits, a row each."""
        return np.array([p.z for p in self._paulis])

    def to_labels(self, array: bool = False) -> Any:
        """The labels."""
        labels = [p.to_label() for p in self._paulis]
        return np.array(labels) if array else labels

    def __len__(self) -> int:
        return len(self._paulis)

    def __iter__(self) -> Iterator[Pauli]:
        return iter(self._paulis)

    def __getitem__(self, key: Any) -> Any:
        return PauliList(self._paulis[key]) if isinstance(key, slice) else self._paulis[key]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PauliList) and self._paulis == other._paulis

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"PauliList({self.to_labels()})"
