"""The methods of ``QuantumCircuit`` that add one gate each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..exceptions import QiskitError
from .gates import control as c
from .gates import standard as s
from .gates.generalized import Initialize, MSGate, PauliGate, StatePreparation, UnitaryGate
from .instruction import Gate, Instruction

if TYPE_CHECKING:
    from .instructionset import InstructionSet

Angle = Any
Bits = Any
State = int | str | None


class GateMethods:
    """Gates without control, and data gates; see ``ControlMethods`` for the others."""

    if TYPE_CHECKING:

        def append(self, instruction: Instruction, qargs: Any = None, cargs: Any = None) -> InstructionSet: ...

        @property
        def qubits(self) -> list[Any]: ...

    def h(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Hadamard."""
        return self.append(s.HGate(label=label), [qubit])

    def id(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Identity."""
        return self.append(s.IGate(label=label), [qubit])

    def x(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Pauli X."""
        return self.append(s.XGate(label=label), [qubit])

    def y(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Pauli Y."""
        return self.append(s.YGate(label=label), [qubit])

    def z(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Pauli Z."""
        return self.append(s.ZGate(label=label), [qubit])

    def s(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Quarter turn about Z."""
        return self.append(s.SGate(label=label), [qubit])

    def sdg(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Inverse of S."""
        return self.append(s.SdgGate(label=label), [qubit])

    def t(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Eighth turn about Z."""
        return self.append(s.TGate(label=label), [qubit])

    def tdg(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Inverse of T."""
        return self.append(s.TdgGate(label=label), [qubit])

    def sx(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Square root of X."""
        return self.append(s.SXGate(label=label), [qubit])

    def sxdg(self, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Inverse square root of X."""
        return self.append(s.SXdgGate(label=label), [qubit])

    def p(self, theta: Angle, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Phase on 1."""
        return self.append(s.PhaseGate(theta, label=label), [qubit])

    def r(self, theta: Angle, phi: Angle, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Rotation about an axis in the XY plane."""
        return self.append(s.RGate(theta, phi, label=label), [qubit])

    def rv(self, vx: Angle, vy: Angle, vz: Angle, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Rotation about a vector, by its length."""
        return self.append(s.RVGate(vx, vy, vz, label=label), [qubit])

    def rx(self, theta: Angle, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Rotation about X."""
        return self.append(s.RXGate(theta, label=label), [qubit])

    def ry(self, theta: Angle, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Rotation about Y."""
        return self.append(s.RYGate(theta, label=label), [qubit])

    def rz(self, phi: Angle, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Rotation about Z."""
        return self.append(s.RZGate(phi, label=label), [qubit])

    def u(self, theta: Angle, phi: Angle, lam: Angle, qubit: Bits, label: str | None = None) -> InstructionSet:
        """Any one-qubit gate up to phase."""
        return self.append(s.UGate(theta, phi, lam, label=label), [qubit])

    def swap(self, qubit1: Bits, qubit2: Bits, label: str | None = None) -> InstructionSet:
        """Exchange two qubits."""
        return self.append(s.SwapGate(label=label), [qubit1, qubit2])

    def iswap(self, qubit1: Bits, qubit2: Bits, label: str | None = None) -> InstructionSet:
        """Exchange with a phase of i."""
        return self.append(s.iSwapGate(label=label), [qubit1, qubit2])

    def dcx(self, qubit1: Bits, qubit2: Bits, label: str | None = None) -> InstructionSet:
        """Two CX, one each way."""
        return self.append(s.DCXGate(label=label), [qubit1, qubit2])

    def ecr(self, qubit1: Bits, qubit2: Bits, label: str | None = None) -> InstructionSet:
        """Echoed cross resonance."""
        return self.append(s.ECRGate(label=label), [qubit1, qubit2])

    def rxx(self, theta: Angle, qubit1: Bits, qubit2: Bits, label: str | None = None) -> InstructionSet:
        """exp(-i theta/2 X X)."""
        return self.append(s.RXXGate(theta, label=label), [qubit1, qubit2])

    def ryy(self, theta: Angle, qubit1: Bits, qubit2: Bits, label: str | None = None) -> InstructionSet:
        """exp(-i theta/2 Y Y)."""
        return self.append(s.RYYGate(theta, label=label), [qubit1, qubit2])

    def rzz(self, theta: Angle, qubit1: Bits, qubit2: Bits, label: str | None = None) -> InstructionSet:
        """exp(-i theta/2 Z Z)."""
        return self.append(s.RZZGate(theta, label=label), [qubit1, qubit2])

    def rzx(self, theta: Angle, qubit1: Bits, qubit2: Bits, label: str | None = None) -> InstructionSet:
        """exp(-i theta/2 Z X), Z on the first qubit."""
        return self.append(s.RZXGate(theta, label=label), [qubit1, qubit2])

    def rccx(
        self, control_qubit1: Bits, control_qubit2: Bits, target_qubit: Bits, label: str | None = None
    ) -> InstructionSet:
        """Toffoli up to relative phases."""
        return self.append(s.RCCXGate(label=label), [control_qubit1, control_qubit2, target_qubit])

    def rcccx(
        self, control_qubit1: Bits, control_qubit2: Bits, control_qubit3: Bits, target_qubit: Bits, label: str | None = None
    ) -> InstructionSet:
        """Three-control X up to relative phases."""
        bits = [control_qubit1, control_qubit2, control_qubit3, target_qubit]
        return self.append(s.RC3XGate(label=label), bits)

    def ms(self, theta: Angle, qubits: Sequence[Bits], label: str | None = None) -> InstructionSet:
        """exp(-i theta/2 X X) on every pair."""
        return self.append(MSGate(len(qubits), theta, label), list(qubits))

    def pauli(self, pauli_string: str, qubits: Sequence[Bits], label: str | None = None) -> InstructionSet:
        """A Pauli string; its rightmost letter acts on the first qubit given."""
        return self.append(PauliGate(pauli_string), list(qubits))

    def unitary(self, obj: Any, qubits: Any, label: str | None = None) -> InstructionSet:
        """Any unitary matrix."""
        gate = UnitaryGate(obj, label=label)
        row = list(qubits) if hasattr(qubits, "__iter__") else [qubits]
        return self.append(gate, row if gate.num_qubits > 1 else [row])

    def prepare_state(
        self, state: Any, qubits: Any = None, label: str | None = None, normalize: bool = False
    ) -> InstructionSet:
        """From |0...0> to a state."""
        row = self._row(qubits)
        count = len(row) if isinstance(state, int) else None
        return self.append(StatePreparation(state, count, label=label, normalize=normalize), row)

    def initialize(self, params: Any, qubits: Any = None, normalize: bool = False) -> InstructionSet:
        """Reset, then prepare a state."""
        row = self._row(qubits)
        count = len(row) if isinstance(params, int) else None
        return self.append(Initialize(params, count, normalize), row)

    def _row(self, qubits: Any) -> list[Any]:
        if qubits is None:
            return list(self.qubits)
        return list(qubits) if hasattr(qubits, "__iter__") else [qubits]


class ControlMethods:
    """Gates under control."""

    if TYPE_CHECKING:

        def append(self, instruction: Instruction, qargs: Any = None, cargs: Any = None) -> InstructionSet: ...

    def cx(self, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled X."""
        return self.append(c.CXGate(label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def cy(self, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled Y."""
        return self.append(c.CYGate(label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def cz(self, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled Z."""
        return self.append(c.CZGate(label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def ch(self, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled Hadamard."""
        return self.append(c.CHGate(label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def cs(self, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled S."""
        return self.append(c.CSGate(label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def csdg(self, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled inverse of S."""
        return self.append(c.CSdgGate(label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def csx(self, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled square root of X."""
        return self.append(c.CSXGate(label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def cp(self, theta: Angle, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled phase."""
        return self.append(c.CPhaseGate(theta, label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def crx(self, theta: Angle, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled rotation about X."""
        return self.append(c.CRXGate(theta, label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def cry(self, theta: Angle, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled rotation about Y."""
        return self.append(c.CRYGate(theta, label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def crz(self, theta: Angle, control_qubit: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None) -> InstructionSet:
        """Controlled rotation about Z."""
        return self.append(c.CRZGate(theta, label=label, ctrl_state=ctrl_state), [control_qubit, target_qubit])

    def cu(
        self, theta: Angle, phi: Angle, lam: Angle, gamma: Angle, control_qubit: Bits, target_qubit: Bits,
        label: str | None = None, ctrl_state: State = None,
    ) -> InstructionSet:
        """Controlled u with a phase."""
        gate = c.CUGate(theta, phi, lam, gamma, label=label, ctrl_state=ctrl_state)
        return self.append(gate, [control_qubit, target_qubit])

    def cswap(
        self, control_qubit: Bits, target_qubit1: Bits, target_qubit2: Bits, label: str | None = None, ctrl_state: State = None
    ) -> InstructionSet:
        """Fredkin gate."""
        gate = c.CSwapGate(label=label, ctrl_state=ctrl_state)
        return self.append(gate, [control_qubit, target_qubit1, target_qubit2])

    def ccx(
        self, control_qubit1: Bits, control_qubit2: Bits, target_qubit: Bits, ctrl_state: State = None
    ) -> InstructionSet:
        """Toffoli gate."""
        return self.append(c.CCXGate(ctrl_state=ctrl_state), [control_qubit1, control_qubit2, target_qubit])

    def ccz(
        self, control_qubit1: Bits, control_qubit2: Bits, target_qubit: Bits, label: str | None = None, ctrl_state: State = None
    ) -> InstructionSet:
        """Z under two controls."""
        gate = c.CCZGate(label=label, ctrl_state=ctrl_state)
        return self.append(gate, [control_qubit1, control_qubit2, target_qubit])

    def mcx(
        self, control_qubits: Sequence[Bits], target_qubit: Bits, ancilla_qubits: Any = None,
        mode: str | None = None, ctrl_state: State = None,
    ) -> InstructionSet:
        """X under any number of controls; needs no helper qubits here."""
        controls = list(control_qubits)
        gate = c.CONTROLLED["x", len(controls)](ctrl_state=ctrl_state) if len(controls) < 3 else (
            c.MCXGate(len(controls), ctrl_state=ctrl_state)
        )
        return self.append(gate, [*controls, target_qubit])

    def mcp(
        self, lam: Angle, control_qubits: Sequence[Bits], target_qubit: Bits, ctrl_state: State = None
    ) -> InstructionSet:
        """Phase under any number of controls."""
        gate = c.MCPhaseGate(lam, len(control_qubits), ctrl_state=ctrl_state)
        return self.append(gate, [*control_qubits, target_qubit])

    def _rotate_under(self, gate: Gate, controls: Sequence[Bits], target: Bits) -> InstructionSet:
        if isinstance(target, (list, tuple)) and len(target) != 1:
            raise QiskitError(f"The mc{gate.name} gate needs a single qubit as target.")
        bits = [*controls, target[0] if isinstance(target, (list, tuple)) else target]
        return self.append(gate.control(len(bits) - 1) if len(bits) > 1 else gate, bits)

    def mcrx(self, theta: Angle, q_controls: Sequence[Bits], q_target: Bits, use_basis_gates: bool = False) -> InstructionSet:
        """Rotation about X under any number of controls."""
        return self._rotate_under(s.RXGate(theta), q_controls, q_target)

    def mcry(
        self, theta: Angle, q_controls: Sequence[Bits], q_target: Bits, q_ancillae: Any = None,
        mode: str | None = None, use_basis_gates: bool = False,
    ) -> InstructionSet:
        """Rotation about Y under any number of controls."""
        return self._rotate_under(s.RYGate(theta), q_controls, q_target)

    def mcrz(self, lam: Angle, q_controls: Sequence[Bits], q_target: Bits, use_basis_gates: bool = False) -> InstructionSet:
        """Rotation about Z under any number of controls."""
        return self._rotate_under(s.RZGate(lam), q_controls, q_target)
