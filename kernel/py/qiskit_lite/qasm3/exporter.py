"""Circuits as OpenQASM 3 text.

Gates that ``stdgates.inc`` lacks are declared before use; controls are written with the
language's own ``ctrl`` and ``negctrl`` modifiers.
"""

from __future__ import annotations

import cmath
import math
import re
from typing import Any, TextIO

import numpy as np

from ..circuit.instruction import ControlledGate, Gate, Instruction
from ..circuit.parameter import ParameterExpression
from ..circuit.quantumcircuit import QuantumCircuit
from ..exceptions import QiskitError

STANDARD = set(
    "p x y z h s sdg t tdg sx rx ry rz cx cy cz cp crx cry crz ch swap ccx cswap cu id u1 u2 u3".split()
)
DECLARED = {
    "sxdg": "gate sxdg a { inv @ sx a; }",
    "r": "gate r(t, f) a { U(t, f - pi/2, pi/2 - f) a; }",
    "rxx": "gate rxx(t) a, b { h a; h b; cx a, b; rz(t) b; cx a, b; h b; h a; }",
    "ryy": "gate ryy(t) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(t) b; cx a, b; rx(-pi/2) b; rx(-pi/2) a; }",
    "rzz": "gate rzz(t) a, b { cx a, b; rz(t) b; cx a, b; }",
    "rzx": "gate rzx(t) a, b { h b; cx a, b; rz(t) b; cx a, b; h b; }",
    "iswap": "gate iswap a, b { s a; s b; h a; cx a, b; cx b, a; h b; }",
    "dcx": "gate dcx a, b { cx a, b; cx b, a; }",
    "ecr": "gate ecr a, b { h b; cx a, b; rz(pi/4) b; cx a, b; h b; x a; h b; cx a, b; rz(-pi/4) b; cx a, b; h b; }",
    "rccx": "gate rccx a, b, c { h c; t c; cx b, c; tdg c; cx a, c; t c; cx b, c; tdg c; h c; }",
    "rcccx": (
        "gate rcccx a, b, c, d { h d; t d; cx c, d; tdg d; h d; cx a, d; t d; cx b, d; tdg d; "
        "cx a, d; t d; cx b, d; tdg d; h d; t d; cx c, d; tdg d; h d; }"
    ),
    "xx_plus_yy": (
        "gate xx_plus_yy(t, f) a, b { rz(f) a; sdg b; sx b; s b; s a; cx b, a; ry(-t/2) b; "
        "ry(-t/2) a; cx b, a; sdg a; sdg b; sxdg b; s b; rz(-f) a; }"
    ),
    "xx_minus_yy": (
        "gate xx_minus_yy(t, f) a, b { rz(-f) b; sdg a; sx a; s a; s b; cx a, b; ry(t/2) a; "
        "ry(-t/2) b; cx a, b; sdg b; sdg a; sxdg a; s a; rz(f) b; }"
    ),
}
NEEDS = {"xx_plus_yy": ["sxdg"], "xx_minus_yy": ["sxdg"]}


class QASM3ExporterError(QiskitError):
    """Something in the circuit has no OpenQASM 3 form here."""


def dumps(circuit: QuantumCircuit, **_: Any) -> str:
    """A circuit as OpenQASM 3 text."""
    return _Writer(circuit).text()


def dump(circuit: QuantumCircuit, stream: TextIO, **_: Any) -> None:
    """Write a circuit as OpenQASM 3 text to a stream."""
    stream.write(dumps(circuit))


def _number(value: Any) -> str:
    """Angles as fractions of pi where they are such."""
    if isinstance(value, ParameterExpression):
        return re.sub(r"(\w+)\[(\d+)\]", r"_\1_\2_", str(value))
    ratio = float(value) / math.pi
    for bottom in (1, 2, 3, 4, 6, 8, 16):
        top = round(ratio * bottom)
        if top and abs(ratio * bottom - top) < 1e-12 and abs(top) <= 16:
            sign, top = ("-" if top < 0 else ""), abs(top)
            return f"{sign}{f'{top}*' if top != 1 else ''}pi{f'/{bottom}' if bottom != 1 else ''}"
    return repr(float(value))


def _euler(matrix: np.ndarray) -> tuple[float, float, float, float]:
    """(theta, phi, lam, phase) with matrix = e^(i phase) u(theta, phi, lam)."""
    theta = 2 * math.atan2(abs(matrix[1, 0]), abs(matrix[0, 0]))
    if abs(matrix[0, 0]) > 1e-12:
        phase = cmath.phase(matrix[0, 0])
        phi = cmath.phase(matrix[1, 0]) - phase if abs(matrix[1, 0]) > 1e-12 else 0.0
        lam = cmath.phase(matrix[1, 1]) - phase - phi if abs(matrix[1, 1]) > 1e-12 else 0.0
        return theta, phi, lam, phase
    phase = cmath.phase(matrix[1, 0])
    return theta, 0.0, cmath.phase(-matrix[0, 1]) - phase, phase


class _Writer:
    """Collects declarations while it writes the body."""

    def __init__(self, circuit: QuantumCircuit) -> None:
        self.circuit = circuit
        self.declared: dict[str, str] = {}

    def text(self) -> str:
        circuit = self.circuit
        names = self._bit_names()
        body = self._body(circuit, names)
        lines = ["OPENQASM 3.0;", 'include "stdgates.inc";']
        lines += [f"input float[64] {_number(p)};" for p in circuit.parameters]
        lines += list(self.declared.values())
        lines += [f"bit[{reg.size}] {reg.name};" for reg in circuit.cregs]
        lines += [f"qubit[{reg.size}] {reg.name};" for reg in circuit.qregs]
        return "\n".join([*lines, *body]) + "\n"

    def _bit_names(self) -> dict[Any, str]:
        names: dict[Any, str] = {}
        for bit in [*self.circuit.qubits, *self.circuit.clbits]:
            registers = self.circuit.find_bit(bit).registers
            if not registers:
                raise QASM3ExporterError("Bits outside registers cannot be written here; put them into a register.")
            names[bit] = f"{registers[0][0].name}[{registers[0][1]}]"
        return names

    def _body(self, circuit: QuantumCircuit, names: dict[Any, str]) -> list[str]:
        lines = [f"gphase({_number(circuit.global_phase)});"] if circuit.global_phase else []
        for item in circuit.data:
            qubits = ", ".join(names[q] for q in item.qubits)
            if item.name == "measure":
                lines.append(f"{names[item.clbits[0]]} = measure {qubits};")
            elif item.name in ("reset", "barrier"):
                lines.append(f"{item.name} {qubits};")
            else:
                lines.append(f"{self._call(item.operation)} {qubits};".replace(" ;", ";"))
        return lines

    def _call(self, operation: Instruction) -> str:
        name, params = operation.name, operation.params
        if not isinstance(operation, Gate):
            raise QASM3ExporterError(f"'{name}' has no OpenQASM 3 form here.")
        if name == "global_phase":
            return f"gphase({_number(params[0])})"
        if name == "u":
            return f"U({', '.join(_number(p) for p in params)})"
        if name in STANDARD or name in DECLARED and not isinstance(operation, ControlledGate):
            self._declare(name)
            angles = f"({', '.join(_number(p) for p in params)})" if params else ""
            return name + angles
        if isinstance(operation, ControlledGate):
            if name == "cu":
                raise QASM3ExporterError("cu with open control cannot be written here.")
            bits = [operation.ctrl_state >> i & 1 for i in range(operation.num_ctrl_qubits)]
            words = "".join(f"{'ctrl' if bit else 'negctrl'} @ " for bit in bits)
            return words + self._call(operation.base_gate)
        if name.endswith("_dg") and name[:-3] in DECLARED:
            self._declare(name[:-3])
            return f"inv @ {name[:-3]}"
        return self._own_gate(operation)

    def _declare(self, name: str) -> None:
        for need in NEEDS.get(name, []):
            self._declare(need)
        if name in DECLARED:
            self.declared.setdefault(name, DECLARED[name])

    def _own_gate(self, gate: Gate) -> str:
        """Declare a gate made from a circuit, a Pauli string or a one-qubit matrix."""
        inner = gate.definition
        if inner is None:
            inner = self._as_circuit(gate)
        base = re.sub(r"\W", "_", gate.name)
        name = f"{base if base[:1].isalpha() else 'g_' + base}_{len(self.declared)}"
        bits = {q: f"q{i}" for i, q in enumerate(inner.qubits)}
        body = " ".join(line for line in self._body(inner, bits) if not line.startswith("barrier"))
        angles = [_number(p) for p in inner.parameters]
        head = f"gate {name}{f'({chr(44).join(angles)})' if angles else ''} {', '.join(bits.values())}"
        self.declared[name] = f"{head} {{ {body} }}"
        return f"{name}({', '.join(angles)})" if angles else name

    def _as_circuit(self, gate: Gate) -> QuantumCircuit:
        circuit = QuantumCircuit(gate.num_qubits)
        if gate.name == "pauli":
            for q, letter in enumerate(reversed(gate.params[0])):
                if letter != "I":
                    getattr(circuit, letter.lower())(q)
        elif gate.name == "ms":
            for i in range(gate.num_qubits):
                for j in range(i + 1, gate.num_qubits):
                    circuit.rxx(gate.params[0], i, j)
        elif gate.num_qubits == 1:
            theta, phi, lam, phase = _euler(gate.to_matrix())
            circuit.u(theta, phi, lam, 0)
            circuit.global_phase = phase
        else:
            raise QASM3ExporterError(
                f"'{gate.name}' on {gate.num_qubits} qubits is a bare matrix; build it from gates to write it."
            )
        return circuit
