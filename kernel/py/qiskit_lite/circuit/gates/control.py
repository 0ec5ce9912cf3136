"""Controlled gates: the named ones, and any gate under any number of controls."""

from __future__ import annotations

import cmath
from typing import Any, ClassVar

import numpy as np

from ..exceptions import CircuitError
from ..instruction import ControlledGate, Gate, read_ctrl_state
from .standard import BY_NAME

State = int | str | None


class StandardControlled(ControlledGate):
    """A controlled gate with a class of its own, such as ``CXGate``."""

    gate_name: ClassVar[str]
    base: ClassVar[str]
    controls: ClassVar[int]

    def __init__(self, *params: Any, label: str | None = None, ctrl_state: State = None) -> None:
        base = BY_NAME[self.base](*params)
        super().__init__(
            self.gate_name,
            self.controls + base.num_qubits,
            list(params),
            label,
            self.controls,
            None,
            ctrl_state,
            base,
        )


CONTROLLED: dict[tuple[str, int], type[StandardControlled]] = {}


def _controlled(class_name: str, name: str, base: str, controls: int) -> Any:
    members = {
        "gate_name": name,
        "base": base,
        "controls": controls,
        "__doc__": f"``{base}`` under {controls} control qubit(s).",
        "__module__": __name__,
    }
    cls = type(class_name, (StandardControlled,), members)
    CONTROLLED[base, controls] = cls
    return cls


CXGate = _controlled("CXGate", "cx", "x", 1)
CYGate = _controlled("CYGate", "cy", "y", 1)
CZGate = _controlled("CZGate", "cz", "z", 1)
CHGate = _controlled("CHGate", "ch", "h", 1)
CSGate = _controlled("CSGate", "cs", "s", 1)
CSdgGate = _controlled("CSdgGate", "csdg", "sdg", 1)
CSXGate = _controlled("CSXGate", "csx", "sx", 1)
CPhaseGate = _controlled("CPhaseGate", "cp", "p", 1)
CU1Gate = _controlled("CU1Gate", "cu1", "u1", 1)
CU3Gate = _controlled("CU3Gate", "cu3", "u3", 1)
CRXGate = _controlled("CRXGate", "crx", "rx", 1)
CRYGate = _controlled("CRYGate", "cry", "ry", 1)
CRZGate = _controlled("CRZGate", "crz", "rz", 1)
CSwapGate = _controlled("CSwapGate", "cswap", "swap", 1)
CCXGate = _controlled("CCXGate", "ccx", "x", 2)
CCZGate = _controlled("CCZGate", "ccz", "z", 2)
C3SXGate = _controlled("C3SXGate", "c3sx", "sx", 3)
C3XGate = _controlled("C3XGate", "mcx", "x", 3)
C4XGate = _controlled("C4XGate", "mcx", "x", 4)


class CUGate(ControlledGate):
    """e^(i gamma) u(theta, phi, lam) under one control."""

    def __init__(
        self, theta: Any, phi: Any, lam: Any, gamma: Any, label: str | None = None, ctrl_state: State = None
    ) -> None:
        base = BY_NAME["u"](theta, phi, lam)
        super().__init__("cu", 2, [theta, phi, lam, gamma], label, 1, None, ctrl_state, base)

    def base_matrix(self) -> np.ndarray:
        """The base gate with its phase."""
        return cmath.exp(1j * self.params[3]) * self.base_gate.to_matrix()

    def inverse(self, annotated: bool = False) -> CUGate:
        """All angles turned round."""
        theta, phi, lam, gamma = self.params
        return CUGate(-theta, -lam, -phi, -gamma, ctrl_state=self.ctrl_state)

    def control(
        self, num_ctrl_qubits: int = 1, label: str | None = None, ctrl_state: State = None, annotated: bool | None = None
    ) -> ControlledGate:
        """Further controls; the phase is part of what they control."""
        return controlled(_closed(self), num_ctrl_qubits, label, ctrl_state)


class MCXGate(ControlledGate):
    """X under any number of controls; with 1 to 4 it is the gate named for that."""

    def __new__(cls, num_ctrl_qubits: int | None = None, *_: Any, **__: Any) -> Any:
        return super().__new__(cls)

    def __init__(self, num_ctrl_qubits: int, label: str | None = None, ctrl_state: State = None) -> None:
        name = {1: "cx", 2: "ccx"}.get(num_ctrl_qubits, "mcx")
        super().__init__(
            name, num_ctrl_qubits + 1, [], label, num_ctrl_qubits, None, ctrl_state, BY_NAME["x"]()
        )


class MCPhaseGate(ControlledGate):
    """Phase under any number of controls."""

    def __init__(self, lam: Any, num_ctrl_qubits: int, label: str | None = None, ctrl_state: State = None) -> None:
        base = BY_NAME["p"](lam)
        super().__init__(
            "mcphase", num_ctrl_qubits + 1, [lam], label, num_ctrl_qubits, None, ctrl_state, base
        )


def _closed(gate: Gate) -> Gate:
    """A gate as one unitary, where its base and controls cannot be told apart."""
    from .generalized import UnitaryGate

    return UnitaryGate(gate.to_matrix(), label=gate.label)


def controlled(gate: Gate, count: int, label: str | None = None, ctrl_state: State = None) -> ControlledGate:
    """A gate under ``count`` further controls, which become its first qubits."""
    if count < 1:
        raise CircuitError("The number of control qubits must be at least 1.")
    state = read_ctrl_state(ctrl_state, count)
    if isinstance(gate, ControlledGate) and not isinstance(gate, CUGate):
        state |= gate.ctrl_state << count
        gate, count = gate.base_gate, count + gate.num_ctrl_qubits
    known = CONTROLLED.get((gate.name, count))
    if known is not None and not (gate.name == "x" and count > 2):
        return known(*gate.params, label=label, ctrl_state=state)
    if gate.name == "u" and count == 1:
        return CUGate(*gate.params, 0, label=label, ctrl_state=state)
    if gate.name == "x":
        return MCXGate(count, label, state)
    if gate.name == "p":
        return MCPhaseGate(gate.params[0], count, label, state)
    prefix = {1: "c", 2: "cc"}.get(count, f"c{count}")
    params = gate.params if not gate.params or type(gate).__module__.endswith("standard") else []
    result = ControlledGate(
        prefix + gate.name, gate.num_qubits + count, list(params), label, count, None, state, gate
    )
    return result
