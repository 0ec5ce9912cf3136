"""``QuantumCircuit``: bits, instructions and the edits that people make to them."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from .binding import BindingMethods
from .bits import BitLocations, broadcast, check_duplicates, resolve
from .combine import CombineMethods
from .exceptions import CircuitError
from .gatemethods import ControlMethods, GateMethods
from .instruction import Barrier, CircuitInstruction, Instruction, Measure, Reset
from .instructionset import InstructionSet
from .parameter import ParameterExpression
from .register import AncillaRegister, ClassicalRegister, Clbit, QuantumRegister, Qubit, Register

_names = count()


class QuantumCircuit(GateMethods, ControlMethods, BindingMethods, CombineMethods):
    """A list of instructions on qubits and classical bits.

    Args:
        regs: Registers, or one or two numbers: qubits and classical bits.
        name: Shown in drawings; made up when left out.
        global_phase: Angle of a factor before the whole circuit.
        metadata: Anything to carry along.
    """

    def __init__(
        self,
        *regs: Register | int | list[Any],
        name: str | None = None,
        global_phase: Any = 0,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        if name is not None and not isinstance(name, str):
            raise CircuitError("The circuit name should be a string (or None to auto-generate a name).")
        self.name = name if name is not None else f"circuit-{next(_names)}"
        self.metadata = dict(metadata or {})
        self.qubits: list[Qubit] = []
        self.clbits: list[Clbit] = []
        self.qregs: list[QuantumRegister] = []
        self.cregs: list[ClassicalRegister] = []
        self.data: list[CircuitInstruction] = []
        self._where: dict[Any, BitLocations] = {}
        self._global_phase: Any = 0
        self.global_phase = global_phase
        if regs and all(isinstance(reg, (int, float)) for reg in regs):
            if len(regs) > 2:
                raise CircuitError("Circuit args must be Registers or integers. More than two integers were given.")
            self.add_register(QuantumRegister(regs[0], "q"))
            if len(regs) == 2:
                self.add_register(ClassicalRegister(regs[1], "c"))
        else:
            for reg in regs:
                if isinstance(reg, (int, float, str)):
                    raise CircuitError(
                        "Circuit args must be Registers or integers. "
                        f"({[type(r).__name__ for r in regs]} '{regs}' was provided)"
                    )
                self.add_bits(reg) if isinstance(reg, (list, tuple)) else self.add_register(reg)

    # --- bits ---

    def add_register(self, *regs: Register) -> None:
        """Add registers, with those of their bits that are new."""
        for reg in regs:
            if any(reg.name == known.name for known in [*self.qregs, *self.cregs]):
                raise CircuitError(f'register name "{reg.name}" already exists')
            self.add_bits([bit for bit in reg if bit not in self._where])
            for place, bit in enumerate(reg):
                self._where[bit].registers.append((reg, place))
            target: list[Any] = self.qregs if isinstance(reg, QuantumRegister) else self.cregs
            target.append(reg)

    def add_bits(self, bits: Iterable[Any]) -> None:
        """Add bits that belong to no register yet."""
        for bit in bits:
            if bit in self._where:
                raise CircuitError(f"Attempted to add bits found already in circuit: {[bit]}")
            row: list[Any] = self.qubits if isinstance(bit, Qubit) else self.clbits
            self._where[bit] = BitLocations(len(row), [])
            row.append(bit)

    def find_bit(self, bit: Any) -> BitLocations:
        """Number and registers of a bit."""
        try:
            return self._where[bit]
        except KeyError:
            raise CircuitError(f"Could not locate provided bit: {bit}. Has it been added to the QuantumCircuit?") from None

    @property
    def num_qubits(self) -> int:
        """Number of qubits."""
        return len(self.qubits)

    @property
    def num_clbits(self) -> int:
        """Number of classical bits."""
        return len(self.clbits)

    @property
    def ancillas(self) -> list[Qubit]:
        """Qubits of ancilla registers."""
        return [bit for reg in self.qregs if isinstance(reg, AncillaRegister) for bit in reg]

    def width(self) -> int:
        """Qubits and classical bits together."""
        return self.num_qubits + self.num_clbits

    # --- instructions ---

    def append(
        self, instruction: Any, qargs: Any = None, cargs: Any = None, *, copy: bool = True
    ) -> InstructionSet:
        """Add an instruction on bits; rows of bits add it several times."""
        if isinstance(instruction, CircuitInstruction):
            instruction, qargs, cargs = instruction
        if not isinstance(instruction, Instruction):
            if not hasattr(instruction, "to_instruction"):
                raise CircuitError("Object to append must be an Operation or have a to_instruction() method.")
            instruction = instruction.to_instruction()
        rows = [resolve(q, self.qubits, Qubit, self._where) for q in ([] if qargs is None else qargs)]
        bits = [resolve(c, self.clbits, Clbit, self._where) for c in ([] if cargs is None else cargs)]
        if instruction.is_parameterized():
            self._check_names(instruction.params)
            instruction = instruction.copy() if copy else instruction
        added = []
        for qubits, clbits in broadcast(instruction, rows, bits):
            check_duplicates(qubits)
            check_duplicates(clbits)
            added.append(CircuitInstruction(instruction, tuple(qubits), tuple(clbits)))
        self.data.extend(added)
        return InstructionSet(added)

    def _check_names(self, params: Iterable[Any]) -> None:
        free = {p for e in params if isinstance(e, ParameterExpression) for p in e.parameters}
        known = {p.name: p for p in self._free_parameters()}
        for p in free:
            if known.get(p.name, p) != p:
                raise CircuitError(f'name conflict adding parameter "{p.name}"')

    def measure(self, qubit: Any, cbit: Any) -> InstructionSet:
        """Read qubits into classical bits, pair by pair."""
        return self.append(Measure(), [qubit], [cbit])

    def reset(self, qubit: Any) -> InstructionSet:
        """Set qubits to 0."""
        return self.append(Reset(), [qubit])

    def barrier(self, *qargs: Any, label: str | None = None) -> InstructionSet:
        """Keep apart what stands before and after; by default on all qubits."""
        rows = [resolve(q, self.qubits, Qubit, self._where) for q in qargs]
        bits = list(dict.fromkeys(bit for row in rows for bit in row)) if qargs else list(self.qubits)
        return self.append(Barrier(len(bits), label), bits)

    def measure_all(self, inplace: bool = True, add_bits: bool = True) -> QuantumCircuit | None:
        """Barrier and measurement of every qubit, by default into a new register ``meas``."""
        circuit = self if inplace else self.copy()
        if add_bits:
            taken = {reg.name for reg in circuit.cregs}
            name = next(n for n in (f"meas{i}" if i else "meas" for i in count()) if n not in taken)
            register = ClassicalRegister(circuit.num_qubits, name)
            circuit.add_register(register)
            target: list[Any] = list(register)
        else:
            if circuit.num_clbits < circuit.num_qubits:
                raise CircuitError("The number of classical bits must be equal or greater than the number of qubits.")
            target = circuit.clbits[: circuit.num_qubits]
        circuit.barrier()
        circuit.measure(circuit.qubits, target)
        return None if inplace else circuit

    def measure_active(self, inplace: bool = True) -> QuantumCircuit | None:
        """Like ``measure_all``, for the qubits that are used, into ``measure``."""
        circuit = self if inplace else self.copy()
        used = {q for item in circuit.data if item.name != "barrier" for q in item.qubits}
        row = [q for q in circuit.qubits if q in used]
        register = ClassicalRegister(len(row), "measure")
        circuit.add_register(register)
        circuit.barrier()
        circuit.measure(row, register)
        return None if inplace else circuit

    def clear(self) -> None:
        """Remove all instructions."""
        self.data.clear()

    def __len__(self) -> int:
        return len(self.data)

    def __iter__(self) -> Iterator[CircuitInstruction]:
        return iter(self.data)

    def __getitem__(self, key: Any) -> Any:
        return self.data[key]

    # --- figures ---

    def count_ops(self) -> OrderedDict[str, int]:
        """How often each instruction occurs, most frequent first."""
        return OrderedDict(Counter(item.name for item in self.data).most_common())

    def get_instructions(self, name: str) -> list[CircuitInstruction]:
        """The instructions of one name."""
        return [item for item in self.data if item.name == name]

    def size(self, filter_function: Any = None) -> int:
        """Number of instructions, barriers left out."""
        keep = filter_function or (lambda item: item.name != "barrier")
        return sum(1 for item in self.data if keep(item))

    def depth(self, filter_function: Any = None) -> int:
        """Length of the longest chain of instructions, barriers left out."""
        keep = filter_function or (lambda item: item.name != "barrier")
        level: dict[Any, int] = {}
        for item in self.data:
            bits = [*item.qubits, *item.clbits]
            if not bits:
                continue
            now = max(level.get(bit, 0) for bit in bits) + (1 if keep(item) else 0)
            level.update(dict.fromkeys(bits, now))
        return max(level.values(), default=0)

    def num_nonlocal_gates(self) -> int:
        """Number of gates on two or more qubits."""
        return sum(1 for item in self.data if item.operation.num_qubits > 1 and item.name != "barrier")

    # --- drawing ---

    def draw(self, output: str | None = None, **options: Any) -> Any:
        """Draw as ``"text"`` (the default) or, here only, as ``"svg"``."""
        from ..visualization import circuit_drawer

        return circuit_drawer(self, output=output, **options)

    def __str__(self) -> str:
        return str(self.draw("text"))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, QuantumCircuit):
            return NotImplemented
        return self._flat() == other._flat() and self.global_phase == other.global_phase

    __hash__ = None  # type: ignore[assignment]

    def _flat(self) -> tuple[Any, ...]:
        steps = [
            (item.operation, [self._where[q].index for q in item.qubits], [self._where[c].index for c in item.clbits])
            for item in self.data
        ]
        return self.num_qubits, self.num_clbits, steps
