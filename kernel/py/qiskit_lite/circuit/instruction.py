"""Instructions and gates: what a circuit applies to its bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .exceptions import CircuitError
from .parameter import ParameterExpression

if TYPE_CHECKING:
    from .quantumcircuit import QuantumCircuit


class Instruction:
    """Something with a name that acts on some qubits and classical bits."""

    def __init__(
        self, name: str, num_qubits: int, num_clbits: int, params: list[Any], label: str | None = None
    ) -> None:
        self.name = name
        self.num_qubits = num_qubits
        self.num_clbits = num_clbits
        self.params = [self.validate_parameter(param) for param in params]
        self.label = label
        self._definition: QuantumCircuit | None = None

    def validate_parameter(self, parameter: Any) -> Any:
        """Accept what may be a parameter of this instruction, as a plain value."""
        return parameter

    @property
    def definition(self) -> QuantumCircuit | None:
        """The circuit that this stands for, when it was made from one."""
        return self._definition

    @definition.setter
    def definition(self, circuit: QuantumCircuit | None) -> None:
        self._definition = circuit

    def inverse(self, annotated: bool = False) -> Instruction:
        """The instruction that undoes this one."""
        if self._definition is None:
            raise CircuitError(f"inverse() not implemented for {self.name}.")
        name = self.name[:-3] if self.name.endswith("_dg") else f"{self.name}_dg"
        result = self.copy(name)
        result._definition = self._definition.inverse()
        return result

    def is_parameterized(self) -> bool:
        """Whether a parameter is still free."""
        return any(isinstance(p, ParameterExpression) and p.parameters for p in self.params)

    def copy(self, name: str | None = None) -> Any:
        """A copy with its own list of parameters."""
        result = object.__new__(type(self))
        result.__dict__.update(self.__dict__)
        result.params = list(self.params)
        result.name = name or self.name
        return result

    def __deepcopy__(self, memo: Any = None) -> Any:
        return self.copy()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Instruction) or self.name != other.name:
            return False
        if (self.num_qubits, self.num_clbits) != (other.num_qubits, other.num_clbits):
            return False
        if len(self.params) != len(other.params) or self._definition != other._definition:
            return False
        return all(_same(a, b) for a, b in zip(self.params, other.params))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return (
            f"Instruction(name='{self.name}', num_qubits={self.num_qubits}, "
            f"num_clbits={self.num_clbits}, params={self.params})"
        )


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return np.shape(a) == np.shape(b) and np.allclose(a, b)
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) < 1e-10
    return bool(a == b)


class Gate(Instruction):
    """A unitary instruction."""

    def __init__(self, name: str, num_qubits: int, params: list[Any], label: str | None = None) -> None:
        super().__init__(name, num_qubits, 0, params, label)

    def validate_parameter(self, parameter: Any) -> Any:
        """Real numbers and expressions only; NumPy scalars become plain ones."""
        if isinstance(parameter, ParameterExpression):
            if parameter.parameters:
                return parameter
            value = parameter.numeric()
            if isinstance(value, complex):
                raise CircuitError(f"Bound parameter expression is complex in gate {self.name}.")
            return value
        if isinstance(parameter, (bool, np.bool_)):
            return int(parameter)
        if isinstance(parameter, (int, float)):
            return parameter
        if isinstance(parameter, np.number):
            return parameter.item()
        raise CircuitError(f"Invalid param type {type(parameter)} for gate {self.name}.")

    def to_matrix(self) -> np.ndarray:
        """Unitary matrix; qubit 0 of the gate is the least significant bit."""
        if self.is_parameterized():
            raise TypeError(f"to_matrix needs numbers: a parameter of {self.name} is still unbound.")
        return self._matrix()

    def _matrix(self) -> np.ndarray:
        if self._definition is None:
            raise CircuitError(f"to_matrix not defined for this {type(self)}")
        from ..simulation import circuit_matrix

        return circuit_matrix(self._definition)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.asarray(self.to_matrix(), dtype=dtype)

    def control(
        self,
        num_ctrl_qubits: int = 1,
        label: str | None = None,
        ctrl_state: int | str | None = None,
        annotated: bool | None = None,
    ) -> ControlledGate:
        """This gate under control of further qubits, which come first."""
        from .gates.control import controlled

        return controlled(self, num_ctrl_qubits, label, ctrl_state)

    def power(self, exponent: float, annotated: bool = False) -> Gate:
        """Principal power of the unitary, as a ``UnitaryGate``."""
        from .gates.generalized import UnitaryGate, matrix_power

        return UnitaryGate(matrix_power(self.to_matrix(), exponent), label=f"{self.name}^{exponent}")

    def repeat(self, n: int) -> Gate:
        """The gate n times in a row."""
        return self.power(n)


def read_ctrl_state(ctrl_state: int | str | None, count: int) -> int:
    """The control values as a number; by default all controls must be 1."""
    if ctrl_state is None:
        return 2**count - 1
    if isinstance(ctrl_state, str):
        if len(ctrl_state) != count or set(ctrl_state) - set("01"):
            raise CircuitError(f"invalid control bit string: {ctrl_state}")
        return int(ctrl_state, 2)
    if not 0 <= ctrl_state < 2**count:
        raise CircuitError(f"invalid control state value {ctrl_state}.")
    return int(ctrl_state)


class ControlledGate(Gate):
    """A gate that acts when its first qubits have given values."""

    def __init__(
        self,
        name: str,
        num_qubits: int,
        params: list[Any],
        label: str | None = None,
        num_ctrl_qubits: int = 1,
        definition: QuantumCircuit | None = None,
        ctrl_state: int | str | None = None,
        base_gate: Gate | None = None,
    ) -> None:
        self.num_ctrl_qubits = num_ctrl_qubits
        self.ctrl_state = read_ctrl_state(ctrl_state, num_ctrl_qubits)
        self._open_name = name
        super().__init__(name, num_qubits, params, label)
        if self.ctrl_state != 2**num_ctrl_qubits - 1:
            self.name = f"{name}_o{self.ctrl_state}"
        if base_gate is None:
            raise CircuitError("A controlled gate needs base_gate.")
        self._base_gate = base_gate
        self._definition = definition

    @property
    def base_gate(self) -> Gate:
        """The gate under control, with this gate's parameters."""
        if not self.params:
            return self._base_gate
        base = self._base_gate.copy()
        base.params = list(self.params[: len(base.params)])
        return base

    def inverse(self, annotated: bool = False) -> ControlledGate:
        """The inverse under the same control."""
        from .gates.control import controlled

        return controlled(self.base_gate.inverse(), self.num_ctrl_qubits, None, self.ctrl_state)

    def base_matrix(self) -> np.ndarray:
        """What is applied to the other qubits when the controls fit."""
        return self.base_gate.to_matrix()

    def _matrix(self) -> np.ndarray:
        controls, base = self.num_ctrl_qubits, self.base_matrix()
        result = np.eye(2**self.num_qubits, dtype=complex)
        where = (np.arange(len(base)) << controls) + self.ctrl_state
        result[np.ix_(where, where)] = base
        return result

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, ControlledGate)
            and self.num_ctrl_qubits == other.num_ctrl_qubits
            and self.ctrl_state == other.ctrl_state
            and self.base_gate == other.base_gate
            and super().__eq__(other)
        )

    __hash__ = None  # type: ignore[assignment]


class Barrier(Instruction):
    """Keeps what stands before and after apart in drawings."""

    def __init__(self, num_qubits: int, label: str | None = None) -> None:
        super().__init__("barrier", num_qubits, 0, [], label)

    def inverse(self, annotated: bool = False) -> Barrier:
        return Barrier(self.num_qubits, self.label)


class Measure(Instruction):
    """Reads one qubit into one classical bit."""

    def __init__(self, label: str | None = None) -> None:
        super().__init__("measure", 1, 1, [], label)


class Reset(Instruction):
    """Sets one qubit to 0."""

    def __init__(self, label: str | None = None) -> None:
        super().__init__("reset", 1, 0, [], label)


class CircuitInstruction(NamedTuple):
    """One step of a circuit: the operation and the bits it takes."""

    operation: Instruction
    qubits: tuple[Any, ...] = ()
    clbits: tuple[Any, ...] = ()

    @property
    def name(self) -> str:
        """Name of the operation."""
        return self.operation.name

    @property
    def params(self) -> list[Any]:
        """Parameters of the operation."""
        return self.operation.params

    @property
    def label(self) -> str | None:
        """Label of the operation."""
        return self.operation.label

    def is_parameterized(self) -> bool:
        """Whether a parameter is still free."""
        return self.operation.is_parameterized()

    def is_control_flow(self) -> bool:
        """Never: there is no control flow here."""
        return False

    def replace(self, **changes: Any) -> CircuitInstruction:
        """A copy with other operation, qubits or clbits."""
        return self._replace(**changes)
