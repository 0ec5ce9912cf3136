"""Making circuits from circuits: copy, compose, inverse, power, control, tensor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..exceptions import QiskitError
from .bits import resolve
from .exceptions import CircuitError
from .instruction import CircuitInstruction, Gate, Instruction
from .register import ClassicalRegister, Clbit, QuantumRegister, Qubit

if TYPE_CHECKING:
    from .quantumcircuit import QuantumCircuit


class CombineMethods:
    """The part of ``QuantumCircuit`` that makes circuits from circuits."""

    def copy_empty_like(self: Any, name: str | None = None) -> QuantumCircuit:
        """The same bits and phase without instructions."""
        result = type(self)(name=name or self.name, metadata=self.metadata)
        result.add_bits(self.qubits)
        result.add_bits(self.clbits)
        result.add_register(*self.qregs, *self.cregs)
        result._global_phase = self._global_phase
        return result

    def copy(self: Any, name: str | None = None) -> QuantumCircuit:
        """A copy whose instructions may be changed."""
        result = self.copy_empty_like(name)
        result.data = list(self.data)
        return result

    def compose(
        self: Any,
        other: Any,
        qubits: Any = None,
        clbits: Any = None,
        front: bool = False,
        inplace: bool = False,
        wrap: bool = False,
        *,
        copy: bool = True,
        **_: Any,
    ) -> QuantumCircuit | None:
        """This circuit with another one put behind it (or in front) on chosen bits."""
        target = self if inplace else self.copy()
        if not hasattr(other, "data") or isinstance(other, Instruction):
            row = target.qubits[: other.num_qubits] if qubits is None else qubits
            target.append(other, row, clbits)
            return None if inplace else target
        if other.num_qubits > self.num_qubits or other.num_clbits > self.num_clbits:
            raise CircuitError("Trying to compose with another QuantumCircuit which has more 'in' edges.")
        rows = []
        for spec, mine, theirs, kind in (
            (qubits, self.qubits, other.qubits, Qubit),
            (clbits, self.clbits, other.clbits, Clbit),
        ):
            row = mine[: len(theirs)] if spec is None else resolve(spec, mine, kind, self._where)
            if len(row) != len(theirs):
                raise CircuitError(
                    f"Number of items in {kind.__name__.lower()}s parameter ({len(row)}) does not match number of "
                    f"{kind.__name__.lower()}s in the circuit ({len(theirs)})."
                )
            if len(set(row)) != len(row):
                raise CircuitError(f"Duplicate {kind.__name__.lower()}s referenced in '{kind.__name__.lower()}s' parameter: '{spec}'")
            rows.append(dict(zip(theirs, row)))
        if wrap:
            made = other.to_gate() if not other.num_clbits else other.to_instruction()
            target.append(made, list(rows[0].values()), list(rows[1].values()))
            return None if inplace else target
        moved = [
            CircuitInstruction(
                item.operation, tuple(rows[0][q] for q in item.qubits), tuple(rows[1][c] for c in item.clbits)
            )
            for item in other.data
        ]
        for item in moved:
            if item.is_parameterized():
                target._check_names(item.params)
        target.data[:] = moved + target.data if front else target.data + moved
        target.global_phase = target.global_phase + other.global_phase
        return None if inplace else target

    def inverse(self: Any, annotated: bool = False) -> QuantumCircuit:
        """Every instruction undone, in reverse order."""
        result = self.copy_empty_like(self.name + "_dg")
        result.data = [item.replace(operation=item.operation.inverse()) for item in reversed(self.data)]
        result.global_phase = -self.global_phase
        return result

    def reverse_ops(self: Any) -> QuantumCircuit:
        """The instructions in reverse order, not undone."""
        result = self.copy_empty_like(self.name + "_reverse")
        result.data = list(reversed(self.data))
        return result

    def reverse_bits(self: Any) -> QuantumCircuit:
        """The same with the order of bits turned round."""
        result = type(self)(
            *(type(reg)(reg.size, reg.name) for reg in [*reversed(self.qregs), *reversed(self.cregs)]),
            name=self.name,
            global_phase=self.global_phase,
        )
        places = {q: result.qubits[-1 - i] for i, q in enumerate(self.qubits)}
        places.update({c: result.clbits[-1 - i] for i, c in enumerate(self.clbits)})
        result.data = [
            CircuitInstruction(
                item.operation, tuple(places[q] for q in item.qubits), tuple(places[c] for c in item.clbits)
            )
            for item in self.data
        ]
        return result

    def repeat(self: Any, reps: int, *, insert_barriers: bool = False) -> QuantumCircuit:
        """The circuit several times in a row, each as one block."""
        result = self.copy_empty_like(f"{self.name}**{reps}")
        result.global_phase = 0
        block = self.to_gate() if not self.num_clbits else self.to_instruction()
        for number in range(reps):
            result.append(block, self.qubits, self.clbits)
            if insert_barriers and number != reps - 1:
                result.barrier()
        return result

    def power(self: Any, power: float, matrix_power: bool = False, annotated: bool = False) -> QuantumCircuit:
        """Whole powers by repeating, others through the matrix."""
        if power == int(power) and not matrix_power:
            block = self if power >= 0 else self.inverse()
            return block.repeat(abs(int(power)))
        result = type(self)(*self.qregs, name=f"{self.name}^{power}")
        result.append(self.to_gate().power(power), self.qubits)
        return result

    def control(
        self: Any, num_ctrl_qubits: int = 1, label: str | None = None, ctrl_state: Any = None, annotated: Any = None
    ) -> QuantumCircuit:
        """The circuit under control of new qubits, which come first."""
        gate = self.to_gate().control(num_ctrl_qubits, label, ctrl_state)
        result = type(self)(
            QuantumRegister(num_ctrl_qubits, "control"), *self.qregs, name=f"c_{self.name}"
        )
        result.append(gate, result.qubits)
        return result

    def tensor(self: Any, other: QuantumCircuit, inplace: bool = False) -> QuantumCircuit | None:
        """Both side by side; the other one takes the low qubits."""
        qubits, clbits = self.num_qubits + other.num_qubits, self.num_clbits + other.num_clbits
        result = type(self)(
            QuantumRegister(qubits, "q"), *([ClassicalRegister(clbits, "c")] if clbits else []), name=self.name
        )
        result.compose(other, range(other.num_qubits), range(other.num_clbits), inplace=True)
        result.compose(self, range(other.num_qubits, qubits), range(other.num_clbits, clbits), inplace=True)
        if not inplace:
            return result
        self.__dict__.update(result.__dict__)
        return None

    def to_instruction(self: Any, parameter_map: Any = None, label: str | None = None) -> Instruction:
        """The circuit as one instruction."""
        source = self.assign_parameters(parameter_map) if parameter_map else self
        result = Instruction(self.name, self.num_qubits, self.num_clbits, list(source.parameters), label)
        result.definition = source.copy()
        return result

    def to_gate(self: Any, parameter_map: Any = None, label: str | None = None) -> Gate:
        """The circuit as one gate; it may not measure or reset."""
        if self.clbits:
            raise QiskitError("Circuit with classical bits cannot be converted to gate.")
        for item in self.data:
            if not isinstance(item.operation, Gate) and item.name != "barrier":
                raise QiskitError(
                    "One or more instructions cannot be converted to a gate. "
                    f'"{item.name}" is not a gate instance'
                )
        source = self.assign_parameters(parameter_map) if parameter_map else self
        result = Gate(self.name, self.num_qubits, list(source.parameters), label)
        result.definition = source.copy()
        return result

    def decompose(self: Any, gates_to_decompose: Any = None, reps: int = 1) -> QuantumCircuit:
        """Blocks made of circuits replaced by what they are made of."""
        result = self.copy_empty_like()
        wanted = None if gates_to_decompose is None else [gates_to_decompose] if isinstance(gates_to_decompose, str) else list(gates_to_decompose)
        for item in self.data:
            inner = item.operation.definition
            if inner is None or (wanted is not None and item.name not in wanted):
                result.data.append(item)
            else:
                result.compose(inner, item.qubits, item.clbits, inplace=True)
        return result if reps <= 1 else result.decompose(gates_to_decompose, reps - 1)

    def remove_final_measurements(self: Any, inplace: bool = True) -> QuantumCircuit | None:
        """Take away measurements and barriers at the end, and classical bits left idle."""
        closed: set[Any] = set()
        keep: list[CircuitInstruction] = []
        for item in reversed(self.data):
            final = item.name in ("measure", "barrier") and not closed & {*item.qubits, *item.clbits}
            if not final:
                closed.update(item.qubits, item.clbits)
                keep.append(item)
        used = {c for item in keep for c in item.clbits}
        result = type(self)(name=self.name, metadata=self.metadata)
        result.add_bits(self.qubits)
        result.add_register(*self.qregs)
        result.add_bits([c for c in self.clbits if c in used])
        result.add_register(*(reg for reg in self.cregs if all(c in used for c in reg)))
        result._global_phase, result.data = self._global_phase, keep[::-1]
        if not inplace:
            return result
        self.__dict__.update(result.__dict__)
        return None
