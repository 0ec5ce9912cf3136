"""``Statevector``: the amplitudes of a pure state."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..circuit.gates.generalized import Initialize, read_state
from ..circuit.instruction import Gate, Instruction, Measure, Reset
from ..circuit.quantumcircuit import QuantumCircuit
from ..exceptions import QiskitError
from ..result import Counts
from ..simulation import MAX_QUBITS, apply_circuit, apply_gate, apply_matrix
from .operator import Operator
from .pauli import Pauli
from .sparse_pauli_op import SparsePauliOp


class Statevector:
    """Amplitudes of a state of n qubits; bit q of an index is qubit q.

    Args:
        data: Amplitudes, a circuit or gate (applied to 0…0), or another state.
    """

    __array_priority__ = 20

    def __init__(self, data: Any, dims: Any = None) -> None:
        self._rng_generator: np.random.Generator | None = None
        if isinstance(data, Statevector):
            self._data = data._data.copy()
        elif isinstance(data, (QuantumCircuit, Instruction)):
            self._data = Statevector.from_instruction(data)._data
        elif isinstance(data, (list, tuple, np.ndarray, Operator)):
            self._data = np.array(getattr(data, "data", data) if isinstance(data, Operator) else data, dtype=complex)
            if self._data.ndim == 2 and 1 in self._data.shape:
                self._data = self._data.ravel()
        else:
            raise QiskitError("Invalid input data format for Statevector")
        size = len(self._data)
        if self._data.ndim != 1 or not size or size & (size - 1):
            raise QiskitError("Here a statevector must have 2^n amplitudes.")

    # --- making ---

    @classmethod
    def from_label(cls, label: str) -> Statevector:
        """Product states of 0, 1, +, -, r and l; the rightmost letter is qubit 0."""
        if not label or set(label) - set("01+-rl"):
            raise QiskitError("Label contains invalid characters.")
        return cls(read_state(label, None, False))

    @classmethod
    def from_int(cls, i: int, dims: int | tuple[int, ...]) -> Statevector:
        """A basis state by number."""
        size = dims if isinstance(dims, int) else int(np.prod(dims))
        vector = np.zeros(size, dtype=complex)
        vector[i] = 1
        return cls(vector)

    @classmethod
    def from_instruction(cls, instruction: Any) -> Statevector:
        """The state that a circuit or gate makes from 0…0."""
        if not isinstance(instruction, (QuantumCircuit, Instruction)):
            raise QiskitError("Invalid input data format for Statevector")
        n = instruction.num_qubits
        if n > MAX_QUBITS:
            raise QiskitError(f"{n} qubits are too many for this simulator; at most {MAX_QUBITS}.")
        vector = np.zeros(2**n, dtype=complex)
        vector[0] = 1
        return cls(vector)._evolved(instruction, list(range(n)))

    # --- figures ---

    @property
    def data(self) -> np.ndarray:
        """The amplitudes."""
        return self._data

    @property
    def dim(self) -> int:
        """Number of amplitudes."""
        return len(self._data)

    @property
    def num_qubits(self) -> int:
        """Number of qubits."""
        return len(self._data).bit_length() - 1

    def dims(self, qargs: list[int] | None = None) -> tuple[int, ...]:
        """2 for each qubit."""
        return (2,) * (self.num_qubits if qargs is None else len(qargs))

    def copy(self) -> Statevector:
        """A copy, with the same random generator."""
        result = Statevector(self._data)
        result._rng_generator = self._rng_generator
        return result

    def is_valid(self, atol: float = 1e-8, rtol: float = 1e-5) -> bool:
        """Whether its length is 1."""
        return bool(np.allclose(np.linalg.norm(self._data), 1, rtol=rtol, atol=atol))

    def trace(self) -> float:
        """Square of the length."""
        return float(np.sum(np.abs(self._data) ** 2))

    def purity(self) -> float:
        """1 for a state of length 1."""
        return self.trace() ** 2

    def inner(self, other: Any) -> complex:
        """<self|other>."""
        return complex(np.vdot(self._data, Statevector(other)._data))

    def equiv(self, other: Any, rtol: float = 1e-5, atol: float = 1e-8) -> bool:
        """Equal up to one phase."""
        try:
            b = Statevector(other)._data
        except QiskitError:
            return False
        a = self._data
        if a.shape != b.shape:
            return False
        place = int(np.argmax(np.abs(a)))
        if abs(b[place]) < atol:
            return False
        turn = a[place] / b[place]
        return bool(np.allclose(a, b * turn / abs(turn), rtol, atol))

    def to_operator(self) -> Operator:
        """|psi><psi|."""
        return Operator(np.outer(self._data, self._data.conj()))

    def to_dict(self, decimals: int | None = None) -> dict[str, complex]:
        """{bit string: amplitude} of the amplitudes that are not zero."""
        values = self._data if decimals is None else self._data.round(decimals)
        return {f"{i:0{self.num_qubits}b}": values[i] for i in np.flatnonzero(values)}

    def __getitem__(self, key: int | str) -> complex:
        return self._data[int(key, 2) if isinstance(key, str) else key]

    def __len__(self) -> int:
        return len(self._data)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.asarray(self._data, dtype=dtype)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statevector) and self.dim == other.dim and bool(np.allclose(self._data, other._data))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        text = np.array2string(self._data, separator=", ", prefix="Statevector(")
        return f"Statevector({text},\n            dims={self.dims()})"

    # --- algebra ---

    def tensor(self, other: Statevector) -> Statevector:
        """Both together; the other one takes the low qubits."""
        return Statevector(np.kron(self._data, Statevector(other)._data))

    def expand(self, other: Statevector) -> Statevector:
        """Both together; this one takes the low qubits."""
        return Statevector(np.kron(Statevector(other)._data, self._data))

    def conjugate(self) -> Statevector:
        """Complex conjugate."""
        return Statevector(self._data.conj())

    def reverse_qargs(self) -> Statevector:
        """Qubits in reverse order."""
        n = self.num_qubits
        return Statevector(self._data.reshape((2,) * n).transpose(range(n)[::-1]).ravel())

    def __xor__(self, other: Statevector) -> Statevector:
        return self.tensor(other)

    def __add__(self, other: Statevector) -> Statevector:
        return Statevector(self._data + Statevector(other)._data)

    def __sub__(self, other: Statevector) -> Statevector:
        return Statevector(self._data - Statevector(other)._data)

    def __mul__(self, factor: complex) -> Statevector:
        return Statevector(self._data * factor)

    __rmul__ = __mul__

    def __truediv__(self, factor: complex) -> Statevector:
        return Statevector(self._data / factor)

    def __neg__(self) -> Statevector:
        return Statevector(-self._data)

    # --- evolution ---

    def evolve(self, other: Any, qargs: list[int] | None = None) -> Statevector:
        """The state after a circuit, gate or operator on some qubits."""
        count = other.num_qubits if hasattr(other, "num_qubits") else Operator(other).num_qubits
        row = list(range(self.num_qubits)) if qargs is None else [int(q) for q in qargs]
        if len(row) != count:
            raise QiskitError("Operator input dimensions are not equal to statevector subsystem dimensions.")
        return self.copy()._evolved(other, row)

    def _evolved(self, other: Any, qubits: list[int]) -> Statevector:
        result = self.copy()
        if isinstance(other, QuantumCircuit):
            if any(item.name in ("reset", "initialize") or item.clbits for item in other.data):
                result._step_by_step(other, qubits)
            else:
                result._data = apply_circuit(result._data, other, qubits)
        elif isinstance(other, Gate):
            result._data = apply_gate(result._data, other, qubits)
        elif isinstance(other, Instruction):
            if other.definition is None:
                circuit = QuantumCircuit(other.num_qubits, other.num_clbits)
                circuit.append(other, circuit.qubits, circuit.clbits)
                result._step_by_step(circuit, qubits)
            else:
                result = result._evolved(other.definition, qubits)
        else:
            result._data = apply_matrix(result._data, Operator(other).data, qubits)
        return result

    def _step_by_step(self, circuit: QuantumCircuit, qubits: list[int]) -> None:
        """Circuits that also reset or initialise."""
        self._data = self._data * np.exp(1j * float(circuit.global_phase))
        places = dict(zip(circuit.qubits, qubits))
        for item in circuit.data:
            row, operation = [places[q] for q in item.qubits], item.operation
            if operation.name in ("barrier", "delay"):
                continue
            if isinstance(operation, Reset):
                self._data = self.reset(row)._data
            elif isinstance(operation, Initialize):
                clean = self.reset(row)
                self._data = apply_gate(clean._data, operation.preparation, row)
            elif isinstance(operation, Measure) or item.clbits:
                raise QiskitError(f"Cannot apply instruction with classical bits: {operation.name}")
            else:
                self._data = self._evolved(operation, row)._data

    # --- measurement ---

    def expectation_value(self, oper: Any, qargs: list[int] | None = None) -> complex:
        """<psi| oper |psi>, on some qubits when ``qargs`` is given."""
        if isinstance(oper, Pauli):
            oper = SparsePauliOp(oper)
        if isinstance(oper, SparsePauliOp):
            if qargs is not None:
                rows = [(t, [qargs[q] for q in at], c) for t, at, c in oper.to_sparse_list()]
                oper = SparsePauliOp.from_sparse_list(rows, self.num_qubits)
            if oper.num_qubits != self.num_qubits:
                raise QiskitError("The operator and the state have different numbers of qubits.")
            return oper.expectation(self._data)
        return complex(np.vdot(self._data, self.evolve(oper, qargs)._data))

    def probabilities(self, qargs: list[int] | None = None, decimals: int | None = None) -> np.ndarray:
        """Probability of each outcome, of some qubits in the order given."""
        n, chances = self.num_qubits, np.abs(self._data) ** 2
        if qargs is not None:
            axes = [n - 1 - q for q in reversed(qargs)]
            gone = tuple(axis for axis in range(n) if axis not in axes)
            left = [axis for axis in range(n) if axis in axes]
            summed = chances.reshape((2,) * n).sum(axis=gone)
            chances = summed.transpose([left.index(axis) for axis in axes]).ravel()
        return chances if decimals is None else chances.round(decimals)

    def probabilities_dict(self, qargs: list[int] | None = None, decimals: int | None = None) -> dict[str, float]:
        """{bit string: probability} of the outcomes that can occur."""
        chances = self.probabilities(qargs, decimals)
        n = len(chances).bit_length() - 1
        return {f"{i:0{n}b}": chances[i] for i in np.flatnonzero(chances)}

    def seed(self, value: Any = None) -> None:
        """Make random results repeatable."""
        keep = value is None or isinstance(value, np.random.Generator)
        self._rng_generator = value if keep else np.random.default_rng(value)

    @property
    def _rng(self) -> np.random.Generator:
        return self._rng_generator or np.random.default_rng()

    def sample_memory(self, shots: int, qargs: list[int] | None = None) -> np.ndarray:
        """Bit strings of repeated measurement."""
        chances = self.probabilities(qargs)
        n = len(chances).bit_length() - 1
        labels = np.array([f"{i:0{n}b}" for i in range(len(chances))])
        return self._rng.choice(labels, p=chances / chances.sum(), size=shots)

    def sample_counts(self, shots: int, qargs: list[int] | None = None) -> Counts:
        """How often each bit string came up."""
        labels, counts = np.unique(self.sample_memory(shots, qargs), return_counts=True)
        return Counts({str(label): int(number) for label, number in zip(labels, counts)})

    def measure(self, qargs: list[int] | None = None) -> tuple[str, Statevector]:
        """One measurement: the outcome and the state after it."""
        row = list(range(self.num_qubits)) if qargs is None else list(qargs)
        chances = self.probabilities(row)
        outcome = int(self._rng.choice(len(chances), p=chances / chances.sum(), size=1)[0])
        project = np.zeros((2 ** len(row),) * 2)
        project[outcome, outcome] = 1 / np.sqrt(chances[outcome])
        after = self.copy()
        after._data = apply_matrix(self._data, project, row)
        return f"{outcome:0{len(row)}b}", after

    def reset(self, qargs: list[int] | None = None) -> Statevector:
        """The state after measuring qubits and turning them to 0."""
        row = list(range(self.num_qubits)) if qargs is None else list(qargs)
        outcome, after = self.measure(row)
        index = np.arange(2 ** len(row))
        flip = np.zeros((2 ** len(row),) * 2)
        flip[index ^ int(outcome, 2), index] = 1
        after._data = apply_matrix(after._data, flip, row)
        return after

    def draw(self, output: str | None = None, **_: Any) -> str:
        """The amplitudes as text."""
        return repr(self)
