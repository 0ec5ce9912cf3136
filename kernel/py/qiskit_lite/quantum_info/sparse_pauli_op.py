"""``SparsePauliOp``: sums of Pauli strings with coefficients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ..circuit.parameter import ParameterExpression
from ..exceptions import QiskitError
from .operator import Operator
from .pauli import Pauli, PauliList, act, letters_of, parity, product_phase


class SparsePauliOp:
    """sum of coefficient * Pauli string; the rightmost letter of a string is qubit 0."""

    __array_priority__ = 20
    atol, rtol = 1e-8, 1e-5

    def __init__(self, data: Any, coeffs: Any = None, *, ignore_pauli_phase: bool = False, copy: bool = True) -> None:
        if isinstance(data, SparsePauliOp):
            coeffs = data.coeffs if coeffs is None else coeffs
            data = data.paulis
        paulis = data if isinstance(data, PauliList) else PauliList(data)
        self._n = paulis.num_qubits
        values = [1.0] * len(paulis) if coeffs is None else list(np.ravel(np.asarray(coeffs)))
        if len(values) != len(paulis):
            raise ValueError(f"coeff vector is incorrect shape for number of Paulis ({len(values)},) != {len(paulis)}")
        symbolic = any(isinstance(v, ParameterExpression) for v in values)
        turns = [(-1j) ** p.phase for p in paulis]
        joined = [v if t == 1 else v * t for v, t in zip(values, turns)]
        self._coeffs = np.array(joined, dtype=object if symbolic else complex)
        self._masks = [(p.x_mask, p.z_mask) for p in paulis]

    @classmethod
    def _make(cls, pairs: list[tuple[int, int]], coeffs: Any, n: int) -> SparsePauliOp:
        result = object.__new__(cls)
        result._n, result._masks, result._coeffs = n, pairs, np.asarray(coeffs)
        return result

    @classmethod
    def from_list(cls, obj: Iterable[tuple[str, Any]], dtype: Any = complex, *, num_qubits: int | None = None) -> SparsePauliOp:
        """From [("XX", 0.5), …]."""
        rows = list(obj)
        if not rows:
            if num_qubits is None:
                raise ValueError("Could not determine the number of qubits from an empty list. Try passing num_qubits.")
            return cls("I" * num_qubits, [0])
        size = len(rows[0][0]) if num_qubits is None else num_qubits
        for label, _ in rows:
            if len(label) != size:
                raise ValueError(f"label '{label}' does not have {size} qubits")
        return cls(PauliList([label for label, _ in rows]), np.array([c for _, c in rows], dtype=dtype))

    @classmethod
    def from_sparse_list(
        cls, obj: Iterable[tuple[str, list[int], Any]], num_qubits: int, do_checks: bool = True, dtype: Any = complex
    ) -> SparsePauliOp:
        """From [("XX", [0, 3], 0.5), …]: letters and the qubits that they act on."""
        rows = []
        for letters, places, value in obj:
            row = ["I"] * num_qubits
            if do_checks and len(set(places)) != len(places):
                raise QiskitError("Input indices are duplicated.")
            for letter, place in zip(letters, places, strict=True):
                if place >= num_qubits:
                    raise QiskitError(f"The number of qubits ({num_qubits}) is smaller than a required index {place}.")
                row[num_qubits - 1 - place] = letter
            rows.append(("".join(row), value))
        return cls.from_list(rows, dtype, num_qubits=num_qubits)

    @classmethod
    def from_operator(cls, obj: Any, atol: float | None = None, rtol: float | None = None) -> SparsePauliOp:
        """Pauli expansion of a matrix."""
        matrix = Operator(obj).data
        n, index = len(matrix).bit_length() - 1, np.arange(len(matrix))
        found, values = [], []
        for x in range(2**n):
            diagonal = matrix[index ^ x, index]
            for z in range(2**n):
                weight = np.sum(diagonal * (1 - 2 * parity(index & z))) / 2**n
                value = weight * (-1j) ** (x & z).bit_count()
                if abs(value) > (atol or cls.atol):
                    found.append((x, z))
                    values.append(value)
        order = sorted(range(len(found)), key=lambda i: letters_of(*found[i], n))
        if not found:
            return cls("I" * n, [0])
        return cls._make([found[i] for i in order], [values[i] for i in order], n)

    @staticmethod
    def sum(ops: list[SparsePauliOp]) -> SparsePauliOp:
        """All terms of several operators, not simplified."""
        if not ops:
            raise QiskitError("Input list is empty")
        return SparsePauliOp._make(
            [pair for op in ops for pair in op._masks], np.concatenate([op._coeffs for op in ops]), ops[0]._n
        )

    @property
    def num_qubits(self) -> int:
        """Number of qubits."""
        return self._n

    @property
    def size(self) -> int:
        """Number of terms."""
        return len(self._masks)

    @property
    def coeffs(self) -> np.ndarray:
        """Coefficients."""
        return self._coeffs

    @coeffs.setter
    def coeffs(self, value: Any) -> None:
        self._coeffs[:] = value

    @property
    def paulis(self) -> PauliList:
        """The strings."""
        return PauliList([Pauli._make(x, z, 0, self._n) for x, z in self._masks])

    @property
    def parameters(self) -> Any:
        """Free parameters of the coefficients."""
        from ..circuit.parametervector import sort_parameters

        return sort_parameters(p for c in self._coeffs if isinstance(c, ParameterExpression) for p in c.parameters)

    def assign_parameters(self, parameters: Any, inplace: bool = False) -> SparsePauliOp | None:
        """Put values in for the parameters of the coefficients."""
        from ..circuit.binding import bind

        values = parameters if hasattr(parameters, "items") else dict(zip(self.parameters, parameters))
        coeffs = [bind(c, values) if isinstance(c, ParameterExpression) else c for c in self._coeffs]
        free = any(isinstance(c, ParameterExpression) for c in coeffs)
        made = SparsePauliOp._make(list(self._masks), np.array(coeffs, dtype=object if free else complex), self._n)
        if not inplace:
            return made
        self._coeffs = made._coeffs
        return None

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, key: Any) -> SparsePauliOp:
        picked = np.atleast_1d(np.arange(self.size)[key])
        return SparsePauliOp._make([self._masks[i] for i in picked], self._coeffs[picked], self._n)

    def to_list(self) -> list[tuple[str, Any]]:
        """[(label, coefficient), …]."""
        return [(letters_of(x, z, self._n), c) for (x, z), c in zip(self._masks, self._coeffs)]

    def to_sparse_list(self) -> list[tuple[str, list[int], Any]]:
        """[(letters, qubits, coefficient), …] without the identities."""
        rows = []
        for label, value in self.to_list():
            places = [q for q in range(self._n) if label[self._n - 1 - q] != "I"]
            rows.append(("".join(label[self._n - 1 - q] for q in places), places, value))
        return rows

    def label_iter(self) -> Iterator[tuple[str, Any]]:
        """The pairs of ``to_list`` one by one."""
        return iter(self.to_list())

    def to_matrix(self, sparse: bool = False, force_serial: bool = False) -> Any:
        """Dense matrix, or with ``sparse`` a SciPy CSR matrix."""
        size = 2**self._n
        index = np.arange(size)
        if sparse:
            from scipy.sparse import csr_matrix

            total = csr_matrix((size, size), dtype=complex)
            for (x, z), c in zip(self._masks, self._coeffs):
                values = c * (1j) ** (x & z).bit_count() * (1 - 2 * parity(index & z))
                total = total + csr_matrix((values, (index ^ x, index)), shape=(size, size))
            return total
        result = np.zeros((size, size), dtype=complex)
        for (x, z), c in zip(self._masks, self._coeffs):
            result[index ^ x, index] += complex(c) * (1j) ** (x & z).bit_count() * (1 - 2 * parity(index & z))
        return result

    def to_operator(self) -> Operator:
        """As ``Operator``."""
        return Operator(self.to_matrix())

    def expectation(self, state: np.ndarray) -> complex:
        """<state| self |state>."""
        return complex(sum(complex(c) * np.vdot(state, act(state, x, z)) for (x, z), c in zip(self._masks, self._coeffs)))

    def simplify(self, atol: float | None = None, rtol: float | None = None) -> SparsePauliOp:
        """Equal strings joined, zero terms left out."""
        joined: dict[tuple[int, int], Any] = {}
        for pair, c in zip(self._masks, self._coeffs):
            joined[pair] = joined[pair] + c if pair in joined else c
        limit = self.atol if atol is None else atol
        kept = {p: c for p, c in joined.items() if isinstance(c, ParameterExpression) or abs(c) > limit}
        if not kept:
            return SparsePauliOp._make([(0, 0)], np.zeros(1, dtype=complex), self._n)
        dtype = self._coeffs.dtype
        return SparsePauliOp._make(list(kept), np.array(list(kept.values()), dtype=dtype), self._n)

    def chop(self, tol: float = 1e-14) -> SparsePauliOp:
        """Real and imaginary parts below a limit set to zero."""
        real = np.where(np.abs(self._coeffs.real) > tol, self._coeffs.real, 0)
        imag = np.where(np.abs(self._coeffs.imag) > tol, self._coeffs.imag, 0)
        keep = np.flatnonzero((real != 0) | (imag != 0))
        if not len(keep):
            return SparsePauliOp._make([(0, 0)], np.zeros(1, dtype=complex), self._n)
        return SparsePauliOp._make([self._masks[i] for i in keep], (real + 1j * imag)[keep], self._n)

    def sort(self, weight: bool = False) -> SparsePauliOp:
        """Terms in the order of their labels, or first by weight."""

        def key(i: int) -> tuple[int, str]:
            label = letters_of(*self._masks[i], self._n)
            return (self._n - label.count("I") if weight else 0, label)

        return self[sorted(range(self.size), key=key)]

    def compose(self, other: Any, qargs: list[int] | None = None, front: bool = False) -> SparsePauliOp:
        """First this, then the other; ``front`` the other way round."""
        other = _as_op(other)
        if qargs is not None:
            other = _spread(other, qargs, self._n)
        if other._n != self._n:
            raise QiskitError("Operators have different numbers of qubits.")
        pairs, values = [], []
        for (x1, z1), c1 in zip(self._masks, self._coeffs):
            for (x2, z2), c2 in zip(other._masks, other._coeffs):
                left, right = ((x1, z1), (x2, z2)) if front else ((x2, z2), (x1, z1))
                pairs.append((x1 ^ x2, z1 ^ z2))
                values.append(c1 * c2 * (-1j) ** product_phase(*left, *right))
        return SparsePauliOp._make(pairs, values, self._n)

    def dot(self, other: Any, qargs: list[int] | None = None) -> SparsePauliOp:
        """Matrix product self * other."""
        return self.compose(other, qargs, front=True)

    def tensor(self, other: Any) -> SparsePauliOp:
        """Kronecker product; the other one takes the low qubits."""
        other = _as_op(other)
        n = other._n
        pairs = [(x1 << n | x2, z1 << n | z2) for x1, z1 in self._masks for x2, z2 in other._masks]
        return SparsePauliOp._make(pairs, np.kron(self._coeffs, other._coeffs), n + self._n)

    def expand(self, other: Any) -> SparsePauliOp:
        """Kronecker product; this one takes the low qubits."""
        return _as_op(other).tensor(self)

    def adjoint(self) -> SparsePauliOp:
        """Conjugate transpose."""
        return SparsePauliOp._make(list(self._masks), self._coeffs.conj(), self._n)

    def conjugate(self) -> SparsePauliOp:
        """Complex conjugate."""
        signs = [(-1) ** (x & z).bit_count() for x, z in self._masks]
        return SparsePauliOp._make(list(self._masks), self._coeffs.conj() * signs, self._n)

    def transpose(self) -> SparsePauliOp:
        """Transpose."""
        signs = [(-1) ** (x & z).bit_count() for x, z in self._masks]
        return SparsePauliOp._make(list(self._masks), self._coeffs * signs, self._n)

    def power(self, n: int) -> SparsePauliOp:
        """Whole power."""
        if n < 0 or int(n) != n:
            raise QiskitError("Can only take non-negative integer powers.")
        result = SparsePauliOp("I" * self._n)
        for _ in range(int(n)):
            result = result.dot(self).simplify()
        return result

    def is_unitary(self, atol: float | None = None, rtol: float | None = None) -> bool:
        """Whether its inverse is its adjoint."""
        square = self.compose(self.adjoint()).simplify()
        return square._masks == [(0, 0)] and bool(np.isclose(square._coeffs[0], 1))

    def group_commuting(self, qubit_wise: bool = False) -> list[SparsePauliOp]:
        """Terms in few groups whose members commute (greedy)."""
        groups: list[list[int]] = []
        for i, (x1, z1) in enumerate(self._masks):
            for group in groups:
                if all(_commute(x1, z1, *self._masks[j], qubit_wise) for j in group):
                    group.append(i)
                    break
            else:
                groups.append([i])
        return [self[group] for group in groups]

    def equiv(self, other: Any, atol: float | None = None) -> bool:
        """Equal as matrices."""
        rest = (self - _as_op(other)).simplify(atol=1e-8 if atol is None else atol)
        return bool(np.allclose(rest._coeffs.astype(complex), 0, atol=1e-8 if atol is None else atol))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, SparsePauliOp)
            and self._masks == other._masks
            and bool(np.allclose(self._coeffs.astype(complex), other._coeffs.astype(complex)))
        )

    __hash__ = None  # type: ignore[assignment]

    def __add__(self, other: Any) -> SparsePauliOp:
        if isinstance(other, (int, float)) and other == 0:
            return self
        other = _as_op(other)
        if other._n != self._n:
            raise QiskitError("Operators have different numbers of qubits.")
        return SparsePauliOp.sum([self, other])

    __radd__ = __add__

    def __sub__(self, other: Any) -> SparsePauliOp:
        return self + (-1) * _as_op(other)

    def __neg__(self) -> SparsePauliOp:
        return -1 * self

    def __mul__(self, factor: Any) -> SparsePauliOp:
        if not isinstance(factor, (int, float, complex, np.number, ParameterExpression)):
            return NotImplemented
        return SparsePauliOp._make(list(self._masks), self._coeffs * factor, self._n)

    __rmul__ = __mul__

    def __truediv__(self, factor: Any) -> SparsePauliOp:
        return self * (1 / factor)

    def __matmul__(self, other: Any) -> SparsePauliOp:
        return self.dot(other)

    def __and__(self, other: Any) -> SparsePauliOp:
        return self.compose(other)

    def __xor__(self, other: Any) -> SparsePauliOp:
        return self.tensor(other)

    def __pow__(self, n: int) -> SparsePauliOp:
        return self.power(n)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.asarray(self.to_matrix(), dtype=dtype)

    def __repr__(self) -> str:
        labels = [letters_of(x, z, self._n) for x, z in self._masks]
        coeffs = np.array2string(self._coeffs, separator=", ", prefix=" " * 22)
        return f"SparsePauliOp({labels},\n              coeffs={coeffs})"


def _as_op(value: Any) -> SparsePauliOp:
    if isinstance(value, SparsePauliOp):
        return value
    if isinstance(value, (Pauli, PauliList, str)):
        return SparsePauliOp(value)
    return SparsePauliOp.from_operator(value)


def _spread(op: SparsePauliOp, qargs: list[int], n: int) -> SparsePauliOp:
    rows = [(letters, [qargs[q] for q in places], c) for letters, places, c in op.to_sparse_list()]
    return SparsePauliOp.from_sparse_list(rows, n)


def _commute(x1: int, z1: int, x2: int, z2: int, qubit_wise: bool) -> bool:
    clash = (x1 & z2) ^ (z1 & x2)
    return clash == 0 if qubit_wise else clash.bit_count() % 2 == 0



